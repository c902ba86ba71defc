package dev.reprise.restart;

import dev.reprise.plan.Surroundings;
import dev.reprise.restart.DryRunRequest.Verdict;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Generation;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadMetadata;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A namespace of workloads as the API server keeps them: a write needs the resourceVersion just
 * read, and a change of the spec raises the generation.
 */
public final class FakeWorkloads implements WorkloadGateway {

  private final InstantSource clock;
  private final Writes writes;
  private final Map<WorkloadRef, WorkloadState> objects = new HashMap<>();
  private final Map<WorkloadRef, Reading> remembered = new HashMap<>();
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private final List<String> triggers = new ArrayList<>();
  private Surroundings around = Surroundings.NOT_ASKED;
  private Verdict dryRunVerdict = Verdict.Accepted;
  private final List<String> tried = new ArrayList<>();
  private Reading missing = new Reading.NoSuchWorkload();
  private @Nullable RuntimeException readFault;
  private @Nullable WriteOutcome refusal;
  private Runnable beforeRead = () -> {};
  private Runnable beforeWrite = () -> {};
  private final List<String> evicted = new ArrayList<>();
  private Function<PodSnapshot, Optional<EvictionOutcome>> evictions = _ -> Optional.empty();
  private boolean synced = true;
  private int version = 100;

  public FakeWorkloads(InstantSource clock, Writes writes) {
    this.clock = clock;
    this.writes = writes;
  }

  /** Nothing is there, and nothing goes wrong. */
  public synchronized void reset() {
    objects.clear();
    missing = new Reading.NoSuchWorkload();
    readFault = null;
    around = Surroundings.NOT_ASKED;
    dryRunVerdict = Verdict.Accepted;
    synced = true;
  }

  public synchronized void put(WorkloadState state) {
    objects.put(state.workload().ref(), state);
    tell(state.workload().ref());
  }

  public synchronized void delete(WorkloadRef ref) {
    objects.remove(ref);
    tell(ref);
  }

  /** As if the workload had been read so now; it is remembered whatever becomes of it. */
  public synchronized void remember(WorkloadState state) {
    remembered.put(state.workload().ref(), found(state));
  }

  /** What a read of an unknown workload finds. */
  public void missing(Reading reading) {
    missing = reading;
  }

  /** From now on reads fail so; null mends them. */
  public void failReads(@Nullable RuntimeException fault) {
    readFault = fault;
  }

  /** What a look around any workload finds from now on. */
  public void surround(Surroundings found) {
    around = found;
  }

  /** From now on this is what the API server says of dry runs. */
  public void answerDryRuns(Verdict verdict) {
    dryRunVerdict = verdict;
  }

  /** From now on writes come to this; null lets them through. */
  public void answerWrites(@Nullable WriteOutcome outcome) {
    refusal = outcome;
  }

  /** Done once, before the next read. */
  public void beforeNextRead(Runnable action) {
    beforeRead = action;
  }

  /** Done before each write from now on. */
  public void beforeWrites(Runnable action) {
    beforeWrite = action;
  }

  /** From now on evictions come to this; those of which it says nothing take effect. */
  public synchronized void answerEvictions(
      Function<PodSnapshot, Optional<EvictionOutcome>> answer) {
    evictions = answer;
  }

  /** The names of the pods that were evicted, in order. */
  public synchronized List<String> evicted() {
    return List.copyOf(evicted);
  }

  /** From now on those who follow see nothing new. */
  public synchronized void holdWatches() {
    followers.forEach(Follower::hold);
  }

  /** From now on one of those who follow sees nothing new, another one all. */
  public synchronized void holdWatches(int held, int current) {
    followers.get(held % followers.size()).hold();
    followers.get(current % followers.size()).held = null;
  }

  public synchronized void catchUp() {
    followers.forEach(follower -> follower.held = null);
  }

  public void setSynced(boolean caughtUp) {
    synced = caughtUp;
  }

  /** The text of each trigger that took effect, those taken back as {@code null}. */
  public synchronized List<String> triggers() {
    return List.copyOf(triggers);
  }

  /** What evictions come to. */
  public synchronized void answerEvictions(EvictionOutcome outcome) {
    answerEvictions(_ -> Optional.of(outcome));
  }

  /** The name of each pod whose eviction was tried. */
  public synchronized List<String> evictions() {
    return List.copyOf(tried);
  }

  public synchronized WorkloadState state(WorkloadRef ref) {
    return Optional.ofNullable(objects.get(ref)).orElseThrow();
  }

  /** Somebody, a person or a controller, changes the workload. */
  public synchronized void change(WorkloadRef ref, UnaryOperator<WorkloadState> change) {
    WorkloadState changed = change.apply(state(ref));
    WorkloadMetadata old = changed.workload().metadata();
    put(Samples.with(changed, Samples.with(changed.workload(), next(old, 0, old.claim()))));
  }

  public int followers() {
    return followers.size();
  }

  @Override
  public synchronized Reading read(WorkloadRef ref) {
    Runnable action = beforeRead;
    beforeRead = () -> {};
    action.run();
    if (readFault != null) {
      throw readFault;
    }
    WorkloadState state = objects.get(ref);
    return state == null ? missing : found(state);
  }

  /** With the time as the API server tells it. */
  private Reading found(WorkloadState state) {
    return new Reading.Found(state, clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  @Override
  public Reading glance(WorkloadRef ref) {
    return read(ref);
  }

  @Override
  public synchronized Reading recall(WorkloadRef ref) {
    Reading reading = remembered.get(ref);
    return reading == null ? read(ref) : reading;
  }

  @Override
  public Reading look(WorkloadRef ref) {
    return read(ref);
  }

  @Override
  public synchronized Listing<WorkloadSnapshot> list(String namespace) {
    return listed(namespace, WorkloadState::workload);
  }

  @Override
  public synchronized Listing<WorkloadState> statesOf(String namespace) {
    return listed(namespace, state -> state);
  }

  private <T> Listing<T> listed(String namespace, Function<WorkloadState, T> told) {
    if (!synced) {
      throw new ClusterUnavailable("Not listed yet", false, null, null);
    }
    List<T> there =
        objects.values().stream()
            .filter(state -> state.workload().ref().namespace().equals(namespace))
            .map(told)
            .toList();
    return switch (missing) {
      case Reading.NotCovered() -> new Listing.Missing<>(new Reading.NotCovered());
      case Reading.NoSuchNamespace() when there.isEmpty() ->
          new Listing.Missing<>(new Reading.NoSuchNamespace());
      case Reading.NoSuchNamespace(),
          Reading.NoSuchWorkload(),
          Reading.NoSuchKind(),
          Reading.Found _ ->
          new Listing.Found<>(there);
    };
  }

  @Override
  public synchronized WriteOutcome write(WorkloadState seen, Trigger trigger, Mark mark) {
    return patch(seen.workload(), trigger, trigger.value(), mark.restart());
  }

  @Override
  public Surroundings survey(WorkloadState state) {
    return around;
  }

  @Override
  public List<DryRunRequest> dryRunWrite(WorkloadState seen, Trigger trigger, Mark mark) {
    return List.of(
        dryRun(
            "patch",
            seen.workload().ref().toString(),
            "{\"trigger\":\"%s %s\",\"claim\":\"%s\"}"
                .formatted(trigger.mechanism(), trigger.text(), mark.restart())));
  }

  @Override
  public DryRunRequest dryRunEviction(String namespace, PodSnapshot pod) {
    return dryRun("create", "pods " + pod.name() + " (eviction)", "{}");
  }

  private DryRunRequest dryRun(String verb, String object, String body) {
    return new DryRunRequest(
        verb,
        object,
        body,
        dryRunVerdict,
        dryRunVerdict == Verdict.Accepted ? "" : "The API server's own words");
  }

  @Override
  public synchronized WriteOutcome takeBack(WorkloadSnapshot seen, Trigger trigger, Mark mark) {
    String former = trigger.formerValue();
    return patch(
        seen, trigger, former == null ? null : Instant.parse(former), seen.metadata().claim());
  }

  @Override
  public synchronized EvictionOutcome evict(String namespace, PodSnapshot pod) {
    tried.add(pod.name());
    return evictions
        .apply(pod)
        .orElseGet(() ->
            writes.make(
                () -> {
                  objects.values().stream()
                      .filter(state -> state.workload().ref().namespace().equals(namespace))
                      .toList()
                      .forEach(state -> evict(state, pod));
                  return new EvictionOutcome.Evicted();
                },
                EvictionOutcome.Uncertain::new));
  }

  private void evict(WorkloadState state, PodSnapshot pod) {
    List<PodSnapshot> pods =
        state.pods().stream().map(one -> one.uid().equals(pod.uid()) ? ending(one) : one).toList();
    if (!pods.equals(state.pods())) {
      evicted.add(pod.name());
      put(Samples.with(state, pods));
    }
  }

  private PodSnapshot ending(PodSnapshot pod) {
    return pod.terminating() ? pod : Samples.terminating(pod, clock.instant().plusSeconds(30));
  }

  private WriteOutcome patch(
      WorkloadSnapshot seen, Trigger trigger, @Nullable Instant value, @Nullable String claim) {
    beforeWrite.run();
    if (refusal != null) {
      return refusal;
    }
    return writes.make(
        () -> compareAndSet(seen, trigger, value, claim), WriteOutcome.Uncertain::new);
  }

  private WriteOutcome compareAndSet(
      WorkloadSnapshot seen, Trigger trigger, @Nullable Instant value, @Nullable String claim) {
    WorkloadState present = objects.get(seen.ref());
    if (present == null
        || !present
            .workload()
            .metadata()
            .resourceVersion()
            .equals(seen.metadata().resourceVersion())) {
      return new WriteOutcome.Uncertain();
    }
    WorkloadSnapshot changed = triggered(present.workload(), trigger, value);
    boolean isNew = !changed.equals(present.workload());
    if (isNew) {
      triggers.add(String.valueOf(value));
    }
    WorkloadSnapshot written =
        Samples.with(changed, next(changed.metadata(), isNew ? 1 : 0, claim));
    put(Samples.with(present, written));
    return new WriteOutcome.Landed(written);
  }

  private static WorkloadSnapshot triggered(
      WorkloadSnapshot workload, Trigger trigger, @Nullable Instant value) {
    return switch (trigger.mechanism()) {
      case ReferencedTemplateAnnotation ->
          throw new IllegalStateException("There is no sample of one that refers to another");
      case Eviction -> workload;
      case TemplateAnnotation ->
          Samples.with(
              workload,
              value == null ? Samples.FIRST_TEMPLATE : Samples.template(value.toString()));
      case RestartAt ->
          switch (workload) {
            case ArgoRolloutSnapshot rollout -> Samples.restartAt(rollout, value);
            case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ ->
                throw new IllegalStateException("No restartAt there");
          };
    };
  }

  private WorkloadMetadata next(WorkloadMetadata old, int changes, @Nullable String claim) {
    version++;
    Generation generation = old.generation();
    return new WorkloadMetadata(
        old.ref(),
        old.uid(),
        "" + version,
        new Generation(generation.current() + changes, generation.observed()),
        claim,
        old.deleting(),
        old.managedBy());
  }

  private void tell(WorkloadRef ref) {
    followers.stream()
        .filter(follower -> follower.ref.equals(ref))
        .forEach(follower -> follower.onChange.run());
  }

  @Override
  public Following follow(WorkloadRef ref, Runnable onChange) {
    Follower follower = new Follower(ref, onChange);
    followers.add(follower);
    return follower;
  }

  private final class Follower implements Following {
    private final WorkloadRef ref;
    private final Runnable onChange;
    private @Nullable Optional<WorkloadState> held;

    Follower(WorkloadRef ref, Runnable onChange) {
      this.ref = ref;
      this.onChange = onChange;
    }

    void hold() {
      held = state();
    }

    @Override
    public boolean isSynced() {
      return synced;
    }

    @Override
    public Optional<WorkloadState> state() {
      synchronized (FakeWorkloads.this) {
        return held == null ? Optional.ofNullable(objects.get(ref)) : held;
      }
    }

    @Override
    public void close() {
      followers.remove(this);
    }
  }
}
