package dev.reprise.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.reprise.plan.Finding.Code;
import dev.reprise.plan.Finding.Severity;
import dev.reprise.plan.RestartPlan.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartPlanTests {

  @Test
  void refusesForTheFirstFindingThatDoes() {
    Refused refused =
        new Refused(
            List.of(
                finding(Code.UpdateUnderWay, Severity.Info),
                finding(Code.Paused, Severity.Refusal),
                finding(Code.CertainDowntime, Severity.Refusal)));

    assertThat(refused.refusal().code()).isEqualTo(Code.Paused);
  }

  @Test
  void isNoRefusalWithoutAFindingThatRefuses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Refused(List.of(finding(Code.UpdateUnderWay, Severity.Warning))));
  }

  private static Finding finding(Code code, Severity severity) {
    return new Finding(code, severity, "message", "");
  }
}
