package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.plan.Strategy;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.WhenBusy;
import dev.reprise.restart.WorkloadGateway.EvictionOutcome;
import dev.reprise.restart.Writes.Fault;
import dev.reprise.restart.Writes.Killed;
import dev.reprise.rollout.Blocker;
import dev.reprise.rollout.PodEviction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EvictingTests {

  /**
   * Trigger decided, claim written, landed recorded; then for each of three pods that it is next,
   * and its eviction; at last the end.
   */
  private static final int WRITES = 10;

  private final World world = new World();
  private final Replica replica = world.replica();

  @Test
  void replacesAllPodsOneAtATimeWithinTheSameReplicaSet() {
    Restart restart = recreating();

    carryOut(restart);

    RestartStatus status = world.live(restart).status();
    assertThat(status.phase()).isEqualTo(Phase.Succeeded);
    assertThat(status.lowestAvailable()).isEqualTo(2);
    assertThat(status.evicting()).isEmpty();
    assertThat(world.workloads.evicted()).containsExactly("old-0", "old-1", "old-2");
    assertThat(world.workloads.state(Samples.WEB).revisions()).hasSize(1);
    assertThat(world.writes.made()).isEqualTo(WRITES);
  }

  @Test
  void evictsNoneBeforeTheClockHasPassedTheCut() {
    Restart restart = recreating();

    Step step = replica.work(restart);

    assertThat(step).isEqualTo(new Step.Wait(Duration.ofSeconds(1)));
    assertThat(world.workloads.evicted()).isEmpty();
  }

  @Test
  void evictsNoOtherOneWhileOneIsMissing() {
    Restart restart = begun();

    replica.work(restart);
    replica.work(restart);

    assertThat(world.workloads.evicted()).containsExactly("old-0");
  }

  @Test
  void evictsAsManyAtOnceAsMayBeMissing() {
    world.workloads.put(Samples.deployment(8));

    replica.work(begun());

    assertThat(world.workloads.evicted()).containsExactly("old-0", "old-1");
  }

  @Test
  void evictsThePodFirstThatKeepsRestartAtFromMoving() {
    world.workloads.put(Samples.unready(Samples.rollout(3), "canary-2"));
    Restart restart = world.pending("r-1", Samples.spec(Samples.CANARY, Strategy.RecreatePods));

    carryOut(restart);

    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(world.workloads.evicted()).containsExactly("canary-2", "canary-0", "canary-1");
    assertThat(world.workloads.triggers()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void evictsEachPodOnceWhicheverWriteFails(int write, Fault fault) {
    Restart restart = recreating();
    world.writes.failAt(write, fault);

    carryOut(restart);

    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(world.workloads.evicted()).containsExactly("old-0", "old-1", "old-2");
  }

  static Stream<Arguments> faults() {
    return IntStream.rangeClosed(1, WRITES)
        .boxed()
        .flatMap(write -> Stream.of(Fault.values()).map(fault -> Arguments.of(write, fault)));
  }

  @Test
  void recordsAPodBeforeItIsEvicted() {
    Restart restart = begun();
    List<String> recorded = new ArrayList<>();
    world.workloads.answerEvictions(_ -> {
      world.live(restart).status().evicting().forEach(one -> recorded.add(one.uid()));
      return Optional.of(new EvictionOutcome.Evicted());
    });

    replica.work(restart);

    assertThat(recorded).containsExactly("uid-old-0");
  }

  @Test
  void evictsWhatAnEarlierLeaderRecordedAndNoOther() {
    Restart restart = begun();
    world.store.updateStatus(
        world.live(restart), world.live(restart).status().evicting(List.of(eviction("old-2"))));

    world.replica().work(restart);

    assertThat(world.workloads.evicted()).containsExactly("old-2");
  }

  @Test
  void evictsNoOtherWhenTwoLeadersDecideAtOnce() {
    Restart restart = begun();
    Replica other = world.replica();
    world.store.beforeNextStatus(() -> other.work(restart));

    replica.work(restart);

    assertThat(world.workloads.evicted()).containsExactly("old-0");
  }

  @Test
  void trustsALiveReadMoreThanTheWatches() {
    Restart restart = begun();
    world.workloads.holdWatches();
    evict("old-2");

    replica.work(restart);

    assertThat(world.workloads.evicted()).containsExactly("old-2");
  }

  @Test
  void evictsNoneOnceALiveReadShowsAnothersTemplate() {
    Restart restart = begun();
    world.workloads.holdWatches();
    world.workloads.change(
        Samples.WEB,
        state -> Samples.with(state, Samples.with(state.workload(), Samples.template("theirs"))));

    replica.work(restart);

    assertThat(world.workloads.evicted()).isEmpty();
  }

  @Test
  void evictsNoMoreWhenLeadershipIsLostBetweenTwo() {
    world.workloads.put(Samples.deployment(8));
    Restart restart = begun();
    world.workloads.answerEvictions(_ -> {
      replica.losesLeadership();
      return Optional.empty();
    });

    replica.work(restart);

    assertThat(world.workloads.evicted()).containsExactly("old-0");
  }

  @Test
  void leavesAnotherPodOfTheSameNameAlone() {
    Restart restart = begun();
    world.store.updateStatus(
        world.live(restart),
        world.live(restart).status().evicting(List.of(new PodEviction("old-0", "former", null))));

    carryOut(restart);

    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(world.workloads.evicted()).containsExactly("old-0", "old-1", "old-2");
  }

  @Test
  void goesOnWhenAPodIsGoneBeforeItIsEvicted() {
    Restart restart = begun();
    world.workloads.answerEvictions(pod -> {
      world.workloads.answerEvictions(_ -> Optional.empty());
      evict(pod.name());
      world.replacePods(Samples.WEB);
      return Optional.of(new EvictionOutcome.Evicted());
    });

    carryOut(restart);

    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void waitsForTheBudgetAndNamesIt() {
    Restart restart = begun();
    world.workloads.put(Samples.withBudget(Samples.deployment(3), 0));
    world.workloads.change(Samples.WEB, state -> Samples.claimedBy(state, "r-1"));

    replica.work(restart);
    List<Blocker> blockers = world.live(restart).status().blockers();
    world.workloads.change(Samples.WEB, state -> Samples.withBudget(state, 1));
    replica.work(restart);

    assertThat(blockers).extracting(Blocker::object).containsExactly("PodDisruptionBudget steady");
    assertThat(world.workloads.evicted()).containsExactly("old-0");
  }

  @Test
  void asksNoSoonerThanTheApiServerSaidWhenItsBudgetHasNoRoom() {
    Restart restart = begun();
    List<String> asked = answer(new EvictionOutcome.Blocked("no room", Duration.ofSeconds(7)));

    Step step = replica.work(restart);
    world.clock.pass(Duration.ofMillis(6_999));
    replica.work(restart);
    int early = asked.size();
    world.clock.pass(Duration.ofMillis(1));
    replica.work(restart);

    assertThat(step).isEqualTo(new Step.Wait(Duration.ofSeconds(7)));
    assertThat(early).isEqualTo(1);
    assertThat(asked).hasSize(2);
  }

  @Test
  void namesWhyTheApiServerRefuses() {
    Restart restart = begun();
    answer(new EvictionOutcome.Refused("Forbidden", "pods \"old-0\" is forbidden"));

    replica.work(restart);

    assertThat(world.live(restart).status().blockers())
        .singleElement()
        .satisfies(blocker -> {
          assertThat(blocker.reason()).isEqualTo("EvictionRefused");
          assertThat(blocker.object()).isEqualTo("Pod old-0");
          assertThat(blocker.message()).contains("pods \"old-0\" is forbidden");
        });
  }

  /** In the API server's own words (eviction.go, admission, authorization). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "poddisruptionbudgets.policy \"web\" is forbidden: pdb disruptions allowed is negative"
            + " | kubectl get poddisruptionbudgets -n demo",
        "This pod has more than one PodDisruptionBudget, which the eviction subresource does not"
            + " support. | kubectl get poddisruptionbudgets -n demo",
        "Cannot evict pod as it would violate the pod's disruption budget."
            + " | kubectl get poddisruptionbudgets -n demo",
        "Internal error occurred: failed calling webhook \"drain.example.com\": no route to host |"
            + " kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations",
        "admission webhook \"drain.example.com\" denied the request: not by day | kubectl get"
            + " validatingwebhookconfigurations,mutatingwebhookconfigurations",
        "pods \"old-0\" is forbidden: User \"reprise\" cannot create resource \"pods/eviction\" in"
            + " API group \"\" in the namespace \"demo\" | kubectl get"
            + " clusterrolebindings,rolebindings -o wide -n demo",
        "not today | kubectl describe pod old-0 -n demo"
      })
  void advisesALookAtWhatRefuses(String refusal, String command) {
    Restart restart = begun();
    answer(new EvictionOutcome.Refused("Forbidden", refusal));

    replica.work(restart);

    assertThat(world.live(restart).status().blockers())
        .extracting(Blocker::command)
        .containsExactly(command);
  }

  @Test
  void asksSlowlyAfterARefusalAndRecordsItOnce() {
    Restart restart = begun();
    List<String> asked = answer(new EvictionOutcome.Refused("Forbidden", "not by you"));
    replica.work(restart);
    int written = world.writes.made();

    world.clock.pass(Duration.ofSeconds(9));
    replica.work(restart);
    int early = asked.size();
    world.clock.pass(Duration.ofSeconds(1));
    replica.work(restart);

    assertThat(early).isEqualTo(1);
    assertThat(asked).hasSize(2);
    assertThat(world.writes.made()).isEqualTo(written);
  }

  @Test
  void asksForTheOthersBeforeOneThatWasRefused() {
    world.workloads.put(Samples.deployment(8));
    Restart restart = begun();
    world.workloads.answerEvictions(pod ->
        pod.name().equals("old-0")
            ? Optional.of(new EvictionOutcome.Refused("Forbidden", "it is precious"))
            : Optional.empty());

    replica.work(restart);
    world.clock.pass(Duration.ofSeconds(10));
    replica.work(restart);

    assertThat(world.workloads.evicted()).containsExactly("old-1");
  }

  @Test
  void goesOnWhenTheRefusalIsOver() {
    Restart restart = begun();
    answer(new EvictionOutcome.Refused("Forbidden", "not by you"));
    replica.work(restart);
    world.workloads.answerEvictions(_ -> Optional.empty());
    world.clock.pass(Duration.ofSeconds(10));

    replica.work(restart);
    world.replacePods(Samples.WEB);
    replica.work(restart);

    assertThat(world.workloads.evicted()).startsWith("old-0");
    assertThat(world.live(restart).status().blockers()).isEmpty();
  }

  @Test
  void failsWithWhatStoodInTheWayWhenTheTimeIsUp() {
    Restart restart = begun();
    answer(new EvictionOutcome.Refused("Forbidden", "not by you"));
    replica.work(restart);
    world.clock.pass(Duration.ofHours(1));

    replica.work(restart);

    RestartStatus status = world.live(restart).status();
    assertThat(status.phase()).isEqualTo(Phase.Failed);
    assertThat(status.reason()).isEqualTo("Timeout");
    assertThat(status.message()).contains("PT1H", "Pod old-0", "not by you");
    assertThat(world.workloads.evicted()).isEmpty();
  }

  @Test
  void asksAgainSoonWhenNoAnswerCame() {
    Restart restart = begun();
    answer(new EvictionOutcome.Uncertain());

    assertThat(replica.work(restart)).isEqualTo(new Step.Wait(Duration.ofSeconds(1)));
    world.workloads.answerEvictions(_ -> Optional.empty());
    world.clock.pass(Duration.ofSeconds(1));
    replica.work(restart);

    assertThat(world.workloads.evicted()).containsExactly("old-0");
  }

  /** Every eviction comes to this; the pods that were asked for. */
  private List<String> answer(EvictionOutcome outcome) {
    List<String> asked = new ArrayList<>();
    world.workloads.answerEvictions(pod -> {
      asked.add(pod.name());
      return Optional.of(outcome);
    });
    return asked;
  }

  @Test
  void waitsForTheEndOfTheRestartWhosePlaceItTook() {
    Restart earlier = begun();
    world.store.updateStatus(
        world.live(earlier), world.live(earlier).status().evicting(List.of(eviction("old-2"))));
    Restart later = superseding();

    replica.work(later);
    List<String> early = world.workloads.evicted();
    replica.work(earlier);
    replica.work(later);

    assertThat(early).isEmpty();
    assertThat(world.live(earlier).status().phase()).isEqualTo(Phase.Superseded);
    assertThat(world.workloads.evicted()).containsExactly("old-2");
  }

  private Restart superseding() {
    Restart later =
        world.pending("r-2", Samples.spec(Samples.WEB, Strategy.RecreatePods, WhenBusy.Supersede));
    replica.work(later);
    world.clock.pass(Duration.ofSeconds(1));
    assertThat(world.live(later).status().landed()).isNotNull();
    return later;
  }

  private Restart recreating() {
    return world.pending("r-1", Samples.spec(Samples.WEB, Strategy.RecreatePods));
  }

  /** One whose claim is written and whose cut has come; no pod is evicted yet. */
  private Restart begun() {
    Restart restart = recreating();
    replica.work(restart);
    world.clock.pass(Duration.ofSeconds(1));
    assertThat(world.live(restart).status().landed()).isNotNull();
    return restart;
  }

  private void carryOut(Restart restart) {
    Replica worker = replica;
    for (int round = 0; round < 20 && !world.live(restart).isFinished(); round++) {
      try {
        if (worker.work(restart) instanceof Step.Wait) {
          // The watches show what it did, then what the controllers make of that.
          worker.work(restart);
          world.replacePods(restart.target());
        }
      } catch (Killed _) {
        worker = world.replica();
      }
    }
  }

  /** Somebody else evicts it. */
  private void evict(String pod) {
    world.workloads.state(Samples.WEB).pods().stream()
        .filter(one -> one.name().equals(pod))
        .forEach(one -> world.workloads.evict("demo", one));
  }

  private static PodEviction eviction(String pod) {
    return new PodEviction(pod, "uid-" + pod, null);
  }
}
