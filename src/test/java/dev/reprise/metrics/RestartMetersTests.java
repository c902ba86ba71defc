package dev.reprise.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.FakeRestarts;
import dev.reprise.restart.HandClock;
import dev.reprise.restart.Leadership;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.Writes;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestartMetersTests {

  private static final Instant START = HandClock.START;
  private static final Trigger TRIGGER =
      new Trigger(Mechanism.TemplateAnnotation, START, Samples.WEB, "uid", 1, null, "first", 1);

  private final FakeRestarts store = new FakeRestarts(new HandClock(), new Writes());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private boolean leads = true;

  @BeforeEach
  void bind() {
    new RestartMeters(store, new Standing()).bindTo(registry);
  }

  private final class Standing implements Leadership {
    @Override
    public boolean isLeader() {
      return leads;
    }

    @Override
    public void whileLeading(Work work) {}
  }

  private Restart put(String name, RestartStatus status) {
    return store.put(Samples.key(name), Samples.spec(Samples.WEB), status);
  }

  @Test
  void countsAnEndByKindMechanismAndOutcome() {
    RestartStatus begun = RestartStatus.NEW.begun(TRIGGER, START);
    Restart restart = put("web-1", begun);

    store.updateStatus(
        restart, begun.finished(Phase.Succeeded, "AllPodsReplaced", "", START.plusSeconds(40)));

    assertThat(
            registry
                .get("reprise.restarts")
                .tags("kind", "Deployment", "mechanism", "TemplateAnnotation")
                .tags("outcome", "Succeeded")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(registry.get("reprise.restart.duration").timer().totalTime(TimeUnit.SECONDS))
        .isEqualTo(Duration.ofSeconds(40).toSeconds());
  }

  @Test
  void countsOneThatNeverBeganWithoutADuration() {
    Restart restart = put("web-1", RestartStatus.NEW);

    store.updateStatus(
        restart, RestartStatus.NEW.finished(Phase.Cancelled, "Cancelled", "", START));

    assertThat(registry.get("reprise.restarts").tags("mechanism", "None").counter().count())
        .isEqualTo(1);
    assertThat(registry.find("reprise.restart.duration").timer()).isNull();
  }

  @Test
  void countsNoneThatOnlyNotesWhatTheConfigurationIs() {
    Restart baseline = store.put(Samples.key("web-1"), Samples.reload(1, true), RestartStatus.NEW);

    store.updateStatus(
        baseline, RestartStatus.NEW.finished(Phase.Succeeded, "Baseline", "", START));

    assertThat(registry.find("reprise.restarts").counter()).isNull();
  }

  @Test
  void leavesCountingToTheLeader() {
    leads = false;
    Restart restart = put("web-1", RestartStatus.NEW);

    store.updateStatus(restart, RestartStatus.NEW.finished(Phase.Failed, "Busy", "", START));

    assertThat(registry.find("reprise.restarts").counter()).isNull();
    assertThat(registry.get("reprise.leader").gauge().value()).isZero();
  }

  @Test
  void countsNoneThatAListTellsOfAfterItsEnd() {
    put("web-1", RestartStatus.NEW.finished(Phase.Failed, "Busy", "", START));

    assertThat(registry.find("reprise.restarts").counter()).isNull();
  }

  @Test
  void countsAnEndOnceHoweverOftenItIsTold() {
    Restart restart = put("web-1", RestartStatus.NEW);
    RestartStatus ended = RestartStatus.NEW.finished(Phase.Failed, "Busy", "", START);

    Restart told = store.updateStatus(restart, ended).orElseThrow();
    store.updateStatus(told, ended);

    assertThat(registry.get("reprise.restarts").counter().count()).isEqualTo(1);
  }

  @Test
  void tellsHowManyWaitAndRun() {
    put("web-1", RestartStatus.NEW);
    put("web-2", RestartStatus.NEW.waitingForRestart("web-1"));
    put("web-3", RestartStatus.NEW.begun(TRIGGER, START));
    put("web-4", RestartStatus.NEW.waitingForTime(START.plusSeconds(60)));

    assertThat(registry.get("reprise.restarts.waiting").gauge().value()).isEqualTo(2);
    assertThat(registry.get("reprise.restarts.running").gauge().value()).isEqualTo(1);
    assertThat(registry.get("reprise.leader").gauge().value()).isEqualTo(1);
  }

  @Test
  void namesNoWorkload() {
    Restart restart = put("web-1", RestartStatus.NEW);
    store.updateStatus(restart, RestartStatus.NEW.finished(Phase.Failed, "Busy", "", START));

    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .flatExtracting(Meter.Id::getTags)
        .extracting(Tag::getValue)
        .containsExactlyInAnyOrder("Deployment", "None", "Failed");
  }
}
