package dev.reprise.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.Samples;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.ArgoStrategy;
import dev.reprise.workload.BudgetSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.IntOrPercent;
import dev.reprise.workload.LabelSelector;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.PodSnapshot.Owner;
import dev.reprise.workload.PodSnapshot.Termination;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.ReplicaCounts;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.UpdateStrategy.RollingUpdate;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadMetadata;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NextEvictionsTests {

  private static final Instant CUT = Instant.parse("2026-11-24T03:00:00Z");

  @Test
  void takesTheOldestAndNoMoreThanMayBeMissing() {
    assertThat(
            possible(
                deployment(5, 2),
                pod("b", 20),
                pod("c", 10),
                pod("a", 30),
                pod("d", 5),
                pod("e", 1)))
        .containsExactly("a", "b");
  }

  @Test
  void takesOneWhereNoneMayBeMissing() {
    assertThat(possible(deployment(3, 0), pod("a", 3), pod("b", 2), pod("c", 1)))
        .containsExactly("a");
  }

  @Test
  void takesNoneWhileOneIsMissing() {
    assertThat(possible(deployment(3, 1), pod("a", 3), pod("b", 2), terminating("c"))).isEmpty();
  }

  @Test
  void takesNoneWhileANewOneIsNotReady() {
    assertThat(possible(deployment(3, 1), pod("a", 3), pod("b", 2), unready(pod("new", -1))))
        .isEmpty();
  }

  @Test
  void believesTheStatusWhereItCountsFewerAvailableThanAreReady() {
    assertThat(possible(state(deployment(3, 1, 2), pod("a", 3), pod("b", 2), pod("c", 1))))
        .isEmpty();
  }

  @Test
  void leavesThePodsOfTheRestart() {
    assertThat(possible(deployment(3, 3), pod("a", 3), pod("new", -1), pod("same-second", 0)))
        .containsExactly("a");
  }

  @Test
  void takesAllThatAreNotReadyThoughTooFewAreAvailable() {
    assertThat(
            possible(
                deployment(4, 1),
                pod("a", 9),
                pod("b", 8),
                unready(pod("c", 3)),
                unready(pod("d", 4))))
        .containsExactly("d", "c");
  }

  @Test
  void takesWhatIsNotReadyBeforeOlderOnes() {
    assertThat(
            possible(deployment(3, 1), pod("a", 9), pod("b", 8), pod("c", 7), unready(pod("d", 1))))
        .containsExactly("d", "a");
  }

  @Test
  void takesTheHighestOrdinalOfAStatefulSet() {
    assertThat(
            possible(
                statefulSet(12, 2),
                IntStream.range(0, 12)
                    .mapToObj(ordinal -> pod("db-" + ordinal, 100 - ordinal))
                    .toArray(PodSnapshot[]::new)))
        .containsExactly("db-11", "db-10");
  }

  @Test
  void roundsWhatMayBeMissingOfADaemonSetUp() {
    assertThat(possible(daemonSet(3, 34), pod("a", 3), pod("b", 2), pod("c", 1)))
        .containsExactly("a", "b");
  }

  @Test
  void leavesReadyPodsToArgoWhileItEvicts() {
    Instant started = CUT.minusSeconds(60);

    assertThat(possible(rollout(started, null), pod("a", 9), pod("b", 8), pod("c", 7))).isEmpty();
    assertThat(possible(rollout(started, null), pod("a", 9), pod("b", 8), unready(pod("c", 7))))
        .containsExactly("c");
    assertThat(possible(rollout(started, started), pod("a", 9), pod("b", 8), pod("c", 7)))
        .containsExactly("a");
    assertThat(possible(rollout(CUT.plusSeconds(600), null), pod("a", 9), pod("b", 8), pod("c", 7)))
        .containsExactly("a");
  }

  @Test
  void countsWhatWasDecidedOnBeforeAsMissing() {
    WorkloadState state = state(deployment(5, 2, 5), five());

    assertThat(next(state, "e").decided()).extracting(PodEviction::pod).containsExactly("e", "a");
    assertThat(next(state, "e", "d").decided())
        .extracting(PodEviction::pod)
        .containsExactly("d", "e");
  }

  @Test
  void countsWhatWasDecidedOnBeforeAsMissingOnlyWhereItIsReady() {
    WorkloadState state =
        state(deployment(3, 1, 3), pod("a", 9), pod("b", 8), pod("c", 7), unready(pod("d", 1)));

    assertThat(next(state, "d").decided()).extracting(PodEviction::pod).containsExactly("d", "a");
  }

  @Test
  void forgetsWhatHasBegunToEndOrIsGone() {
    WorkloadState state =
        state(deployment(3, 1, 3), pod("b", 8), pod("c", 7), pod("new", -1), terminating("a"));

    assertThat(next(state, "a", "gone").decided())
        .extracting(PodEviction::pod)
        .containsExactly("b");
  }

  @Test
  void keepsWhyAnEvictionWasRefused() {
    WorkloadState state = state(deployment(1, 1, 1), pod("a", 3));
    PodEviction refused = new PodEviction("a", "uid-a", "not by you");

    assertThat(next(state, List.of(refused)).decided()).containsExactly(refused);
  }

  @Test
  void takesNoMoreThanTheBudgetAllows() {
    assertThat(possible(with(budget(1, 4, 3, false), state(deployment(5, 3, 5), five()))))
        .containsExactly("a");
  }

  @Test
  void takesNoneThatTheBudgetHasNoRoomFor() {
    NextEvictions next = next(with(budget(0, 5, 5, false), state(deployment(5, 3, 5), five())));

    assertThat(next.decided()).isEmpty();
    assertThat(next.possible()).isEmpty();
  }

  @Test
  void countsWhatWasDecidedOnBeforeAgainstTheBudget() {
    NextEvictions next =
        next(with(budget(1, 4, 3, false), state(deployment(5, 3, 5), five())), "e");

    assertThat(next.decided()).extracting(PodEviction::pod).containsExactly("e");
  }

  @Test
  void keepsWhatTheBudgetHasNoRoomForAnyMore() {
    NextEvictions next =
        next(with(budget(0, 5, 5, false), state(deployment(5, 3, 5), five())), "e");

    assertThat(next.decided()).extracting(PodEviction::pod).containsExactly("e");
    assertThat(next.possible()).isEmpty();
  }

  @Test
  void takesWhatIsNotReadyWhereTheBudgetIsContentWithTheOthers() {
    WorkloadState state =
        state(deployment(3, 1, 2), pod("a", 3), pod("b", 2), unready(pod("c", 1)));

    assertThat(possible(with(budget(0, 2, 2, false), state))).containsExactly("c");
    assertThat(possible(with(budget(0, 2, 3, false), state))).isEmpty();
    assertThat(possible(with(budget(0, 2, 3, true), state))).containsExactly("c");
  }

  @Test
  void leavesItToTheApiServerWhichOfSeveralBudgetsAPodHas() {
    WorkloadState state = state(deployment(1, 1, 1), pod("a", 3));
    BudgetSnapshot none = budget(0, 1, 1, false);

    assertThat(possible(with(none, with(none, state)))).containsExactly("a");
  }

  @Test
  void recordsNoMoreThanFiftyAtOnce() {
    PodSnapshot[] crowd =
        IntStream.range(0, 80)
            .mapToObj(index -> unready(pod("p-" + index, 100 - index)))
            .toArray(PodSnapshot[]::new);

    assertThat(possible(deployment(80, 1), crowd)).hasSize(50).startsWith("p-0");
  }

  private static PodSnapshot[] five() {
    return Stream.of("a", "b", "c", "d", "e")
        .map(name -> pod(name, 'z' - name.charAt(0)))
        .toArray(PodSnapshot[]::new);
  }

  private static List<String> possible(Sized workload, PodSnapshot... pods) {
    int ready =
        Math.toIntExact(
            Stream.of(pods).filter(PodSnapshot::ready).filter(pod -> !pod.terminating()).count());
    return possible(state(workload.with(ready), pods));
  }

  private static List<String> possible(WorkloadState state) {
    return next(state).possible().stream().map(PodSnapshot::name).toList();
  }

  private static NextEvictions next(WorkloadState state, String... before) {
    return next(
        state, Stream.of(before).map(name -> new PodEviction(name, "uid-" + name, null)).toList());
  }

  private static NextEvictions next(WorkloadState state, List<PodEviction> before) {
    Trigger trigger =
        new Trigger(Mechanism.Eviction, CUT, state.workload().ref(), "uid", 1, null, "template", 1);
    return NextEvictions.of(
        trigger, new Landed(1, "template", null), state, before, CUT.plusSeconds(1));
  }

  private static WorkloadState state(WorkloadSnapshot workload, PodSnapshot... pods) {
    return new WorkloadState(workload, List.of(), List.of(pods));
  }

  private static WorkloadState with(BudgetSnapshot budget, WorkloadState state) {
    return new WorkloadState(
        state.workload(),
        state.revisions(),
        state.pods(),
        Stream.concat(state.budgets().stream(), Stream.of(budget)).toList(),
        state.references());
  }

  private static BudgetSnapshot budget(
      int allowed, int healthy, int mustStay, boolean evictsUnready) {
    return new BudgetSnapshot(
        "shop",
        "steady",
        new LabelSelector(List.of()),
        allowed,
        healthy,
        mustStay,
        5,
        evictsUnready);
  }

  /** A workload whose controller counts so many available. */
  private interface Sized {
    WorkloadSnapshot with(int available);
  }

  private static Sized deployment(int desired, int maxUnavailable) {
    return available -> deployment(desired, maxUnavailable, available);
  }

  private static WorkloadSnapshot deployment(int desired, int maxUnavailable, int available) {
    return new DeploymentSnapshot(
        metadata(WorkloadKind.Deployment),
        desired,
        counts(available),
        rolling(IntOrPercent.count(maxUnavailable)),
        false,
        new PodTemplate("template", null),
        List.of());
  }

  private static Sized statefulSet(int desired, int maxUnavailable) {
    return available ->
        new StatefulSetSnapshot(
            metadata(WorkloadKind.StatefulSet),
            desired,
            counts(available),
            rolling(IntOrPercent.count(maxUnavailable)),
            true,
            true,
            0,
            0,
            new PodTemplate("template", null),
            List.of());
  }

  private static Sized daemonSet(int desired, int maxUnavailablePercent) {
    return available ->
        new DaemonSetSnapshot(
            metadata(WorkloadKind.DaemonSet),
            desired,
            counts(available),
            rolling(IntOrPercent.percent(maxUnavailablePercent)),
            new PodTemplate("template", null),
            List.of());
  }

  private static Sized rollout(@Nullable Instant restartAt, @Nullable Instant restartedAt) {
    return available ->
        new ArgoRolloutSnapshot(
            metadata(WorkloadKind.ArgoRollout),
            3,
            counts(available),
            new ArgoStrategy.Canary(IntOrPercent.count(1), IntOrPercent.count(0), List.of(), false),
            new PodTemplate("template", null),
            restartAt,
            restartedAt,
            "Healthy",
            "",
            List.of());
  }

  private static RollingUpdate rolling(IntOrPercent maxUnavailable) {
    return new RollingUpdate(IntOrPercent.count(0), maxUnavailable);
  }

  private static WorkloadMetadata metadata(WorkloadKind kind) {
    return Samples.metadata(new WorkloadRef(kind, "shop", "checkout"));
  }

  private static ReplicaCounts counts(int available) {
    return new ReplicaCounts(available, available, available, available);
  }

  private static PodSnapshot pod(String name, int secondsBeforeTheCut) {
    return pod(name, CUT.minusSeconds(secondsBeforeTheCut), true, null);
  }

  private static PodSnapshot unready(PodSnapshot pod) {
    return pod(pod.name(), pod.createdAt(), false, null);
  }

  private static PodSnapshot terminating(String name) {
    return pod(name, CUT.minusSeconds(60), true, new Termination(CUT, false));
  }

  private static PodSnapshot pod(
      String name, Instant createdAt, boolean ready, Termination termination) {
    return new PodSnapshot(
        name,
        "uid-" + name,
        Owner.NONE,
        "",
        createdAt,
        "node-1",
        termination,
        false,
        ready,
        null,
        List.of());
  }
}
