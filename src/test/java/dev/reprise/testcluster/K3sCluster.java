package dev.reprise.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * k3s as control plane in one container, KWOK and the Argo Rollouts controller in two others. k3s
 * runs without its kubelet, so that pods behave as in {@link LocalProcesses}.
 */
final class K3sCluster implements TestCluster {
  private static final String ALIAS = "k3s";
  private static final String ARGO_VERSION = "v1.10.1";

  private final Network network = Network.newNetwork();
  private final K3sContainer k3s =
      new K3sContainer(
          DockerImageName.parse(
              System.getProperty("reprise.k3s.image", "rancher/k3s:v1.37.2-k3s1")));
  private final Path kubeconfig;
  private final GenericContainer<?> kwok =
      new GenericContainer<>("registry.k8s.io/kwok/kwok:v0.8.0");
  private final GenericContainer<?> argo =
      new GenericContainer<>("quay.io/argoproj/argo-rollouts:" + ARGO_VERSION);

  private K3sCluster(Path home) {
    this.kubeconfig = home.toAbsolutePath().resolve("kubeconfig");
  }

  static K3sCluster start(Path home) {
    K3sCluster cluster = new K3sCluster(home);
    try {
      cluster.startAll();
      return cluster;
    } catch (IOException e) {
      cluster.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void startAll() throws IOException {
    k3s.withNetwork(network).withNetworkAliases(ALIAS);
    k3s.withCommand("server", "--disable-agent", "--disable=traefik", "--tls-san=" + ALIAS);
    // 401 is an answer too: k3s lets nobody in without a name.
    k3s.waitingFor(
        Wait.forHttps("/readyz")
            .forPort(6443)
            .allowInsecure()
            .forStatusCodeMatching(status -> status == 200 || status == 401));
    k3s.start();
    Files.createDirectories(kubeconfig.getParent());
    Files.writeString(kubeconfig, k3s.getKubeConfigYaml());

    kubectl().apply(Nodes.yaml());
    kubectl().run("create", "namespace", "argo-rollouts");
    kubectl()
        .run(
            "apply",
            "--server-side",
            "--kustomize",
            "https://github.com/argoproj/argo-rollouts/manifests/crds?ref=" + ARGO_VERSION);

    Transferable internal = Transferable.of(k3s.generateInternalKubeConfigYaml(ALIAS), 0644);
    kwok.withNetwork(network)
        .withCopyToContainer(internal, "/kubeconfig")
        .withCopyFileToContainer(
            MountableFile.forHostPath("src/test/cluster/stages.yaml", 0644), "/stages.yaml")
        .withCommand(
            "--kubeconfig=/kubeconfig",
            "--config=/stages.yaml",
            "--manage-all-nodes=true",
            "--node-lease-duration-seconds=40")
        .start();
    argo.withNetwork(network)
        .withCopyToContainer(internal, "/kubeconfig")
        .withCommand("--kubeconfig=/kubeconfig", "--leader-elect=false")
        .start();
    kubectl().run("wait", "--for=condition=Ready", "node", "--all", "--timeout=120s");
  }

  @Override
  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public URI apiServer() {
    return URI.create("https://%s:%d".formatted(k3s.getHost(), k3s.getMappedPort(6443)));
  }

  /** The one in the k3s container: a machine with a container engine need not have its own. */
  @Override
  public Kubectl kubectl() {
    return this::runInContainer;
  }

  private String runInContainer(String input, List<String> arguments) {
    String file = "/tmp/" + UUID.randomUUID();
    k3s.copyFileToContainer(Transferable.of(input.getBytes(StandardCharsets.UTF_8)), file);
    try {
      ExecResult result =
          k3s.execInContainer(
              Stream.concat(
                      Stream.of("sh", "-c", "kubectl \"$@\" < " + file, "kubectl"),
                      arguments.stream())
                  .toArray(String[]::new));
      if (result.getExitCode() != 0) {
        throw new ClusterFailure(
            "kubectl %s: exit code %d: %s"
                .formatted(
                    String.join(" ", arguments), result.getExitCode(), result.getStderr().strip()));
      }
      return result.getStdout();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterFailure("Interrupted in kubectl", e);
    }
  }

  /** Testcontainers' own reaper ends the containers of a JVM that couldn't. */
  @Override
  public void close() {
    argo.close();
    kwok.close();
    k3s.close();
    network.close();
  }
}
