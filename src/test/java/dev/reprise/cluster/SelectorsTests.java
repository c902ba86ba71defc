package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class SelectorsTests {

  @Test
  void writesLabels() {
    assertThat(selector("{\"matchLabels\": {\"app\": \"web\", \"example.com/tier\": \"front\"}}"))
        .isEqualTo(Selection.labelled("app=web,example.com/tier=front"));
  }

  @Test
  void writesEachOperator() {
    assertThat(
            selector(
                """
                {"matchExpressions": [
                  {"key": "app", "operator": "In", "values": ["web", "api"]},
                  {"key": "tier", "operator": "NotIn", "values": ["back"]},
                  {"key": "managed", "operator": "Exists"},
                  {"key": "legacy", "operator": "DoesNotExist"}]}
                """))
        .isEqualTo(Selection.labelled("app in (web,api),tier notin (back),managed,!legacy"));
  }

  @Test
  void writesLabelsAndExpressionsTogether() {
    assertThat(
            selector(
                """
                {"matchLabels": {"app": "web"},
                 "matchExpressions": [{"key": "tier", "operator": "Exists"}]}
                """))
        .isEqualTo(Selection.labelled("app=web,tier"));
  }

  @Test
  void prefersItsOwn() {
    assertThat(
            of(
                """
                {"spec": {"selector": {"matchLabels": {"app": "web"}}},
                 "status": {"selector": "app=api"}}
                """))
        .isEqualTo(Selection.labelled("app=web"));
  }

  @Test
  void takesWhateverArgoHasMadeWithoutOne() {
    assertThat(of("{\"spec\": {}, \"status\": {\"selector\": \"app=web\"}}"))
        .isEqualTo(Selection.labelled("rollouts-pod-template-hash"));
  }

  @Test
  void refusesAnExpressionWithoutAnOperator() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> selector("{\"matchExpressions\": [{\"key\": \"app\"}]}"));
  }

  private static Selection selector(String json) {
    return of("{\"spec\": {\"selector\": " + json + "}}");
  }

  private static Selection of(String workload) {
    return Selectors.of(new Node(JsonParser.parseString(workload)));
  }
}
