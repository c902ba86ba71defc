package dev.reprise.testcluster;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A cluster that somebody else runs, named by {@code -Dreprise.cluster.kubeconfig=<file>}. */
record ExistingCluster(Path kubeconfig, URI apiServer, Kubectl kubectl) implements TestCluster {

  static ExistingCluster named() {
    Path kubeconfig =
        Path.of(System.getProperty("reprise.cluster.kubeconfig", "")).toAbsolutePath();
    if (!Files.isRegularFile(kubeconfig)) {
      throw new ClusterFailure(
          "Name the existing cluster's kubeconfig: -Dreprise.cluster.kubeconfig=<file>; "
              + kubeconfig
              + " is not a file.");
    }
    Path cache = Path.of(System.getProperty("java.io.tmpdir"), "reprise-kubectl-cache");
    Kubectl kubectl = Kubectl.local("kubectl", kubeconfig, cache);
    String server =
        kubectl.run(
            "config", "view", "--minify", "--output", "jsonpath={.clusters[0].cluster.server}");
    return new ExistingCluster(kubeconfig, URI.create(server), kubectl);
  }

  @Override
  public void close() {}
}
