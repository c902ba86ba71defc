package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.HandClock;
import dev.reprise.restart.Samples;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.ReplicaSetSnapshot;
import dev.reprise.workload.Revision;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.util.List;
import org.junit.jupiter.api.Test;

class LandingTests {

  private static final Trigger TRIGGER =
      new Trigger(
          Mechanism.TemplateAnnotation,
          HandClock.START,
          Samples.WEB,
          "uid-web",
          1,
          null,
          "first",
          1);

  @Test
  void takesTheEarliestRevisionWithOurValueThoughALaterOneKeptIt() {
    PodTemplate ours = new PodTemplate("ours", TRIGGER.text());
    PodTemplate theirs = new PodTemplate("with another image", TRIGGER.text());
    WorkloadState state = Samples.deployment(3);
    WorkloadState after =
        new WorkloadState(
            Samples.with(state.workload(), theirs),
            List.of(revision(3, theirs), revision(2, ours)),
            state.pods());

    assertThat(Landing.of(after, TRIGGER, "r-1", false)).map(Landed::templateHash).contains("ours");
  }

  private static Revision revision(long number, PodTemplate template) {
    return new ReplicaSetSnapshot("web-" + number, "rs-" + number, "uid-web", number, 3, template);
  }
}
