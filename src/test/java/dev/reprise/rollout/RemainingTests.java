package dev.reprise.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemainingTests {

  private static final boolean BLOCKED = true;

  @ParameterizedTest
  @CsvSource({
    // elapsed, replaced, of how many, remaining
    "PT10S, 1, 3, PT20S",
    "PT10S, 2, 3, PT5S",
    "PT10S, 3, 4, PT4S",
    "PT0.001S, 1, 2, PT1S"
  })
  void goesOnAsItWentSoFar(Duration elapsed, int replaced, int total, Duration remaining) {
    assertThat(Remaining.of(elapsed, progress(replaced, total), !BLOCKED)).contains(remaining);
  }

  @Test
  void isUnknownBeforeTheFirstPod() {
    assertThat(Remaining.of(Duration.ofSeconds(10), progress(0, 3), !BLOCKED)).isEmpty();
  }

  @Test
  void isUnknownAfterTheLastPod() {
    assertThat(Remaining.of(Duration.ofSeconds(10), progress(3, 3), !BLOCKED)).isEmpty();
  }

  @Test
  void isUnknownWhileSomethingBlocks() {
    assertThat(Remaining.of(Duration.ofSeconds(10), progress(1, 3), BLOCKED)).isEmpty();
  }

  private static RolloutProgress progress(int replaced, int total) {
    return new RolloutProgress(total, total, replaced, total, total - replaced);
  }
}
