package dev.reprise.chart;

import dev.reprise.testcluster.Helm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Our chart, as Helm sees it. */
public final class Chart {

  public static final Path FOLDER = Path.of("helm/reprise");
  static final Path DEFINITION = FOLDER.resolve("files/restarts-crd.yaml");

  private static final JsonMapper JSON = JsonMapper.shared();

  private Chart() {}

  /** The objects of a release {@code reprise} in the namespace {@code tools}. */
  public static List<JsonNode> rendered(Helm helm, String... options) {
    return objects(text(helm, options));
  }

  static String text(Helm helm, String... options) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "template",
                "reprise",
                FOLDER.toString(),
                "--namespace=tools",
                "--kube-version=1.37.0"));
    words.addAll(List.of(options));
    return helm.run(words).output();
  }

  static List<JsonNode> objects(String yaml) {
    Yaml reader = new Yaml(new SafeConstructor(new LoaderOptions()));
    return StreamSupport.stream(reader.loadAll(yaml).spliterator(), false)
        .<JsonNode>map(JSON::valueToTree)
        .filter(object -> !object.isNull())
        .toList();
  }

  /** The only object of this kind whose name ends so. */
  public static JsonNode only(List<JsonNode> objects, String kind, String ending) {
    List<JsonNode> found =
        objects.stream()
            .filter(object -> object.path("kind").asString("").equals(kind))
            .filter(object -> object.at("/metadata/name").asString("").endsWith(ending))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError("%d of kind %s: %s".formatted(found.size(), kind, found));
    }
    return found.getFirst();
  }
}
