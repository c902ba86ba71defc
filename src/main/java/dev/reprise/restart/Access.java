package dev.reprise.restart;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.reprise.plan.RestartPlan;
import dev.reprise.restart.AccessReviews.Action;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What callers may do: who may restart a workload may also see what that would cost, and see and
 * cancel its Restarts. An answer is remembered for 10 s at most. Safe for use by many threads;
 * everything here throws {@link ClusterUnavailable} and {@link ClusterRefused} as {@link
 * AccessReviews} does.
 */
public final class Access {

  private static final String GET = "get";
  private static final Duration REMEMBERED = Duration.ofSeconds(10);
  private static final int MOST_REMEMBERED = 20_000;

  private final AccessReviews reviews;
  private final String verb;
  private final Remembered<Question, Boolean> verdicts;

  private record Question(Caller caller, Action action) {}

  /**
   * @param verb what Kubernetes calls it to restart a workload
   * @param nanoTime what remembering is measured by
   * @param threads a new one for each question
   */
  public Access(AccessReviews reviews, String verb, Ticker nanoTime, Executor threads) {
    this.reviews = reviews;
    this.verb = verb;
    this.verdicts = new Remembered<>(MOST_REMEMBERED, nanoTime, threads);
  }

  /**
   * Lets those pass who may restart it.
   *
   * @throws Forbidden to all others
   */
  public void require(Caller caller, WorkloadRef workload) {
    require(caller, Set.of(workload));
  }

  /**
   * Lets those pass who may restart all that this plan would.
   *
   * @param state of the workload that the plan is for
   * @throws Forbidden to all others
   */
  public void require(Caller caller, RestartPlan plan, WorkloadState state) {
    require(caller, concerned(plan, state));
  }

  /**
   * Lets those pass who may restart all of them.
   *
   * @throws Forbidden to all others; names the first that is missing
   */
  void require(Caller caller, Set<WorkloadRef> workloads) {
    Set<WorkloadRef> allowed = restartable(caller, workloads);
    workloads.stream()
        .filter(workload -> !allowed.contains(workload))
        .findFirst()
        .ifPresent(workload -> {
          throw Forbidden.restart(caller, verb, workload);
        });
  }

  /**
   * Lets those pass who may restart every workload of one of these kinds in the namespace, and may
   * therefore be told that there is none.
   *
   * @throws Forbidden to all others
   */
  public void requireAny(Caller caller, String namespace, Collection<WorkloadKind> kinds) {
    if (kinds.stream().noneMatch(kind -> coversAll(caller, namespace, Set.of(kind)))) {
      throw Forbidden.namespace(caller, verb, namespace);
    }
  }

  /**
   * What would restart: the two ends of a {@code workloadRef} together, since whoever writes to the
   * Deployment restarts the pods of each Rollout that refers to it.
   */
  static Set<WorkloadRef> concerned(RestartPlan plan, WorkloadState state) {
    Set<WorkloadRef> concerned = new LinkedHashSet<>();
    concerned.add(state.workload().ref());
    boolean isOfReference =
        plan instanceof RestartPlan.Proceed proceed
            && proceed.mechanism() == Mechanism.ReferencedTemplateAnnotation;
    if (isOfReference) {
      state.references().referring().stream().map(WorkloadSnapshot::ref).forEach(concerned::add);
      WorkloadSnapshot referenced = state.references().referenced();
      if (referenced != null) {
        concerned.add(referenced.ref());
      }
    }
    return concerned;
  }

  /** What lets somebody restart it, as a next step. */
  String needed(WorkloadRef workload) {
    return Forbidden.needed(verb, workload);
  }

  /** Whether the caller may restart every workload of these kinds there. */
  boolean coversAll(Caller caller, String namespace, Collection<WorkloadKind> kinds) {
    return kinds.stream()
        .map(kind -> verdict(caller, new Action(verb, kind, namespace, "")))
        .toList()
        .stream()
        .allMatch(Supplier::get);
  }

  /** Those of the workloads that the caller may restart. */
  public Set<WorkloadRef> restartable(Caller caller, Collection<WorkloadRef> workloads) {
    return allowed(caller, verb, workloads);
  }

  /** Those of the workloads that the caller may read with kubectl, and so knows of anyway. */
  Set<WorkloadRef> readable(Caller caller, Collection<WorkloadRef> workloads) {
    return allowed(caller, GET, workloads);
  }

  /** The broad question first: mostly its answer is that of all the narrow ones. */
  private Set<WorkloadRef> allowed(Caller caller, String asked, Collection<WorkloadRef> workloads) {
    Set<WorkloadRef> all = new LinkedHashSet<>(workloads);
    Set<Action> broad =
        answered(
            caller,
            all.stream().map(workload -> broad(asked, workload)).collect(Collectors.toSet()),
            Function.identity());
    Set<WorkloadRef> allowed =
        all.stream()
            .filter(workload -> broad.contains(broad(asked, workload)))
            .collect(Collectors.toCollection(HashSet::new));
    all.removeAll(allowed);
    allowed.addAll(
        answered(
            caller,
            all,
            workload -> new Action(asked, workload.kind(), workload.namespace(), workload.name())));
    return allowed;
  }

  private static Action broad(String asked, WorkloadRef workload) {
    return new Action(asked, workload.kind(), workload.namespace(), "");
  }

  /** Those whose question is answered by yes; all are asked before the first is waited for. */
  private <T> Set<T> answered(Caller caller, Set<T> things, Function<T, Action> action) {
    Map<T, Supplier<Boolean>> asked = new LinkedHashMap<>();
    things.forEach(thing -> asked.put(thing, verdict(caller, action.apply(thing))));
    return asked.entrySet().stream()
        .flatMap(entry -> entry.getValue().get() ? Stream.of(entry.getKey()) : Stream.empty())
        .collect(Collectors.toSet());
  }

  private Supplier<Boolean> verdict(Caller caller, Action action) {
    return verdicts.ask(new Question(caller, action), () -> ask(caller, action));
  }

  private Remembered.Answer<Boolean> ask(Caller caller, Action action) {
    return new Remembered.Answer<>(reviews.isAllowed(caller, action), REMEMBERED);
  }
}
