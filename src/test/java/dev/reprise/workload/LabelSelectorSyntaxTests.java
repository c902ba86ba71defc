package dev.reprise.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorSyntaxTests {

  private static final Map<String, String> LABELS =
      Map.of("app", "web", "example.com/tier", "front", "empty", "", "in", "notin");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "app",
        "app=web",
        "app==web",
        " app =\tweb ,empty",
        "app!=db",
        "other!=db",
        "other notin (a)",
        "app in (web,db)",
        "app in(db , web)",
        "!other",
        "! other",
        "empty=",
        "empty=,app",
        "empty in ()",
        "empty in (a,,b)",
        "empty in (,)",
        "app!=",
        "in in (in, notin)",
        "in=notin",
        "example.com/tier=front"
      })
  void selects(String text) {
    assertThat(LabelSelectorSyntax.parse(text).matches(LABELS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "other",
        "app=db",
        "app=",
        "app!=web",
        "app notin (web)",
        "app in ()",
        "!app",
        "app,!app",
        "other=",
        "empty!=",
        "tier=front"
      })
  void leavesOut(String text) {
    assertThat(LabelSelectorSyntax.parse(text).matches(LABELS)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        ",app|',' at character 1 of the label selector stands where a label key is expected",
        "app,|The end of the label selector stands where a label key is expected",
        "app web|'web' at character 5 of the label selector stands where =, ==, !=, in, notin or a comma is expected",
        "app=web db|'db' at character 9 of the label selector stands where a comma or the end is expected",
        "!app=web|'=' at character 5 of the label selector stands where a comma or the end is expected",
        "app===web|'=' at character 6 of the label selector stands where a label value is expected",
        "app in web|'web' at character 8 of the label selector stands where an opening parenthesis is expected",
        "app in (web|The end of the label selector stands where a comma or a closing parenthesis is expected",
        "app in (a b)|'b' at character 11 of the label selector stands where a comma or a closing parenthesis is expected",
        "app>1|'>' at character 4 of the label selector compares numbers, which is not supported",
        "app<1|'<' at character 4 of the label selector compares numbers, which is not supported",
        "/app|'/app' at character 1 of the label selector is no label key: its prefix is no DNS subdomain such as example.com",
      })
  void saysWhatIsWrongAndWhere(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelSelectorSyntax.parse(text))
        .withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a/b/c", "a/", "A/b", "-a/b", "a..b/c", "_a", "a.", "a=-b", "a=b/c", "a in (b!)"})
  void refusesWhatIsNoKeyOrValue(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> LabelSelectorSyntax.parse(text));
  }

  @Test
  void holdsLengthsAsKubernetesDoes() {
    String longest = "p".repeat(253) + "/" + "k".repeat(63) + "=" + "v".repeat(63);

    assertThat(LabelSelectorSyntax.parse(longest).requirements()).hasSize(1);
    assertThatIllegalArgumentException().isThrownBy(() -> LabelSelectorSyntax.parse(longest + "v"));
    assertThatIllegalArgumentException().isThrownBy(() -> LabelSelectorSyntax.parse("p" + longest));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelSelectorSyntax.parse("k".repeat(64)));
  }

  @Test
  void showsNoControlCharacters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelSelectorSyntax.parse("a\u001b[31m\u0000\u202e=b"))
        .withMessageStartingWith("'a?[31m??' at character 1 of the label selector is no label key");
  }
}
