package dev.reprise.restart;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The Restarts, kept by the cluster. Reads are from a watched cache unless said otherwise, which
 * has what this replica wrote at once and what others wrote when the watch tells of it. All methods
 * may be called by any thread, and those that ask the API server throw {@link ClusterUnavailable}
 * when it does not answer.
 */
public interface RestartStore {

  /**
   * Creates the Restart, or finds the one of that name. A lost answer is settled by reading it.
   *
   * @throws ClusterRefused when the API server does not let us
   */
  Created<Restart> create(RestartKey key, RestartSpec spec);

  /** What {@link #create} would send, with what the API server says; changes nothing. */
  DryRunRequest dryRunCreate(RestartKey key, RestartSpec spec);

  /**
   * The Restart as the cache has it; read live when the cache does not know the name. Empty in a
   * namespace that is not covered.
   */
  Optional<AnyRestart> find(RestartKey key);

  /** The Restart as the cache has it; empty when the cache does not know the name. */
  Optional<AnyRestart> cached(RestartKey key);

  /** The Restart of one workload as the cache has it; empty when the cache knows none. */
  default Optional<Restart> cachedOne(RestartKey key) {
    return cached(key).flatMap(RestartStore::one);
  }

  /** What stands for that name now. */
  Optional<AnyRestart> readLive(RestartKey key);

  /** The Restart of one workload as it is now; empty when the name stands for none. */
  default Optional<Restart> readOneLive(RestartKey key) {
    return readLive(key).flatMap(RestartStore::one);
  }

  private static Optional<Restart> one(AnyRestart any) {
    return switch (any) {
      case Restart restart -> Optional.of(restart);
      case RestartGroup _ -> Optional.empty();
    };
  }

  /** All Restarts of one workload that the cache holds, of all covered namespaces. */
  List<Restart> all();

  /** All that the cache holds, groups too. */
  List<AnyRestart> everything();

  /**
   * Those of one workload that the cache holds and that have not ended; empty while the cache is
   * not filled.
   */
  List<Restart> unfinished();

  /**
   * Writes the status if nobody has changed the Restart since it was read.
   *
   * @return the Restart as it is now; empty when someone has changed or deleted it
   */
  Optional<Restart> updateStatus(Restart restart, RestartStatus status);

  /**
   * Records that the Restart is to be cancelled, if nobody has changed it since it was read. A lost
   * answer is settled by reading it.
   *
   * @return the Restart as it is now; empty when someone has changed or deleted it
   * @throws ClusterRefused when the API server does not let us
   */
  Optional<AnyRestart> cancel(AnyRestart restart);

  /**
   * Deletes it if nobody has changed it since it was read.
   *
   * @return whether it was there and as it was read
   * @throws ClusterRefused when the API server does not let us
   */
  boolean delete(AnyRestart restart);

  /**
   * Calls {@code listener} with each Restart that appears, changes or is deleted. Those of one
   * namespace come one at a time, by the watching thread or by the one that wrote: it must be
   * quick, and must not write to the store.
   */
  Listening listen(Consumer<RestartKey> listener);

  /** Ends the listening when closed. */
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }
}
