package dev.reprise.testcluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A running Kubernetes cluster with Argo Rollouts, that tests may fill and empty.
 *
 * <p>Implementations may be used by many threads at once.
 */
public sealed interface TestCluster extends AutoCloseable
    permits LocalProcesses, K3sCluster, ExistingCluster {

  /**
   * Starts a cluster, or finds the existing one that {@code reprise.cluster.kubeconfig} names.
   *
   * @param home the folder for its kubeconfig, logs and data; one running cluster per folder
   * @throws ClusterFailure if there is nothing to run one with, or it doesn't come up
   */
  static TestCluster start(Path home) {
    return switch (Provider.choose()) {
      case LOCAL -> LocalProcesses.start(home);
      case K3S -> K3sCluster.start(home);
      case EXISTING -> ExistingCluster.named();
    };
  }

  /** A kubeconfig whose current context is an administrator of this cluster. */
  Path kubeconfig();

  /** The API server's address. */
  URI apiServer();

  /** The real kubectl, as an administrator of this cluster. */
  Kubectl kubectl();

  /**
   * The plugin that {@code kubectl argo rollouts} runs, as an administrator of this cluster; empty
   * where the cluster came without it.
   */
  default Optional<Kubectl> argoRollouts() {
    return Optional.empty();
  }

  /** The parts of it that have ended by themselves, as far as that can be told. */
  default List<String> dead() {
    return List.of();
  }

  /** Ends what {@link #start} began; an existing cluster is left alone. */
  @Override
  void close();
}
