package dev.reprise.restart;

import dev.reprise.plan.Surroundings;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The workloads of a cluster: read, changed, followed. All methods may be called by any thread and
 * throw {@link ClusterUnavailable} when the API server does not answer a read.
 */
public interface WorkloadGateway {

  /** Reads a workload with its ReplicaSets and pods, past any cache. */
  Reading read(WorkloadRef ref);

  /**
   * Reads a workload past any cache, but what it owns as the API server's own cache has it, some
   * milliseconds behind: enough to decide on a trigger, not to judge an end.
   */
  Reading glance(WorkloadRef ref);

  /**
   * The same without reading the workload, where that was done within the last second and the
   * watches have no other version of it: enough for whoever writes provided that it is still the
   * same, and for nobody else. Else it is read.
   */
  Reading recall(WorkloadRef ref);

  /**
   * Reads a workload alone, past any cache: one request instead of three. Of its state, revisions
   * and pods are left out.
   */
  Reading look(WorkloadRef ref);

  /** What a live read found. */
  sealed interface Reading {

    /** The workload, and the API server's clock when it was read. */
    record Found(WorkloadState state, Instant serverTime) implements Reading {}

    /** There is nothing of that name to be read. */
    sealed interface Missing extends Reading {}

    record NoSuchWorkload() implements Missing {}

    /** Its namespace is none that could be looked into. */
    sealed interface NoNamespace extends Missing {}

    record NoSuchNamespace() implements NoNamespace {}

    /**
     * The namespace is not among those that this service covers; the workload was not looked for.
     */
    record NotCovered() implements NoNamespace {}

    /** The cluster has no such kind: its custom resource definition is not installed. */
    record NoSuchKind() implements Missing {}
  }

  /**
   * Looks at what is around a workload, past any cache. What can't be looked at is told by the
   * answer; nothing is thrown for it.
   */
  Surroundings survey(WorkloadState state);

  /** The workloads of a namespace as the watches have them, in no order. */
  Listing<WorkloadSnapshot> list(String namespace);

  /**
   * The same with what they own, their budgets and references. The first call in a namespace waits
   * until its pods are listed, and has them watched for a minute from then on.
   */
  Listing<WorkloadState> statesOf(String namespace);

  /**
   * What the watches have of a namespace.
   *
   * @param <T> what is told of each workload
   */
  sealed interface Listing<T> {

    /** Its workloads; of a kind that the cluster does not have, none. */
    record Found<T>(List<T> workloads) implements Listing<T> {

      public Found {
        workloads = List.copyOf(workloads);
      }
    }

    /** There is nothing to be listed. */
    record Missing<T>(Reading.NoNamespace what) implements Listing<T> {}
  }

  /**
   * Writes trigger and claim at once, provided the workload is still as {@code seen}. Where the
   * trigger is written to the Deployment that it refers to, the claims of all that refer to it come
   * first; they are the same however often this is called.
   *
   * @return what it left of the object that the trigger is written to
   */
  WriteOutcome write(WorkloadState seen, Trigger trigger, Mark mark);

  /** What {@link #write} would send, in order, with what the API server says; changes nothing. */
  List<DryRunRequest> dryRunWrite(WorkloadState seen, Trigger trigger, Mark mark);

  /** The eviction of this pod, with what the API server says; changes nothing. */
  DryRunRequest dryRunEviction(String namespace, PodSnapshot pod);

  /** Puts the trigger's former value back, provided the workload is still as {@code seen}. */
  WriteOutcome takeBack(WorkloadSnapshot seen, Trigger trigger, Mark mark);

  /** What became of a write. */
  sealed interface WriteOutcome {

    /** It took effect, and this is the workload it left. */
    record Landed(WorkloadSnapshot workload) implements WriteOutcome {}

    /** It is not known to have taken effect: a live read decides. */
    record Uncertain() implements WriteOutcome {}

    /** The API server refused it, and nothing was changed. */
    record Refused(String reason, String message) implements WriteOutcome {}
  }

  /**
   * Evicts a pod, provided it is still this one, as far as its disruption budget allows. Asked
   * again it does no harm.
   */
  EvictionOutcome evict(String namespace, PodSnapshot pod);

  /** What became of an eviction. */
  sealed interface EvictionOutcome {

    /** The pod is on its way out, or is not there any more. */
    record Evicted() implements EvictionOutcome {}

    /**
     * A disruption budget does not allow it now.
     *
     * @param retryAfter how long the API server asked us to wait, or null
     */
    record Blocked(String message, @Nullable Duration retryAfter) implements EvictionOutcome {}

    /** It is not known to have taken effect: the pod itself will tell. */
    record Uncertain() implements EvictionOutcome {}

    /** The API server refused it, and nothing was changed. */
    record Refused(String reason, String message) implements EvictionOutcome {}
  }

  /**
   * Watches a workload with its ReplicaSets and pods until closed; however many follow, each kind
   * is watched once a namespace.
   *
   * @param onChange called after each change, one at a time, by the watching thread: must be quick
   */
  Following follow(WorkloadRef ref, Runnable onChange);

  /** A workload under watch. */
  interface Following extends AutoCloseable {

    /** Whether the watches have caught up, so that {@link #state} can be relied upon. */
    boolean isSynced();

    /** The workload as last seen; empty when it does not exist. */
    Optional<WorkloadState> state();

    @Override
    void close();
  }
}
