package dev.reprise.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.plan.Strategy;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StartRequestTests {

  private static final Caller ANNA = new Caller("anna", List.of("dev"));

  @Test
  void hasTheSameFingerprintWhenAskedAgain() {
    assertThat(usual(ANNA, "why").fingerprint()).isEqualTo(usual(ANNA, "why").fingerprint());
  }

  @Test
  void hasTheSameFingerprintWhateverGroupsTheCallerIsIn() {
    assertThat(usual(new Caller("anna", List.of()), "why").fingerprint())
        .isEqualTo(usual(ANNA, "why").fingerprint());
  }

  @ParameterizedTest
  @MethodSource("others")
  void hasAnotherFingerprintWhenAFieldDiffers(StartRequest other) {
    assertThat(other.fingerprint()).isNotEqualTo(usual(ANNA, "why").fingerprint());
  }

  static Stream<StartRequest> others() {
    Duration hour = Duration.ofHours(1);
    return Stream.of(
        usual(new Caller("bert", List.of("dev")), "why"),
        usual(ANNA, "because"),
        usual(ANNA, null),
        request(
            new WorkloadRef(WorkloadKind.Deployment, "demo", "api"), Strategy.Auto, false, hour),
        request(
            new WorkloadRef(WorkloadKind.Deployment, "shop", "web"), Strategy.Auto, false, hour),
        request(
            new WorkloadRef(WorkloadKind.ArgoRollout, "demo", "web"), Strategy.Auto, false, hour),
        request(Samples.WEB, Strategy.NewRevision, false, hour),
        request(Samples.WEB, Strategy.Auto, true, hour),
        request(Samples.WEB, Strategy.Auto, false, Duration.ofMinutes(1)));
  }

  @Test
  void tellsNoReasonFromAnEmptyOne() {
    assertThat(usual(ANNA, null).fingerprint()).isNotEqualTo(usual(ANNA, "").fingerprint());
  }

  private static StartRequest usual(Caller caller, @Nullable String reason) {
    return new StartRequest(
        caller,
        Samples.WEB,
        Strategy.Auto,
        reason,
        false,
        WhenBusy.Reject,
        null,
        Duration.ofHours(1),
        null);
  }

  private static StartRequest request(
      WorkloadRef target, Strategy strategy, boolean acceptDowntime, Duration timeout) {
    return new StartRequest(
        ANNA, target, strategy, "why", acceptDowntime, WhenBusy.Reject, null, timeout, null);
  }
}
