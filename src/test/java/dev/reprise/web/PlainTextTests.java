package dev.reprise.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.HarmlessText;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTests {

  @ParameterizedTest
  @CsvSource({
    "PT-1S, 0s", "PT0S, 0s", "PT119.9S, 119s", "PT2M, 2m", "PT3M20S, 3m20s", "PT9M59S, 9m59s",
    "PT10M30S, 10m", "PT179M, 179m", "PT3H, 3h", "PT3H20M, 3h20m", "PT8H30M, 8h", "PT47H, 47h",
    "PT51H, 2d3h", "P2D, 2d", "P8D, 8d", "P400D, 400d"
  })
  void tellsASpanAsKubectlDoes(Duration span, String text) {
    assertThat(PlainText.span(span)).isEqualTo(text);
  }

  @Test
  void alignsColumns() {
    String table =
        PlainText.table(
            List.of("NAME", "AGE"), List.of(List.of("checkout-7k2m9x", "3s"), List.of("a", "12d")));

    assertThat(table)
        .isEqualTo(
            """
            NAME              AGE
            checkout-7k2m9x   3s
            a                 12d
            """);
  }

  @Test
  void letsNothingReachTheTerminalThatSteersIt() {
    assertThat(HarmlessText.of("red\u001b[31m\r\nforged")).isEqualTo("red [31m forged");
    assertThat(HarmlessText.of("c1\u009b31m, turned\u202e round, a line\u2028more"))
        .isEqualTo("c1 31m, turned  round, a line more");
    assertThat(PlainText.table(List.of("A"), List.of(List.of("x\ny")))).isEqualTo("A\nx y\n");
  }

  @Test
  void breaksAParagraphBetweenWords() {
    String word = "x".repeat(30);

    assertThat(PlainText.paragraph(" %1$s %1$s %1$s  %1$s\n".formatted(word)))
        .isEqualTo("  %1$s %1$s %1$s\n  %1$s\n".formatted(word));
    assertThat(PlainText.paragraph("y".repeat(200))).isEqualTo("  " + "y".repeat(200) + "\n");
  }
}
