package dev.reprise.cluster;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML as {@code kubectl get -o yaml} prints it, read as the JSON that the API server sends. */
final class KubectlYaml {

  private static final Gson GSON = new GsonBuilder().serializeNulls().create();

  private KubectlYaml() {}

  /** The objects of all documents; those of a List one by one. */
  static List<Node> objects(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      return StreamSupport.stream(reading().loadAll(reader).spliterator(), false)
          .map(KubectlYaml::node)
          .flatMap(document ->
              document.at("items").isPresent() ? document.at("items").items() : Stream.of(document))
          .toList();
    }
  }

  /** The fields of a file with one document, in their order. */
  static Map<String, Object> document(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      return reading().load(reader);
    }
  }

  static Node node(Object document) {
    return new Node(GSON.toJsonTree(document));
  }

  static String text(Map<String, Object> document) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setSplitLines(false);
    // All empty lists are one and the same object.
    options.setDereferenceAliases(true);
    return new Yaml(options).dump(document);
  }

  private static Yaml reading() {
    return new Yaml(new TimesAsText());
  }

  private static final class TimesAsText extends SafeConstructor {
    TimesAsText() {
      super(new LoaderOptions());
      yamlConstructors.put(Tag.TIMESTAMP, new ConstructYamlStr());
    }
  }
}
