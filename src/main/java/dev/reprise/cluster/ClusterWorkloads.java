package dev.reprise.cluster;

import dev.reprise.plan.Surroundings;
import dev.reprise.restart.DryRunRequest;
import dev.reprise.restart.Mark;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.References;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Workloads over the Kubernetes API. */
final class ClusterWorkloads implements WorkloadGateway {

  private final KubernetesApi api;
  private final LiveRead liveRead;
  private final Survey survey;
  private final DryRequests dryRequests;
  private final Evictions evictions;
  private final WorkloadWatches watches;
  private final NamespaceStates states;
  private final JustRead justRead;
  private final boolean changeCause;

  /**
   * @param nanoTime a monotonic clock, in nanoseconds
   * @param changeCause whether the history of revisions is told why there is a new one
   */
  ClusterWorkloads(
      KubernetesApi api, WorkloadWatches watches, LongSupplier nanoTime, boolean changeCause) {
    this.api = api;
    this.liveRead = new LiveRead(api);
    this.survey = new Survey(api);
    this.dryRequests = new DryRequests(api);
    this.evictions = new Evictions(api);
    this.watches = watches;
    this.states = new NamespaceStates(watches);
    this.justRead = new JustRead(nanoTime);
    this.changeCause = changeCause;
  }

  @Override
  public Reading read(WorkloadRef ref) {
    return readLive(ref, liveRead::read);
  }

  @Override
  public Reading glance(WorkloadRef ref) {
    return readLive(ref, workload -> liveRead.glance(workload, watches::caughtUpWith));
  }

  @Override
  public Reading look(WorkloadRef ref) {
    return readLive(ref, liveRead::look);
  }

  @Override
  public Reading recall(WorkloadRef ref) {
    return justRead
        .of(ref)
        .flatMap(this::caughtUpWith)
        .map(found -> read(ref, _ -> found))
        .orElseGet(() -> glance(ref));
  }

  private Optional<Reading.Found> caughtUpWith(Reading.Found read) {
    return watches
        .caughtUpWith(read.state().workload())
        .map(state -> new Reading.Found(state, read.serverTime()));
  }

  private Reading readLive(WorkloadRef ref, Function<WorkloadRef, Reading> live) {
    Reading reading = read(ref, live);
    if (reading instanceof Reading.Found found) {
      justRead.note(found);
    }
    return reading;
  }

  private Reading read(WorkloadRef ref, Function<WorkloadRef, Reading> live) {
    try {
      return watches.covers(ref.namespace())
          ? withNeighbours(live.apply(ref), ref)
          : notCovered(ref.namespace());
    } catch (ApiFailure failure) {
      throw Failures.ofRead(failure);
    }
  }

  /**
   * Budgets, referring Rollouts and why pods are missing as the watches have them; what it refers
   * to, read live.
   */
  private Reading withNeighbours(Reading reading, WorkloadRef ref) {
    return switch (reading) {
      case Reading.Found(WorkloadState state, Instant serverTime) -> {
        WorkloadState known = state.with(references(state.workload()));
        yield new Reading.Found(
            watches.withFailedCreate(known.with(watches.budgets(ref.namespace()))), serverTime);
      }
      case Reading.Missing missing -> missing;
    };
  }

  private References references(WorkloadSnapshot workload) {
    return watches.references().of(workload, this::referenced);
  }

  private @Nullable DeploymentSnapshot referenced(ArgoRolloutSnapshot rollout) {
    WorkloadRef lender = rollout.lender();
    return lender == null ? null : (DeploymentSnapshot) live(lender);
  }

  private @Nullable WorkloadSnapshot live(WorkloadRef ref) {
    try {
      return liveRead.look(ref) instanceof Reading.Found found ? found.state().workload() : null;
    } catch (ApiFailure failure) {
      throw Failures.ofRead(failure);
    }
  }

  private Reading.NoNamespace notCovered(String namespace) {
    return liveRead.isMissing(namespace) ? new Reading.NoSuchNamespace() : new Reading.NotCovered();
  }

  @Override
  public Surroundings survey(WorkloadState state) {
    return survey
        .of(state)
        .without(watches.unknownBudgets(state.workload().ref().namespace()).stream().toList());
  }

  @Override
  public Listing<WorkloadSnapshot> list(String namespace) {
    return listed(namespace, known -> known);
  }

  @Override
  public Listing<WorkloadState> statesOf(String namespace) {
    return listed(namespace, _ -> states.in(namespace));
  }

  /** Namespaces are not watched: only where nothing is, it is asked whether there is one. */
  private <T> Listing<T> listed(String namespace, Function<List<WorkloadSnapshot>, List<T>> told) {
    try {
      if (!watches.covers(namespace)) {
        return new Listing.Missing<>(notCovered(namespace));
      }
      List<WorkloadSnapshot> known = watches.inNamespace(namespace);
      return known.isEmpty() && liveRead.isMissing(namespace)
          ? new Listing.Missing<>(new Reading.NoSuchNamespace())
          : new Listing.Found<>(told.apply(known));
    } catch (ApiFailure failure) {
      throw Failures.ofRead(failure);
    }
  }

  @Override
  public WriteOutcome write(WorkloadState seen, Trigger trigger, Mark mark) {
    List<WorkloadPatch> patches = patches(seen, trigger, mark);
    if (patches.isEmpty()) {
      return new WriteOutcome.Uncertain();
    }
    for (WorkloadPatch claim : patches.subList(0, patches.size() - 1)) {
      WriteOutcome claimed = send(claim);
      if (!(claimed instanceof WriteOutcome.Landed)) {
        return claimed;
      }
    }
    return send(patches.getLast());
  }

  @Override
  public List<DryRunRequest> dryRunWrite(WorkloadState seen, Trigger trigger, Mark mark) {
    return patches(seen, trigger, mark).stream()
        .map(patch -> dryRequests.patch(patch.path(), patch.body()))
        .toList();
  }

  @Override
  public DryRunRequest dryRunEviction(String namespace, PodSnapshot pod) {
    return dryRequests.evict(namespace, pod);
  }

  /**
   * The last one has the trigger, those before are claims alone; none where it can't be written.
   */
  private List<WorkloadPatch> patches(WorkloadState seen, Trigger trigger, Mark mark) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, RestartAt, Eviction ->
          List.of(triggering(seen.workload(), trigger, mark));
      case ReferencedTemplateAnnotation -> ofReferenced(seen, trigger, mark);
    };
  }

  /** All of them restart, so none of them is free for another restart meanwhile. */
  private List<WorkloadPatch> ofReferenced(WorkloadState seen, Trigger trigger, Mark mark) {
    DeploymentSnapshot referenced = seen.references().referenced();
    if (referenced == null) {
      return List.of();
    }
    Stream<WorkloadPatch> claims =
        referringTo(referenced, seen.workload()).stream()
            .filter(asSeen -> !mark.restart().equals(asSeen.metadata().claim()))
            .map(asSeen -> WorkloadPatch.claiming(asSeen, mark.restart()));
    return Stream.concat(claims, Stream.of(triggering(referenced, trigger, mark))).toList();
  }

  private WorkloadPatch triggering(WorkloadSnapshot seen, Trigger trigger, Mark mark) {
    WorkloadPatch patch = WorkloadPatch.triggering(seen, trigger, mark.restart());
    return tellsCause(trigger) ? patch.because(mark.changeCause()) : patch;
  }

  /** Only what makes a revision is in the history of revisions. */
  private boolean tellsCause(Trigger trigger) {
    return changeCause
        && switch (trigger.mechanism()) {
          case TemplateAnnotation, ReferencedTemplateAnnotation -> true;
          case RestartAt, Eviction -> false;
        };
  }

  /** Read live but for the one just seen: as a watch has them, each try might come too late. */
  private List<WorkloadSnapshot> referringTo(DeploymentSnapshot referenced, WorkloadSnapshot seen) {
    return watches.references().referringTo(referenced).stream()
        .map(WorkloadSnapshot::ref)
        .map(ref -> ref.equals(seen.ref()) ? seen : live(ref))
        .filter(Objects::nonNull)
        .toList();
  }

  @Override
  public WriteOutcome takeBack(WorkloadSnapshot seen, Trigger trigger, Mark mark) {
    WorkloadPatch patch = WorkloadPatch.takingBack(seen, trigger);
    return send(tellsCause(trigger) ? patch.because("taken back: " + mark.changeCause()) : patch);
  }

  private WriteOutcome send(WorkloadPatch patch) {
    try {
      ApiAnswer answer = api.mergePatch(patch.path(), patch.body());
      return new WriteOutcome.Landed(WorkloadMapping.workload(patch.ref().kind(), answer.body()));
    } catch (ApiFailure failure) {
      return outcomeOf(failure);
    } finally {
      justRead.forget(patch.ref());
    }
  }

  /** What certainly changed nothing is refused; all else is for a live read to decide. */
  private static WriteOutcome outcomeOf(ApiFailure failure) {
    return switch (failure.code()) {
      case 400, 401, 403, 405, 413, 415, 422 ->
          new WriteOutcome.Refused(failure.reason(), failure.serverMessage());
      case 429 -> throw Failures.ofRead(failure);
      default -> new WriteOutcome.Uncertain();
    };
  }

  @Override
  public EvictionOutcome evict(String namespace, PodSnapshot pod) {
    return evictions.evict(namespace, pod);
  }

  @Override
  public Following follow(WorkloadRef ref, Runnable onChange) {
    return watches.follow(ref, onChange);
  }
}
