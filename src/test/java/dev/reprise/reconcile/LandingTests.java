package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.HandClock;
import dev.reprise.restart.Samples;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.References;
import dev.reprise.workload.ReplicaSetSnapshot;
import dev.reprise.workload.Revision;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadState;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LandingTests {

  private static final Trigger TRIGGER = trigger(Mechanism.TemplateAnnotation, Samples.WEB);
  private static final Trigger OF_ROLLOUT = trigger(Mechanism.TemplateAnnotation, Samples.CANARY);
  private static final Trigger REFERENCED =
      trigger(Mechanism.ReferencedTemplateAnnotation, Samples.CANARY);
  private static final PodTemplate BEFORE = new PodTemplate("first", null);
  private static final PodTemplate OURS = new PodTemplate("ours", TRIGGER.text());
  private static final PodTemplate WITH_DEFAULTS = new PodTemplate("defaulted", TRIGGER.text());
  private static final PodTemplate THEIRS = new PodTemplate("theirs", null);

  @Test
  void takesTheEarliestRevisionWithOurValueThoughALaterOneKeptIt() {
    PodTemplate theirs = new PodTemplate("with another image", TRIGGER.text());
    WorkloadState state = Samples.deployment(3);
    WorkloadState after =
        new WorkloadState(
            Samples.with(state.workload(), theirs),
            List.of(revision(3, theirs), revision(2, OURS)),
            state.pods());

    assertThat(hashOf(after, TRIGGER)).contains("ours");
  }

  @Test
  void findsOurValueInARolloutThatHasMadeNoReplicaSetYet() {
    assertThat(hashOf(rollout(OURS, null), OF_ROLLOUT)).contains("ours");
  }

  /** Its ReplicaSet's template has another hash, since the Rollout's has no defaults. */
  @Test
  void knowsARolloutsTemplateByTheHashOfTheRollout() {
    assertThat(hashOf(rollout(OURS, "r-1", WITH_DEFAULTS), OF_ROLLOUT)).contains("ours");
  }

  @Test
  void seesByTheReplicaSetThatARolloutsTemplateWasChangedSince() {
    assertThat(hashOf(rollout(THEIRS, null, WITH_DEFAULTS), OF_ROLLOUT)).contains("overwritten");
  }

  @Test
  void seesByTheClaimThatARolloutsTemplateWasChangedBeforeItMadeAReplicaSet() {
    assertThat(hashOf(rollout(THEIRS, "r-1"), OF_ROLLOUT)).contains("overwritten");
  }

  @Test
  void seesByASecondReplicaSetThatSomeoneChangedTheTemplateAndKeptOurValue() {
    WorkloadState state = rollout(OURS, "r-1", WITH_DEFAULTS, WITH_DEFAULTS);

    assertThat(hashOf(state, OF_ROLLOUT)).contains("overwritten");
  }

  /** The claim of the Rollout comes first, and says nothing about the Deployment. */
  @Test
  void doesNotTakeTheClaimOfTheRolloutForTheChangeOfItsDeployment() {
    WorkloadState state = rollout(BEFORE, "r-1").with(referenced(BEFORE, null));

    assertThat(hashOf(state, REFERENCED)).isEmpty();
  }

  @Test
  void findsOurValueInTheDeploymentThatTheRolloutRefersTo() {
    WorkloadState state = rollout(BEFORE, "r-1").with(referenced(OURS, "r-1"));

    assertThat(hashOf(state, REFERENCED)).contains("ours");
  }

  @Test
  void seesByTheClaimThatTheDeploymentsTemplateWasChangedSince() {
    WorkloadState state = rollout(BEFORE, "r-1").with(referenced(THEIRS, "r-1"));

    assertThat(hashOf(state, REFERENCED)).contains("overwritten");
  }

  @Test
  void seesByTheRolloutsReplicaSetThatTheDeploymentsTemplateWasChangedSince() {
    WorkloadState state = rollout(BEFORE, "r-1", WITH_DEFAULTS).with(referenced(THEIRS, null));

    assertThat(hashOf(state, REFERENCED)).contains("overwritten");
  }

  private static Optional<String> hashOf(WorkloadState state, Trigger trigger) {
    return Landing.of(state, trigger, "r-1", false).map(Landed::templateHash);
  }

  private static Trigger trigger(Mechanism mechanism, WorkloadRef workload) {
    return new Trigger(
        mechanism, HandClock.START, workload, "uid-" + workload.name(), 1, null, "first", 1);
  }

  /** One whose controller has made ReplicaSets from these templates since. */
  private static WorkloadState rollout(
      PodTemplate template, @Nullable String claim, PodTemplate... made) {
    WorkloadState state = Samples.claimedBy(Samples.rollout(3), claim);
    Stream<Revision> since =
        IntStream.range(0, made.length).mapToObj(index -> revision(index + 2, made[index]));
    return new WorkloadState(
        Samples.with(state.workload(), template),
        Stream.concat(state.revisions().stream(), since).toList(),
        state.pods());
  }

  private static References referenced(PodTemplate template, @Nullable String claim) {
    WorkloadState state = Samples.claimedBy(Samples.deployment(0), claim);
    return new References((DeploymentSnapshot) Samples.with(state.workload(), template), List.of());
  }

  private static Revision revision(long number, PodTemplate template) {
    return new ReplicaSetSnapshot("web-" + number, "rs-" + number, "uid-web", number, 3, template);
  }
}
