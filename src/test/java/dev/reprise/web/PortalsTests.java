package dev.reprise.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is given to portals calls what there is, and reads what is answered. */
class PortalsTests {

  private static final Path PORTALS = Path.of("docs/portals");
  private static final String PROXY = "/proxy/reprise";
  private static final Pattern READ = Pattern.compile("steps\\.restart\\.output\\.body\\.(\\w+)");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{\\{ parameters\\.(\\w+) }}");

  private final JsonNode api = yaml(Path.of("docs/openapi.yaml")).getFirst();
  private final JsonNode template = yaml(PORTALS.resolve("restart-template.yaml")).getFirst();

  @Test
  void callsWhatThereIs() {
    assertThat(template.at("/spec/steps"))
        .isNotEmpty()
        .allSatisfy(step -> {
          String path = step.at("/input/path").asString("");
          String called =
              PLACEHOLDER
                  .matcher(path.substring(PROXY.length()))
                  .replaceAll("{$1}")
                  .split("\\?")[0];
          String method = step.at("/input/method").asString("").toLowerCase(Locale.ROOT);
          assertThat(api.path("paths").path(called).has(method)).as(method + " " + called).isTrue();
        });
  }

  @Test
  void sendsFieldsThatAreKnown() {
    JsonNode known = api.at("/components/schemas/RestartRequest/properties");

    assertThat(template.at("/spec/steps"))
        .allSatisfy(step ->
            assertThat(step.at("/input/body").propertyNames()).isNotEmpty().allMatch(known::has));
  }

  @Test
  void asksForWhatItSends() {
    JsonNode asked = template.at("/spec/parameters/0/properties");

    assertThat(PLACEHOLDER.matcher(template.toString()).results().map(found -> found.group(1)))
        .isNotEmpty()
        .allMatch(asked::has);
    assertThat(asked.at("/kind/enum").valueStream().map(kind -> kind.asString("")))
        .containsExactly("Deployment", "StatefulSet", "DaemonSet", "Rollout");
  }

  @Test
  void readsFieldsThatAreAnswered() {
    JsonNode answered = api.at("/components/schemas/Restart/properties");

    assertThat(READ.matcher(template.toString()).results().map(MatchResult::group))
        .isNotEmpty()
        .allMatch(field -> answered.has(field.substring(field.lastIndexOf('.') + 1)));
  }

  @Test
  void namesTheDocument() {
    JsonNode described = yaml(PORTALS.resolve("catalog-info.yaml")).getLast();

    assertThat(PORTALS.resolve(described.at("/spec/definition/$text").asString("")))
        .isRegularFile();
  }

  private static List<JsonNode> yaml(Path file) {
    try {
      return StreamSupport.stream(new Yaml().loadAll(Files.readString(file)).spliterator(), false)
          .<JsonNode>map(document -> JsonMapper.shared().valueToTree((Map<?, ?>) document))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
