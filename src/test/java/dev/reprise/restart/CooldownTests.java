package dev.reprise.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CooldownTests {

  private final HandClock clock = new HandClock();
  private final FakeRestarts store = new FakeRestarts(clock, new Writes());
  private final Cooldown cooldown = new Cooldown(store, Duration.ofMinutes(1), clock);

  @Test
  void tellsHowLongTheWorkloadCoolsDown() {
    Restart restart = begun("r-1");
    clock.pass(Duration.ofSeconds(20));

    assertThat(cooldown.of(List.of(Samples.WEB)))
        .contains(new Cooldown.Cooling(restart, Duration.ofSeconds(40)));
  }

  @Test
  void isOverWhenItsTimeHasGoneBy() {
    begun("r-1");
    clock.pass(Duration.ofMinutes(1));

    assertThat(cooldown.of(List.of(Samples.WEB))).isEmpty();
  }

  @Test
  void leavesOtherWorkloadsAlone() {
    begun("r-1");

    assertThat(cooldown.of(List.of(Samples.CANARY))).isEmpty();
  }

  @Test
  void countsNotWhatHasNotBegun() {
    store.put(Samples.key("r-1"), Samples.spec(Samples.WEB), RestartStatus.NEW);

    assertThat(cooldown.of(List.of(Samples.WEB))).isEmpty();
  }

  @Test
  void forbidsNothingUnlessItIsSet() {
    begun("r-1");

    assertThat(new Cooldown(store, Duration.ZERO, clock).of(List.of(Samples.WEB))).isEmpty();
  }

  private Restart begun(String name) {
    Instant now = clock.instant();
    Trigger trigger =
        new Trigger(Mechanism.TemplateAnnotation, now, Samples.WEB, "uid", 1, null, "first", 1);
    return store.put(
        Samples.key(name), Samples.spec(Samples.WEB), RestartStatus.NEW.begun(trigger, now));
  }
}
