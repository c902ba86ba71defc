package dev.reprise.reload;

import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The ConfigMaps and Secrets of a cluster, as hashes of what they hold. What they hold is known
 * nowhere beyond this.
 */
public interface ConfigGateway {

  /** Watches them, and the workloads that may use them, until closed. */
  Watching watch(Listener listener);

  /** Hears what changes once all is known; must be quick. */
  interface Listener {

    /** All is known what there is. */
    void synced(Collection<WorkloadSnapshot> workloads);

    /** It was written, be it that it holds the same as before, or is new. */
    void written(String namespace, ConfigReference config);

    /** Of a workload changed what it uses, or what its owner wants. */
    void workloadChanged(String namespace);
  }

  /**
   * What the watches have, once it is synced. Reading contents throws {@link ClusterUnavailable}
   * when the API server does not answer, and {@link ClusterRefused} when it does not let us.
   */
  interface Watching extends AutoCloseable {

    /** Tells keys of hashes apart. */
    String key();

    List<WorkloadSnapshot> workloads(String namespace);

    /** The hash of its content as the watch has it, or later; empty when it is not there. */
    Optional<String> content(String namespace, ConfigReference config);

    /** The same, read past any cache. */
    Optional<String> readContent(String namespace, ConfigReference config);

    @Override
    void close();
  }
}
