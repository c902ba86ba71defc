package dev.reprise.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.plan.Finding;
import dev.reprise.plan.RestartPlan;
import dev.reprise.plan.Strategy;
import dev.reprise.plan.Surroundings;
import dev.reprise.plan.Surroundings.Autoscaler;
import dev.reprise.restart.DryRunRequest.Verdict;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DryRunsTests {

  private final HandClock clock = new HandClock();
  private final Writes writes = new Writes();
  private final FakeRestarts store = new FakeRestarts(clock, writes);
  private final FakeWorkloads workloads = new FakeWorkloads(clock, writes);
  private final DryRuns dryRuns =
      new DryRuns(
          store, workloads, Samples.PLANNER, Samples.OPEN, Samples.NO_COOLDOWN, new Random(1));

  @BeforeEach
  void runTheWorkloads() {
    workloads.put(Samples.deployment(3));
    workloads.put(Samples.rollout(3));
  }

  @AfterEach
  void nothingWasChanged() {
    assertThat(workloads.triggers()).isEmpty();
    assertThat(store.history()).isEmpty();
  }

  @Test
  void tellsEachRequestThatTheRestartWouldSend() {
    DryRun dryRun = told(request(Samples.WEB, Strategy.Auto, null));

    assertThat(dryRun.wouldBegin()).isTrue();
    assertThat(dryRun.plan().plan()).isInstanceOf(RestartPlan.Proceed.class);
    assertThat(dryRun.requests())
        .extracting(DryRunRequest::verb)
        .containsExactly("create", "patch");
    DryRunRequest create = dryRun.requests().getFirst();
    DryRunRequest patch = dryRun.requests().getLast();
    assertThat(create.object()).startsWith("restarts.reprise.dev demo/web-");
    assertThat(patch.body())
        .contains("TemplateAnnotation " + HandClock.START)
        .contains("\"claim\":\"" + create.object().replaceFirst(".*/", "") + "\"");
    assertThat(dryRun.pods()).isEmpty();
    assertThat(store.all()).isEmpty();
  }

  @Test
  void asksAboutTheFirstFewEvictionsAndTellsAllPods() {
    workloads.put(Samples.deployment(5));

    DryRun dryRun = told(request(Samples.WEB, Strategy.RecreatePods, null));

    assertThat(dryRun.pods()).hasSize(5).isSorted();
    assertThat(dryRun.requests())
        .extracting(DryRunRequest::object)
        .endsWith(
            "pods %s (eviction)".formatted(dryRun.pods().get(0)),
            "pods %s (eviction)".formatted(dryRun.pods().get(1)),
            "pods %s (eviction)".formatted(dryRun.pods().get(2)))
        .hasSize(5);
  }

  @Test
  void sendsNothingThatThePlanRefuses() {
    workloads.put(Samples.rollout(1));

    DryRun dryRun = told(request(Samples.CANARY, Strategy.RecreatePods, null));

    assertThat(dryRun.wouldBegin()).isFalse();
    assertThat(dryRun.requests()).isEmpty();
    assertThat(dryRun.plan().plan())
        .isInstanceOfSatisfying(
            RestartPlan.Refused.class, refused -> assertThat(refused.alternatives()).hasSize(2));
    assertThat(dryRun.plan().foreseen()).isNotNull();
  }

  @Test
  void recordsARestartOfNothing() {
    workloads.put(Samples.deployment(0));

    DryRun dryRun = told(request(Samples.WEB, Strategy.Auto, null));

    assertThat(dryRun.wouldBegin()).isTrue();
    assertThat(dryRun.plan().plan()).isInstanceOf(RestartPlan.NothingToRestart.class);
    assertThat(dryRun.requests()).extracting(DryRunRequest::verb).containsExactly("create");
  }

  @Test
  void tellsWhatTheApiServerRefuses() {
    workloads.answerDryRuns(Verdict.Refused);

    DryRun dryRun = told(request(Samples.WEB, Strategy.Auto, null));

    assertThat(dryRun.wouldBegin()).isFalse();
    assertThat(dryRun.refused())
        .hasValueSatisfying(refused -> assertThat(refused.verb()).isEqualTo("patch"));
  }

  @Test
  void makesAGapInThePlanOfWhatTheApiServerGivesNoVerdictOn() {
    workloads.answerDryRuns(Verdict.NotChecked);

    DryRun dryRun = told(request(Samples.WEB, Strategy.Auto, null));

    assertThat(dryRun.wouldBegin()).isTrue();
    assertThat(dryRun.plan().plan().findings())
        .filteredOn(finding -> finding.code() == Finding.Code.NotChecked)
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.message())
                .contains("patch " + Samples.WEB, "The API server's own words"));
  }

  @Test
  void wouldBeginThoughABudgetHasNoRoomNow() {
    workloads.answerDryRuns(Verdict.NotNow);

    assertThat(told(request(Samples.WEB, Strategy.RecreatePods, null)).wouldBegin()).isTrue();
  }

  @Test
  void looksAroundTheWorkload() {
    workloads.surround(
        new Surroundings(
            List.of(new Autoscaler("web", 1, 9)), List.of(), List.of(), List.of(), List.of()));

    assertThat(told(request(Samples.WEB, Strategy.Auto, null)).plan().plan().findings())
        .extracting(Finding::code)
        .contains(Finding.Code.Autoscaled);
  }

  @Test
  void namesTheRestartThatIsUnderWay() {
    Restart other = store.put(Samples.key("web-1"), Samples.spec(Samples.WEB), RestartStatus.NEW);

    DryRun dryRun = told(request(Samples.WEB, Strategy.Auto, null));

    assertThat(dryRun.busyWith()).isEqualTo(other.key());
    assertThat(dryRun.inTheWay()).contains(other.key());
    assertThat(dryRun.wouldBegin()).isFalse();
  }

  @Test
  void wouldWaitForTheRestartThatIsUnderWay() {
    store.put(Samples.key("web-1"), Samples.spec(Samples.WEB), RestartStatus.NEW);

    DryRun dryRun = told(request(Samples.WEB, Strategy.Auto, null, WhenBusy.Wait));

    assertThat(dryRun.inTheWay()).isEmpty();
    assertThat(dryRun.busyWith()).isEqualTo(Samples.key("web-1"));
    assertThat(dryRun.wouldBegin()).isTrue();
  }

  /** As it is when the request itself is made. */
  @Test
  void isNotRefusedForAnUpdateThatIsARestartOfOurs() {
    workloads.put(Samples.updating(Samples.rollout(3)));
    store.put(
        Samples.key("canary-1"),
        Samples.spec(Samples.CANARY),
        RestartStatus.NEW.begun(
            new Trigger(
                Mechanism.TemplateAnnotation,
                HandClock.START,
                Samples.CANARY,
                "uid-canary",
                1,
                null,
                "first",
                1),
            clock.instant()));

    DryRun waiting = told(request(Samples.CANARY, Strategy.NewRevision, null, WhenBusy.Wait));
    DryRun pushing = told(request(Samples.CANARY, Strategy.NewRevision, null, WhenBusy.Supersede));

    assertThat(waiting.isRefusedForNow()).isTrue();
    assertThat(waiting.wouldBegin()).isTrue();
    assertThat(waiting.requests()).extracting(DryRunRequest::verb).containsExactly("create");
    assertThat(pushing.refusal()).isPresent();
    assertThat(pushing.wouldBegin()).isFalse();
  }

  @Test
  void usesUpNoKeyAndLooksAtNone() {
    RestartKey key = Samples.key(RestartNames.ofKey("anna", "demo", "k-1"));
    store.put(
        key,
        Samples.spec(Samples.CANARY),
        RestartStatus.NEW.finished(Phase.Succeeded, "Why", "How", clock.instant()));

    DryRun dryRun = told(request(Samples.WEB, Strategy.Auto, "k-1"));

    assertThat(dryRun.wouldBegin()).isTrue();
    assertThat(dryRun.requests().getFirst().object()).doesNotContain(key.name());
    assertThat(store.all()).hasSize(1);
  }

  @Test
  void knowsWhatIsNotThere() {
    workloads.delete(Samples.WEB);

    assertThat(missing(new Reading.NoSuchWorkload()))
        .isEqualTo(new DryRunOutcome.Missing(new Reading.NoSuchWorkload()));
    assertThat(missing(new Reading.NoSuchNamespace()))
        .isEqualTo(new DryRunOutcome.Missing(new Reading.NoSuchNamespace()));
    assertThat(missing(new Reading.NotCovered()))
        .isEqualTo(new DryRunOutcome.Missing(new Reading.NotCovered()));
    assertThat(missing(new Reading.NoSuchKind()))
        .isEqualTo(new DryRunOutcome.Missing(new Reading.NoSuchKind()));
  }

  @Test
  void passesOnThatTheClusterDoesNotAnswer() {
    workloads.failReads(new ClusterUnavailable("Silent", false, null, null));

    assertThatThrownBy(() -> dryRuns.of(request(Samples.WEB, Strategy.Auto, null)))
        .isInstanceOf(ClusterUnavailable.class);
  }

  private DryRunOutcome missing(Reading reading) {
    workloads.missing(reading);
    return dryRuns.of(request(Samples.WEB, Strategy.Auto, null));
  }

  private DryRun told(StartRequest request) {
    DryRunOutcome outcome = dryRuns.of(request);
    assertThat(outcome).isInstanceOf(DryRunOutcome.Told.class);
    return ((DryRunOutcome.Told) outcome).dryRun();
  }

  private static StartRequest request(WorkloadRef target, Strategy strategy, String key) {
    return request(target, strategy, key, WhenBusy.Reject);
  }

  private static StartRequest request(
      WorkloadRef target, Strategy strategy, String key, WhenBusy whenBusy) {
    return new StartRequest(
        new Caller("anna", List.of()),
        target,
        strategy,
        null,
        false,
        whenBusy,
        null,
        Duration.ofHours(1),
        key);
  }
}
