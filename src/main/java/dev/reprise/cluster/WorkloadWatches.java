package dev.reprise.cluster;

import dev.reprise.plan.Surroundings.NotChecked;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.WorkloadGateway.Following;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.BudgetSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.References;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadMetadata;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All workloads of the covered namespaces under watch, and the ReplicaSets and pods of those
 * namespaces in which someone follows a workload, with the Events that tell why pods are missing
 * where they do. However many follow, each kind is watched once.
 */
final class WorkloadWatches implements AutoCloseable {

  private final ReflectorFactory reflectors;
  private final Map<WorkloadKind, CoveredKind<WorkloadSnapshot>> workloads =
      new EnumMap<>(WorkloadKind.class);
  private final CoveredKind<BudgetSnapshot> budgets;
  private final TemplateReferences references;
  private final NamespaceWatches namespaces;
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<@Nullable WorkloadSnapshot, @Nullable WorkloadSnapshot>> listeners =
      new CopyOnWriteArrayList<>();

  WorkloadWatches(ReflectorFactory reflectors) {
    this.reflectors = reflectors;
    namespaces =
        new NamespaceWatches(namespace ->
            new NamespaceWatch(namespace, reflectors, workload -> changed(namespace, workload)));
    budgets =
        new CoveredKind<>(
            reflectors,
            Resources.BUDGETS,
            BudgetMapping::budget,
            (before, now) -> changedIn(Objects.requireNonNull(now == null ? before : now)));
    for (WorkloadKind kind : WorkloadKind.values()) {
      workloads.put(
          kind,
          new CoveredKind<>(
              reflectors,
              Resources.of(kind),
              object -> WorkloadMapping.workload(kind, object),
              this::changed));
    }
    references =
        new TemplateReferences(kind(WorkloadKind.Deployment), kind(WorkloadKind.ArgoRollout));
  }

  void start() {
    budgets.start();
    workloads.values().forEach(kind -> kind.whenSynced(this::changed));
    workloads.values().forEach(CoveredKind::start);
  }

  @Override
  public void close() {
    budgets.stop();
    workloads.values().forEach(CoveredKind::stop);
    namespaces.close();
  }

  List<Reflector<?>> reflectors() {
    return workloads.values().stream()
        .<Reflector<?>>flatMap(kind -> kind.reflectors().stream())
        .toList();
  }

  boolean covers(String namespace) {
    return reflectors.covers(namespace);
  }

  /**
   * All that are known of a namespace.
   *
   * @throws ClusterUnavailable when not every kind has been listed yet
   */
  List<WorkloadSnapshot> inNamespace(String namespace) {
    workloads.values().stream()
        .filter(kind -> !kind.isSynced())
        .findFirst()
        .ifPresent(kind -> {
          throw new ClusterUnavailable(
              "The workloads have not been listed yet: " + kind, false, null, null);
        });
    return workloads.values().stream()
        .flatMap(kind -> kind.inNamespace(namespace).stream())
        .toList();
  }

  /** All that are known. */
  List<WorkloadSnapshot> all() {
    return workloads.values().stream().flatMap(kind -> kind.all().stream()).toList();
  }

  boolean isSynced() {
    return workloads.values().stream().allMatch(CoveredKind::isSynced);
  }

  /** Has this called whenever a part of the workloads becomes known. */
  void whenSynced(Runnable told) {
    workloads.values().forEach(kind -> kind.whenSynced(told));
  }

  /**
   * Tells of each change of a workload, before and now, until what is returned is run.
   *
   * @param listener must be quick
   */
  Runnable listen(BiConsumer<@Nullable WorkloadSnapshot, @Nullable WorkloadSnapshot> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** What refers to what, as the watches have it. */
  TemplateReferences references() {
    return references;
  }

  List<BudgetSnapshot> budgets(String namespace) {
    return budgets.inNamespace(namespace);
  }

  /** The budgets, where those known of a namespace may not be all. */
  Optional<NotChecked> unknownBudgets(String namespace) {
    return budgets.gap(namespace).map(why -> new NotChecked(Resources.BUDGETS.plural(), why));
  }

  /**
   * The state with why pods of it could not be created, if any are missing. Not known where nobody
   * follows a workload of its namespace.
   */
  WorkloadState withFailedCreate(WorkloadState state) {
    return namespaces
        .of(state.workload().ref().namespace())
        .map(watch -> watch.withFailedCreate(state))
        .orElse(state);
  }

  /**
   * The workload with what it owns; empty where nobody follows a workload of its namespace, or
   * where the watches have another version of it, and so may be behind with what it owns as well.
   *
   * @param read as it was just read
   */
  Optional<WorkloadState> caughtUpWith(WorkloadSnapshot read) {
    String namespace = read.ref().namespace();
    CoveredKind<WorkloadSnapshot> kind = kind(read.ref().kind());
    return namespaces
        .of(namespace)
        .filter(NamespaceWatch::isUnbroken)
        .filter(_ -> kind.isUnbroken(namespace))
        .filter(_ ->
            kind.get(namespace, read.ref().name())
                .filter(known -> isSameVersion(known.metadata(), read.metadata()))
                .isPresent())
        .map(watch -> watch.stateOf(read));
  }

  private static boolean isSameVersion(WorkloadMetadata known, WorkloadMetadata read) {
    return known.uid().equals(read.uid()) && known.resourceVersion().equals(read.resourceVersion());
  }

  private CoveredKind<WorkloadSnapshot> kind(WorkloadKind kind) {
    return Objects.requireNonNull(workloads.get(kind));
  }

  /** The watch of what the workloads of a namespace own, to be let go of with {@link #release}. */
  NamespaceWatch acquire(String namespace) {
    return namespaces.acquire(namespace);
  }

  void release(String namespace) {
    namespaces.release(namespace);
  }

  Following follow(WorkloadRef ref, Runnable onChange) {
    Follower follower = new Follower(ref, onChange, namespaces.acquire(ref.namespace()));
    followers.add(follower);
    return follower;
  }

  private void changed(@Nullable WorkloadSnapshot before, @Nullable WorkloadSnapshot now) {
    changed(before == null ? now : before);
    listeners.forEach(listener -> listener.accept(before, now));
  }

  private void changed(@Nullable WorkloadSnapshot workload) {
    switch (workload) {
      case null -> {}
      case DeploymentSnapshot deployment -> {
        changed(deployment.ref().namespace(), deployment.ref().name());
        references.referringTo(deployment).stream()
            .map(WorkloadSnapshot::ref)
            .filter(referring -> !referring.name().equals(deployment.ref().name()))
            .forEach(referring -> changed(referring.namespace(), referring.name()));
      }
      case StatefulSetSnapshot _, DaemonSetSnapshot _, ArgoRolloutSnapshot _ ->
          changed(workload.ref().namespace(), workload.ref().name());
    }
  }

  private void changedIn(BudgetSnapshot budget) {
    changed(budget.namespace(), "");
  }

  private void changed() {
    followers.forEach(follower -> follower.onChange.run());
  }

  private void changed(String namespace, String workload) {
    for (Follower follower : followers) {
      if (follower.ref.namespace().equals(namespace)
          && (workload.isEmpty() || follower.ref.name().equals(workload))) {
        follower.onChange.run();
      }
    }
  }

  private final class Follower implements Following {
    private final WorkloadRef ref;
    private final Runnable onChange;
    private final NamespaceWatch owned;

    Follower(WorkloadRef ref, Runnable onChange, NamespaceWatch owned) {
      this.ref = ref;
      this.onChange = onChange;
      this.owned = owned;
    }

    @Override
    public boolean isSynced() {
      return kind(ref.kind()).isSynced()
          && kind(WorkloadKind.Deployment).isSynced()
          && owned.isSynced();
    }

    @Override
    public Optional<WorkloadState> state() {
      return kind(ref.kind())
          .get(ref.namespace(), ref.name())
          .map(owned::stateOf)
          .map(state -> state.with(references(state.workload())))
          .map(state -> state.with(budgets.inNamespace(ref.namespace())));
    }

    private References references(WorkloadSnapshot workload) {
      return workload instanceof ArgoRolloutSnapshot rollout && rollout.reference() != null
          ? new References(references.referenced(rollout), List.of())
          : References.NONE;
    }

    @Override
    public void close() {
      if (followers.remove(this)) {
        namespaces.release(ref.namespace());
      }
    }
  }
}
