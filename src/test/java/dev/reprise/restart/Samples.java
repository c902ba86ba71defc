package dev.reprise.restart;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.reprise.plan.CertainDowntime;
import dev.reprise.plan.GroupPlanner;
import dev.reprise.plan.RestartPlanner;
import dev.reprise.plan.Strategy;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.ArgoStrategy;
import dev.reprise.workload.ArgoUpdate;
import dev.reprise.workload.BudgetSnapshot;
import dev.reprise.workload.ControllerRevisionSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Generation;
import dev.reprise.workload.IntOrPercent;
import dev.reprise.workload.LabelSelector;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.PodSnapshot.Owner;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.ReplicaCounts;
import dev.reprise.workload.ReplicaSetSnapshot;
import dev.reprise.workload.Revision;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.TemplateReference;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.UpdateStrategy.RollingUpdate;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadMetadata;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSelection;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Workloads and Restarts for tests, and what controllers do to the former. */
public final class Samples {

  public static final WorkloadRef WEB = new WorkloadRef(WorkloadKind.Deployment, "demo", "web");
  public static final WorkloadRef CANARY =
      new WorkloadRef(WorkloadKind.ArgoRollout, "demo", "canary");
  public static final WorkloadRef LEDGER =
      new WorkloadRef(WorkloadKind.StatefulSet, "demo", "ledger");

  /** What a restart of {@link #WEB} writes that begins when the clock does. */
  public static final Trigger TRIGGER =
      new Trigger(
          Mechanism.TemplateAnnotation, HandClock.START, WEB, "uid-web", 1, null, "first", 1);

  /** The template that each workload has at first, and when its annotation is taken back. */
  static final PodTemplate FIRST_TEMPLATE = new PodTemplate("first", null);

  private static final Instant LONG_AGO = HandClock.START.minusSeconds(3600);

  private Samples() {}

  public static RestartKey key(String name) {
    return new RestartKey("demo", name);
  }

  /** What a Restart of this workload asks for that was written by kubectl with nothing else. */
  public static RestartSpec spec(WorkloadRef target) {
    return spec(target, Strategy.Auto);
  }

  public static RestartSpec spec(WorkloadRef target, Strategy strategy) {
    return spec(target, strategy, WhenBusy.Reject);
  }

  public static RestartSpec spec(WorkloadRef target, WhenBusy whenBusy) {
    return spec(target, Strategy.Auto, whenBusy);
  }

  /** What a Restart of this workload asks for by these and with nothing else. */
  public static RestartSpec spec(WorkloadRef target, Strategy strategy, WhenBusy whenBusy) {
    return new RestartSpec(
        target,
        strategy,
        null,
        false,
        whenBusy,
        null,
        RestartSpec.DEFAULT_TIMEOUT,
        Caller.ANONYMOUS,
        null,
        null,
        false);
  }

  /** Of {@link #WEB}, because its configuration has changed, or to note what it is. */
  public static RestartSpec reload(int number, boolean baseline) {
    return reload(Reload.CALLER, number, baseline);
  }

  public static RestartSpec reload(Reload reload) {
    return reload(Reload.CALLER, reload);
  }

  /** The same, as anybody may write it. */
  public static RestartSpec reload(Caller caller, int number, boolean baseline) {
    return reload(caller, new Reload("uid-web", number, null, "key", Map.of(), baseline));
  }

  private static RestartSpec reload(Caller caller, Reload reload) {
    RestartSpec like = spec(WEB);
    return new RestartSpec(
        like.target(),
        like.strategy(),
        like.reason(),
        like.acceptDowntime(),
        like.whenBusy(),
        like.notBefore(),
        like.timeout(),
        caller,
        null,
        null,
        reload,
        false);
  }

  /** A group of every workload of the namespace. */
  public static GroupSpec all(int maxParallel, OnFailure onFailure, @Nullable Instant notBefore) {
    return new GroupSpec(
        new WorkloadSelection(Set.of(), new WorkloadSelection.All()),
        Strategy.Auto,
        null,
        false,
        WhenBusy.Reject,
        notBefore,
        RestartSpec.DEFAULT_TIMEOUT,
        maxParallel,
        onFailure,
        false,
        Caller.ANONYMOUS,
        null,
        false);
  }

  /** For tests of something else. */
  public static final Cooldown NO_COOLDOWN =
      new Cooldown(new FakeRestarts(new HandClock(), new Writes()), Duration.ZERO, new HandClock());

  public static final RestartPlanner PLANNER = new RestartPlanner(CertainDowntime.Refuse);

  /** Everybody may do everything. */
  public static final Access OPEN = access(AccessReviews.ALLOW_ALL, System::nanoTime);

  public static final PermittedGroups EVERY_GROUP =
      new PermittedGroups(new GroupPlanner(PLANNER), OPEN);

  /** Asks on the thread that wants to know. */
  public static Access access(AccessReviews reviews, Ticker nanoTime) {
    return new Access(reviews, "restart", nanoTime, Runnable::run);
  }

  /** The Deployment {@link #WEB}, which has been running for an hour. */
  public static WorkloadState deployment(int replicas) {
    PodTemplate template = FIRST_TEMPLATE;
    return new WorkloadState(
        new DeploymentSnapshot(
            metadata(WEB),
            replicas,
            all(replicas),
            new RollingUpdate(IntOrPercent.percent(25), IntOrPercent.percent(25)),
            false,
            template,
            List.of()),
        List.of(replicaSet(WEB, 1, replicas, template)),
        pods("old", "rs-1", replicas, LONG_AGO));
  }

  /** A Deployment of that name, otherwise like {@link #deployment}. */
  public static WorkloadState named(String name, int replicas) {
    WorkloadState like = deployment(replicas);
    WorkloadRef ref = new WorkloadRef(WorkloadKind.Deployment, "demo", name);
    return with(like, with(like.workload(), metadata(ref)));
  }

  /** The Rollout {@link #CANARY}, which has been running for an hour. */
  public static WorkloadState rollout(int replicas) {
    PodTemplate template = FIRST_TEMPLATE;
    return new WorkloadState(
        new ArgoRolloutSnapshot(
            metadata(CANARY),
            replicas,
            all(replicas),
            new ArgoStrategy.Canary(
                IntOrPercent.percent(25), IntOrPercent.count(1), List.of(), false),
            template,
            null,
            null,
            "Healthy",
            "",
            List.of()),
        List.of(replicaSet(CANARY, 1, replicas, template)),
        pods("canary", "rs-1", replicas, LONG_AGO));
  }

  /** A Rollout that takes its pod template from a Deployment. */
  public static WorkloadState referring(String name, String deployment) {
    return referring(name, new TemplateReference("Deployment", deployment, 1));
  }

  /** The same, which may refer to another kind. */
  public static WorkloadState referring(String name, TemplateReference reference) {
    WorkloadState like = rollout(3);
    ArgoRolloutSnapshot old = (ArgoRolloutSnapshot) like.workload();
    return with(
        like,
        new ArgoRolloutSnapshot(
            metadata(new WorkloadRef(WorkloadKind.ArgoRollout, "demo", name)),
            old.desired(),
            old.counts(),
            old.strategy(),
            old.template(),
            old.restartAt(),
            old.restartedAt(),
            old.phase(),
            old.message(),
            old.conditions(),
            old.update(),
            reference));
  }

  /** The StatefulSet {@link #LEDGER}, which has been running for an hour. */
  public static WorkloadState statefulSet(int replicas) {
    return new WorkloadState(
        new StatefulSetSnapshot(
            metadata(LEDGER),
            replicas,
            all(replicas),
            new RollingUpdate(IntOrPercent.count(0), IntOrPercent.count(1)),
            true,
            true,
            0,
            0,
            FIRST_TEMPLATE,
            List.of()),
        List.of(controllerRevision(1, FIRST_TEMPLATE)),
        ordinals("old", 1, replicas));
  }

  /** The StatefulSet after its controller has replaced one pod by another that is not ready. */
  public static WorkloadState stuck(WorkloadState state) {
    WorkloadState observed = observed(state);
    int others = observed.workload().desired() - 1;
    return available(
        new WorkloadState(
            observed.workload(),
            Stream.concat(
                    state.revisions().stream(),
                    Stream.<Revision>of(controllerRevision(2, observed.workload().template())))
                .toList(),
            Stream.concat(
                    ordinals("old", 1, others).stream(),
                    ordinals("new", 2, 1).stream().map(pod -> ready(pod, false)))
                .toList()),
        others);
  }

  /** The workload after its controller has looked at it, and done nothing more. */
  public static WorkloadState observed(WorkloadState state) {
    return with(state, with(state.workload(), observed(state.workload().metadata())));
  }

  /** The workload with this pod ready. */
  public static WorkloadState ready(WorkloadState state, String name) {
    return new WorkloadState(
        state.workload(),
        state.revisions(),
        state.pods().stream()
            .map(pod -> pod.name().equals(name) ? ready(pod, true) : pod)
            .toList());
  }

  /** The Rollout after so many of its pods were evicted and made anew by its restartAt. */
  public static WorkloadState restartedPods(WorkloadState state, int count) {
    return new WorkloadState(
        state.workload(),
        state.revisions(),
        Stream.concat(
                state.pods().stream().skip(count),
                pods("new", "rs-1", count, HandClock.START.plusSeconds(60)).stream())
            .toList());
  }

  private static ControllerRevisionSnapshot controllerRevision(long number, PodTemplate template) {
    String name = LEDGER.name() + "-" + number;
    return new ControllerRevisionSnapshot(
        name, "uid-" + name, "uid-" + LEDGER.name(), number, name, template);
  }

  private static List<PodSnapshot> ordinals(String prefix, int revision, int count) {
    return IntStream.range(0, count)
        .mapToObj(index ->
            pod(
                prefix + "-" + index,
                new Owner("StatefulSet", LEDGER.name(), "uid-" + LEDGER.name()),
                LEDGER.name() + "-" + revision,
                LONG_AGO))
        .toList();
  }

  private static PodSnapshot ready(PodSnapshot pod, boolean ready) {
    return new PodSnapshot(
        pod.name(),
        pod.uid(),
        pod.owner(),
        pod.revision(),
        pod.createdAt(),
        pod.node(),
        pod.termination(),
        pod.ended(),
        ready,
        pod.unschedulable(),
        pod.waiting());
  }

  /** The workload after its controller has done what its spec asks for. */
  public static WorkloadState rolledOut(WorkloadState state) {
    WorkloadSnapshot observed = with(state.workload(), observed(state.workload().metadata()));
    int replicas = observed.desired();
    return switch (observed) {
      case StatefulSetSnapshot _, DaemonSetSnapshot _ -> throw noSample();
      case DeploymentSnapshot deployment ->
          state
              .revisionOf(deployment.template().hash())
              .map(made -> withPodsOf(made, with(state, deployment)))
              .orElseGet(() -> withNewReplicaSet(with(state, deployment), deployment));
      case ArgoRolloutSnapshot rollout ->
          Objects.equals(rollout.restartAt(), rollout.restartedAt())
              ? with(state, rollout)
              : new WorkloadState(
                  restarted(rollout),
                  state.revisions(),
                  pods("new", "rs-1", replicas, Objects.requireNonNull(rollout.restartAt())));
    };
  }

  private static WorkloadState withNewReplicaSet(
      WorkloadState state, DeploymentSnapshot deployment) {
    long revision = state.highestRevision() + 1;
    ReplicaSetSnapshot made =
        replicaSet(WEB, revision, deployment.desired(), deployment.template());
    return new WorkloadState(
        deployment,
        Stream.concat(state.revisions().stream(), Stream.<Revision>of(made)).toList(),
        pods("new-" + revision, made.uid(), deployment.desired(), HandClock.START));
  }

  /** The controller has scaled it up, and all others down. */
  private static WorkloadState withPodsOf(Revision made, WorkloadState state) {
    int replicas = state.workload().desired();
    boolean areThere = state.pods().stream().allMatch(made::hasMade);
    return new WorkloadState(
        state.workload(),
        state.revisions().stream()
            .<Revision>map(one ->
                replicaSet(WEB, one.number(), one.equals(made) ? replicas : 0, one.template()))
            .toList(),
        areThere ? state.pods() : pods("back", made.uid(), replicas, HandClock.START));
  }

  /** Of one that its controller has looked at, and that nothing is known of but that. */
  public static WorkloadMetadata metadata(WorkloadRef ref) {
    return new WorkloadMetadata(
        ref, "uid-" + ref.name(), "1", new Generation(1, 1), null, false, List.of());
  }

  private static WorkloadMetadata observed(WorkloadMetadata old) {
    long current = old.generation().current();
    return new WorkloadMetadata(
        old.ref(),
        old.uid(),
        old.resourceVersion(),
        new Generation(current, current),
        old.claim(),
        old.deleting(),
        old.managedBy());
  }

  private static ReplicaCounts all(int replicas) {
    return new ReplicaCounts(replicas, replicas, replicas, replicas);
  }

  private static ReplicaSetSnapshot replicaSet(
      WorkloadRef owner, long revision, int replicas, PodTemplate template) {
    return new ReplicaSetSnapshot(
        owner.name() + "-" + revision,
        "rs-" + revision,
        "uid-" + owner.name(),
        revision,
        replicas,
        template);
  }

  private static List<PodSnapshot> pods(
      String prefix, String replicaSet, int replicas, Instant createdAt) {
    return IntStream.range(0, replicas)
        .mapToObj(index -> pod(prefix + "-" + index, replicaSet, createdAt, true))
        .toList();
  }

  private static PodSnapshot pod(String name, Owner owner, String revision, Instant createdAt) {
    return new PodSnapshot(
        name,
        "uid-" + name,
        owner,
        revision,
        createdAt,
        "node-1",
        null,
        false,
        true,
        null,
        List.of());
  }

  /** The template with this text in the annotation. */
  public static PodTemplate template(String restartedAt) {
    return new PodTemplate("with " + restartedAt, restartedAt);
  }

  public static WorkloadState with(WorkloadState state, WorkloadSnapshot workload) {
    return new WorkloadState(
        workload, state.revisions(), state.pods(), state.budgets(), state.references());
  }

  public static WorkloadState with(WorkloadState state, List<PodSnapshot> pods) {
    return new WorkloadState(
        state.workload(), state.revisions(), pods, state.budgets(), state.references());
  }

  /** The only disruption budget of the workload's pods, with so much room. */
  public static WorkloadState withBudget(WorkloadState state, int disruptionsAllowed) {
    int ready = Math.toIntExact(state.pods().stream().filter(PodSnapshot::ready).count());
    return new WorkloadState(
        state.workload(),
        state.revisions(),
        state.pods(),
        List.of(
            new BudgetSnapshot(
                "demo",
                "steady",
                new LabelSelector(List.of()),
                disruptionsAllowed,
                ready,
                ready - disruptionsAllowed,
                state.workload().desired(),
                false)),
        state.references());
  }

  /** The workload whose pod of this name is not ready, as its controller reports it. */
  public static WorkloadState unready(WorkloadState state, String name) {
    List<PodSnapshot> pods =
        state.pods().stream()
            .map(pod ->
                pod.name().equals(name)
                    ? pod(pod.name(), pod.owner().uid(), pod.createdAt(), false)
                    : pod)
            .toList();
    return available(
        with(state, pods), Math.toIntExact(pods.stream().filter(PodSnapshot::ready).count()));
  }

  /** The workload after the pods on their way out have gone and others have come in their place. */
  public static WorkloadState recreated(WorkloadState state, Instant now) {
    List<PodSnapshot> left = state.pods().stream().filter(pod -> !pod.terminating()).toList();
    String owner = ((ReplicaSetSnapshot) state.revisions().getLast()).uid();
    List<PodSnapshot> pods =
        Stream.concat(
                left.stream(),
                IntStream.range(left.size(), state.workload().desired())
                    .mapToObj(index ->
                        pod("new-%d-%d".formatted(now.getEpochSecond(), index), owner, now, true)))
            .toList();
    return available(
        with(state, pods), Math.toIntExact(pods.stream().filter(PodSnapshot::ready).count()));
  }

  /** The pod on its way out. */
  public static PodSnapshot terminating(PodSnapshot pod, Instant due) {
    return new PodSnapshot(
        pod.name(),
        pod.uid(),
        pod.owner(),
        pod.revision(),
        pod.createdAt(),
        pod.node(),
        new PodSnapshot.Termination(due, false),
        pod.ended(),
        pod.ready(),
        pod.unschedulable(),
        pod.waiting());
  }

  public static PodSnapshot pod(String name, String replicaSet, Instant createdAt, boolean ready) {
    return new PodSnapshot(
        name,
        "uid-" + name,
        new Owner("ReplicaSet", replicaSet, replicaSet),
        "",
        createdAt,
        "node-1",
        null,
        false,
        ready,
        null,
        List.of());
  }

  public static WorkloadSnapshot with(WorkloadSnapshot workload, WorkloadMetadata metadata) {
    return switch (workload) {
      case DaemonSetSnapshot _ -> throw noSample();
      case StatefulSetSnapshot old ->
          new StatefulSetSnapshot(
              metadata,
              old.desired(),
              old.counts(),
              old.strategy(),
              old.isOrdered(),
              old.countsUnready(),
              old.partition(),
              old.firstOrdinal(),
              old.template(),
              old.conditions());
      case DeploymentSnapshot old ->
          new DeploymentSnapshot(
              metadata,
              old.desired(),
              old.counts(),
              old.strategy(),
              old.paused(),
              old.template(),
              old.conditions());
      case ArgoRolloutSnapshot old ->
          new ArgoRolloutSnapshot(
              metadata,
              old.desired(),
              old.counts(),
              old.strategy(),
              old.template(),
              old.restartAt(),
              old.restartedAt(),
              old.phase(),
              old.message(),
              old.conditions());
    };
  }

  public static WorkloadSnapshot with(WorkloadSnapshot workload, PodTemplate template) {
    return switch (workload) {
      case DaemonSetSnapshot _ -> throw noSample();
      case StatefulSetSnapshot old ->
          new StatefulSetSnapshot(
              old.metadata(),
              old.desired(),
              old.counts(),
              old.strategy(),
              old.isOrdered(),
              old.countsUnready(),
              old.partition(),
              old.firstOrdinal(),
              template,
              old.conditions());
      case DeploymentSnapshot old ->
          new DeploymentSnapshot(
              old.metadata(),
              old.desired(),
              old.counts(),
              old.strategy(),
              old.paused(),
              template,
              old.conditions());
      case ArgoRolloutSnapshot old ->
          new ArgoRolloutSnapshot(
              old.metadata(),
              old.desired(),
              old.counts(),
              old.strategy(),
              template,
              old.restartAt(),
              old.restartedAt(),
              old.phase(),
              old.message(),
              old.conditions());
    };
  }

  /** The workload with this text in the annotation that claims it. */
  public static WorkloadState claimedBy(WorkloadState state, @Nullable String claim) {
    WorkloadMetadata old = state.workload().metadata();
    return with(
        state,
        with(
            state.workload(),
            new WorkloadMetadata(
                old.ref(),
                old.uid(),
                old.resourceVersion(),
                old.generation(),
                claim,
                old.deleting(),
                old.managedBy())));
  }

  /** Another workload under the same name. */
  public static WorkloadState madeAnew(WorkloadState state) {
    WorkloadMetadata old = state.workload().metadata();
    return with(
        state,
        with(
            state.workload(),
            new WorkloadMetadata(
                old.ref(), "another", "1", old.generation(), null, false, List.of())));
  }

  /** The workload as its controller reports it with so many pods available. */
  public static WorkloadState available(WorkloadState state, int available) {
    ReplicaCounts old = state.workload().counts();
    ReplicaCounts counts = new ReplicaCounts(old.total(), old.updated(), available, available);
    return with(
        state,
        switch (state.workload()) {
          case DaemonSetSnapshot _ -> throw noSample();
          case StatefulSetSnapshot set ->
              new StatefulSetSnapshot(
                  set.metadata(),
                  set.desired(),
                  counts,
                  set.strategy(),
                  set.isOrdered(),
                  set.countsUnready(),
                  set.partition(),
                  set.firstOrdinal(),
                  set.template(),
                  set.conditions());
          case DeploymentSnapshot deployment ->
              new DeploymentSnapshot(
                  deployment.metadata(),
                  deployment.desired(),
                  counts,
                  deployment.strategy(),
                  deployment.paused(),
                  deployment.template(),
                  deployment.conditions());
          case ArgoRolloutSnapshot rollout ->
              new ArgoRolloutSnapshot(
                  rollout.metadata(),
                  rollout.desired(),
                  counts,
                  rollout.strategy(),
                  rollout.template(),
                  rollout.restartAt(),
                  rollout.restartedAt(),
                  rollout.phase(),
                  rollout.message(),
                  rollout.conditions());
        });
  }

  /** The Rollout in the midst of an update. */
  public static WorkloadState updating(WorkloadState state) {
    ArgoRolloutSnapshot old = (ArgoRolloutSnapshot) state.workload();
    return with(
        state,
        new ArgoRolloutSnapshot(
            old.metadata(),
            old.desired(),
            old.counts(),
            old.strategy(),
            old.template(),
            old.restartAt(),
            old.restartedAt(),
            "Progressing",
            old.message(),
            old.conditions(),
            new ArgoUpdate("before", "now", null, null, false, false, List.of()),
            old.reference()));
  }

  /** The Deployment after {@code kubectl rollout pause}. */
  public static WorkloadState paused(WorkloadState state) {
    DeploymentSnapshot old = (DeploymentSnapshot) state.workload();
    return with(
        state,
        new DeploymentSnapshot(
            old.metadata(),
            old.desired(),
            old.counts(),
            old.strategy(),
            true,
            old.template(),
            old.conditions()));
  }

  static ArgoRolloutSnapshot restartAt(ArgoRolloutSnapshot old, @Nullable Instant restartAt) {
    return new ArgoRolloutSnapshot(
        old.metadata(),
        old.desired(),
        old.counts(),
        old.strategy(),
        old.template(),
        restartAt,
        old.restartedAt(),
        old.phase(),
        old.message(),
        old.conditions());
  }

  private static ArgoRolloutSnapshot restarted(ArgoRolloutSnapshot old) {
    return new ArgoRolloutSnapshot(
        old.metadata(),
        old.desired(),
        old.counts(),
        old.strategy(),
        old.template(),
        old.restartAt(),
        old.restartAt(),
        old.phase(),
        old.message(),
        old.conditions());
  }

  /** What is told of one kind of new revision here holds for the others too. */
  private static IllegalStateException noSample() {
    return new IllegalStateException("There is no sample of this");
  }
}
