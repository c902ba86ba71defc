package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ServerClockTests {

  private static final Instant OURS = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant THEIRS = Instant.parse("2026-09-29T10:00:00Z");

  private final HandTiming time = new HandTiming();
  private final ServerClock clock =
      new ServerClock(InstantSource.fixed(OURS), time.timing().nanoTime());

  @Test
  void knowsOnlyOurTimeBeforeTheFirstAnswer() {
    assertThat(clock.instant()).isEqualTo(OURS);
  }

  @Test
  void runsOnFromTheLastAnswer() {
    clock.hear(THEIRS);
    time.pass(Duration.ofMillis(2500));

    assertThat(clock.instant()).isEqualTo(THEIRS.plusMillis(2500));
  }

  @Test
  void isNotTurnedBackByTheRestOfASecond() {
    clock.hear(THEIRS);
    time.pass(Duration.ofMillis(900));
    clock.hear(THEIRS);

    assertThat(clock.instant()).isEqualTo(THEIRS.plusMillis(900));
  }

  @Test
  void isPutForwardByAnAnswerThatIsAhead() {
    clock.hear(THEIRS);
    clock.hear(THEIRS.plusSeconds(1));

    assertThat(clock.instant()).isEqualTo(THEIRS.plusSeconds(1));
  }

  @Test
  void followsAServerWhoseClockWasSetBack() {
    clock.hear(THEIRS);
    clock.hear(THEIRS.minusSeconds(3600));

    assertThat(clock.instant()).isEqualTo(THEIRS.minusSeconds(3600));
  }
}
