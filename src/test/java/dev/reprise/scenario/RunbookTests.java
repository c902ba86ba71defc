package dev.reprise.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.scenario.Runbook.Step;
import dev.reprise.scenario.Runbook.Words;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunbookTests {

  @Test
  void readsWhatToRunAndWhatComesOfIt() {
    String page =
        """
        ## Look

        ```sh
        curl \\
          x
        ```
        ```console
        answer
        # exit code 22
        ```
        """;

    assertThat(Runbook.steps(page))
        .containsExactly(new Step("Look", 3, "curl \\\n  x", List.of("answer"), 22));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "```sh\ncurl\n```",
        "```sh\ncurl\n```\n```sh\ncurl\n```",
        "```sh\ncurl\n```\n```console\nno exit code\n```",
        "```sh\ncurl\n```\n```console\n# exit code 0",
        "```bash\ncurl\n```\n```console\n# exit code 0\n```",
        "  ```sh\n  curl\n  ```",
        "```console\n# exit code 0\n```"
      })
  void leavesNothingOut(String page) {
    assertThatThrownBy(() -> Runbook.steps(page)).isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @CsvSource({
    "a   b, a b, true",
    "ab, a b, false",
    "took 7s, took …, true",
    "x.y, x.y, true",
    "xzy, x.y, false",
    "web-1 and web-1, <name> and <name>, true",
    "web-1 and web-2, <name> and <name>, false",
    "a b, <name>, false"
  })
  void comparesALine(String printed, String expected, boolean matches) {
    assertThat(matches(new Words(), printed + "\n", expected)).isEqualTo(matches);
  }

  @Test
  void letsALineStandForMany() {
    assertThat(matches(new Words(), "a\nb\nc\n", "…", "c")).isTrue();
    assertThat(matches(new Words(), "c\n", "…", "c")).isTrue();
    assertThat(matches(new Words(), "a\nc\n", "c")).isFalse();
  }

  @Test
  void remembersAWordWithinASection() {
    Words words = new Words();
    words.match("web-1\n", List.of("<name>"));

    assertThat(matches(words, "web-1\n", "<name>")).isTrue();
    assertThat(matches(words, "web-2\n", "<name>")).isFalse();
  }

  private static boolean matches(Words words, String printed, String... expected) {
    try {
      words.match(printed, List.of(expected));
      return true;
    } catch (AssertionError _) {
      return false;
    }
  }
}
