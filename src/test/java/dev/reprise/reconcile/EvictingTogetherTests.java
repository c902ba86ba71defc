package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.plan.Strategy;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.Samples;
import dev.reprise.restart.Writes.Fault;
import dev.reprise.restart.Writes.Killed;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two replicas that both believe to lead, one in the midst of a step of the other, on watches and
 * caches that stand still now and then, while controllers take their time and writes fail.
 */
class EvictingTogetherTests {

  private static final int DESIRED = 12;

  /** A quarter of them may be missing. */
  private static final int LEAST = 9;

  private static final int MOVES = 150;

  private final World world = new World();
  private int fewest = DESIRED;
  private Random random = new Random();
  private Restart restart;
  private List<Replica> replicas;
  private int depth;
  private int pods;

  @ParameterizedTest
  @MethodSource("seeds")
  void neverLeaveFewerThanMustStay(int seed) {
    begin(seed);

    IntStream.range(0, MOVES).forEach(_ -> move());

    finish();
    assertThat(fewest).isGreaterThanOrEqualTo(LEAST);
    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(world.workloads.evicted()).doesNotHaveDuplicates().hasSize(DESIRED);
  }

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  private void begin(int seed) {
    random = new Random(seed);
    WorkloadState state = Samples.deployment(DESIRED);
    world.workloads.put(seed % 2 == 0 ? state : withoutThree(state));
    world.workloads.follow(
        Samples.WEB, () -> fewest = Math.min(fewest, ready(world.workloads.state(Samples.WEB))));
    restart = world.pending("r-1", Samples.spec(Samples.WEB, Strategy.RecreatePods));
    replicas = new ArrayList<>(List.of(world.replica(), world.replica()));
    replicas.getFirst().work(restart);
    world.clock.pass(Duration.ofSeconds(1));
    world.writes.beforeEach(this::interrupt);
  }

  /** Some that are not ready may get so, which changes who is next: leaders may disagree. */
  private static WorkloadState withoutThree(WorkloadState state) {
    return Samples.unready(Samples.unready(Samples.unready(state, "old-7"), "old-8"), "old-9");
  }

  /** Right before a write takes effect, the other replica and the controllers may do anything. */
  private void interrupt() {
    if (depth == 1 && random.nextInt(3) > 0) {
      depth++;
      IntStream.range(0, 1 + random.nextInt(12)).forEach(_ -> moveBesides());
      depth--;
    }
  }

  private void moveBesides() {
    if (random.nextInt(3) == 0) {
      reconcile(1);
    } else {
      controllers();
    }
  }

  private void move() {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        if (random.nextInt(4) == 0) {
          world.writes.failAt(
              world.writes.made() + 1 + random.nextInt(3),
              Fault.values()[random.nextInt(Fault.values().length)]);
        }
        depth = 1;
        reconcile(0);
        depth = 0;
      }
      case 3 -> reconcile(1);
      case 4 -> world.workloads.holdWatches(random.nextInt(9), random.nextInt(9));
      case 5 -> holdCache(random.nextBoolean());
      case 6 -> world.clock.pass(Duration.ofSeconds(1 + random.nextInt(10)));
      case 7 -> controllers();
      default -> throw new IllegalStateException();
    }
  }

  private void holdCache(boolean stand) {
    if (stand) {
      world.store.holdCache();
    } else {
      world.store.catchUp();
    }
  }

  private void reconcile(int which) {
    try {
      replicas.get(which).once(restart);
    } catch (Killed _) {
      replicas.set(which, world.replica());
    }
  }

  /** A pod ends, or is made, or gets ready; or the status tells how many are available. */
  private void controllers() {
    world.workloads.change(
        Samples.WEB,
        state ->
            switch (random.nextInt(4)) {
              case 0 -> without(state, first(state, PodSnapshot::terminating));
              case 1 -> withOneMore(state);
              case 2 -> withReady(state, first(state, EvictingTogetherTests::isStarting));
              case 3 -> Samples.available(state, ready(state));
              default -> throw new IllegalStateException();
            });
  }

  private static boolean isStarting(PodSnapshot pod) {
    return !pod.ready() && !pod.terminating();
  }

  private static Optional<PodSnapshot> first(WorkloadState state, Predicate<PodSnapshot> which) {
    return state.pods().stream().filter(which).findFirst();
  }

  private static WorkloadState without(WorkloadState state, Optional<PodSnapshot> leaving) {
    return Samples.with(
        state, state.pods().stream().filter(pod -> !Optional.of(pod).equals(leaving)).toList());
  }

  private WorkloadState withOneMore(WorkloadState state) {
    if (state.pods().stream().filter(pod -> !pod.terminating()).count() == DESIRED) {
      return state;
    }
    PodSnapshot made = Samples.pod("new-" + ++pods, "rs-1", world.clock.instant(), false);
    return Samples.with(state, Stream.concat(state.pods().stream(), Stream.of(made)).toList());
  }

  private static WorkloadState withReady(WorkloadState state, Optional<PodSnapshot> starting) {
    return Samples.with(
        state,
        state.pods().stream()
            .map(pod ->
                Optional.of(pod).equals(starting)
                    ? Samples.pod(pod.name(), "rs-1", pod.createdAt(), true)
                    : pod)
            .toList());
  }

  private static int ready(WorkloadState state) {
    return Math.toIntExact(
        state.pods().stream().filter(pod -> pod.ready() && !pod.terminating()).count());
  }

  /** Nothing goes wrong any more, and everybody does their part. */
  private void finish() {
    world.writes.beforeEach(() -> {});
    world.writes.failAt(0, Fault.DiesBefore);
    world.workloads.catchUp();
    world.store.catchUp();
    for (int round = 0; round < 1_000 && !world.live(restart).isFinished(); round++) {
      reconcile(round % 2);
      controllers();
      world.clock.pass(Duration.ofSeconds(1));
    }
  }
}
