package dev.reprise;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds docs/configuration.md to what the compiler makes of the properties' records. {@code ./mvnw
 * test -Dtest=ConfigurationDocumentTests -Dconfiguration.write} rewrites it.
 */
class ConfigurationDocumentTests {

  private static final Path DOCUMENT = Path.of("docs/configuration.md");
  private static final String METADATA = "/META-INF/spring-configuration-metadata.json";
  private static final String BEGIN = "<!-- generated -->\n";
  private static final boolean WRITE = System.getProperty("configuration.write") != null;

  @Test
  void hasEachProperty() throws IOException {
    String document = Files.readString(DOCUMENT);
    String kept = document.substring(0, document.indexOf(BEGIN) + BEGIN.length());
    String expected = kept + table();
    if (WRITE) {
      Files.writeString(DOCUMENT, expected);
    }

    assertThat(Files.readString(DOCUMENT))
        .as("write it anew: ./mvnw test -Dtest=ConfigurationDocumentTests -Dconfiguration.write")
        .isEqualTo(expected);
  }

  private static String table() throws IOException {
    try (InputStream metadata = ConfigurationDocumentTests.class.getResourceAsStream(METADATA)) {
      return JsonMapper.shared()
          .readTree(metadata)
          .path("properties")
          .valueStream()
          .sorted(Comparator.comparing(property -> property.path("name").asString()))
          .map(ConfigurationDocumentTests::row)
          .collect(
              joining(
                  "\n",
                  "\n| property | environment | default | meaning |\n|---|---|---|---|\n",
                  "\n"));
    }
  }

  private static String row(JsonNode property) {
    String name = property.path("name").asString();
    String defaultValue = property.path("defaultValue").asString("");
    return "| `%s` | `%s` | %s | %s |"
        .formatted(
            name,
            name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT),
            defaultValue.isEmpty() ? "" : "`" + defaultValue + "`",
            property.path("description").asString().replace("|", "\\|"));
  }
}
