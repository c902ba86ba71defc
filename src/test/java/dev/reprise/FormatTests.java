package dev.reprise;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the sources to google-java-format. A test and not a Maven plugin, since the formatter needs
 * the very compiler whose syntax it reads, and Maven itself may run on an older Java. {@code ./mvnw
 * test -Dtest=FormatTests -Dformat.apply} rewrites the sources.
 */
class FormatTests {

  private static final boolean APPLY = System.getProperty("format.apply") != null;

  @Test
  void everySourceIsFormatted() throws IOException {
    List<String> unformatted = new ArrayList<>();
    try (Stream<Path> sources = Files.walk(Path.of("src"))) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        String text = Files.readString(source);
        String formatted = format(source, text);
        if (APPLY) {
          Files.writeString(source, formatted);
        } else if (!text.equals(formatted)) {
          unformatted.add(source.toString());
        }
      }
    }

    assertThat(unformatted)
        .as("Run ./mvnw test -Dtest=FormatTests -Dformat.apply to format these")
        .isEmpty();
  }

  private static String format(Path source, String text) {
    try {
      String imports =
          ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(text), Style.GOOGLE);
      return new Formatter().formatSource(imports);
    } catch (FormatterException unreadable) {
      throw new AssertionError(source + ": " + unreadable.getMessage(), unreadable);
    }
  }
}
