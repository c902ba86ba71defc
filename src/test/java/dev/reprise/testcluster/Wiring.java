package dev.reprise.testcluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How the components find each other: ports, and the command line that each is started with. */
final class Wiring {
  private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
  private static final Path STAGES = Path.of("src/test/cluster/stages.yaml");

  private final ClusterFolder folder;
  private final Credentials credentials;
  private final Map<Component, Integer> ports = new EnumMap<>(Component.class);
  private final int etcdPeerPort = Ports.free();
  private final int argoMetricsPort = Ports.free();

  Wiring(ClusterFolder folder) {
    this.folder = folder;
    for (Component component : Component.values()) {
      ports.put(component, Ports.free());
    }
    this.credentials = new Credentials(folder, apiServer());
  }

  Credentials credentials() {
    return credentials;
  }

  URI apiServer() {
    return URI.create("https://127.0.0.1:" + port(Component.API_SERVER));
  }

  /** Where {@code component} says whether it works. */
  URI health(Component component) {
    int port = port(component);
    return URI.create(
        switch (component) {
          case ETCD -> "http://127.0.0.1:" + port + "/health";
          case API_SERVER -> "https://127.0.0.1:" + port + "/readyz";
          case CONTROLLER_MANAGER, SCHEDULER -> "https://127.0.0.1:" + port + "/healthz";
          case KWOK, ARGO_ROLLOUTS -> "http://127.0.0.1:" + port + "/healthz";
        });
  }

  /** The arguments of {@code component}; each names a file in the folder, see there. */
  List<String> arguments(Component component) {
    return switch (component) {
      case ETCD -> etcd();
      case API_SERVER -> apiServerArguments();
      case CONTROLLER_MANAGER -> controllerManager();
      case SCHEDULER -> scheduler();
      case KWOK -> kwok();
      case ARGO_ROLLOUTS -> argoRollouts();
    };
  }

  private List<String> etcd() {
    String peer = "http://127.0.0.1:" + etcdPeerPort;
    return List.of(
        "--data-dir=" + folder.data("etcd"),
        "--listen-client-urls=" + etcdAddress(),
        "--advertise-client-urls=" + etcdAddress(),
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=default=" + peer,
        "--log-level=warn",
        "--unsafe-no-fsync");
  }

  // Flow control stays on, as in a real cluster: back-off is tested against it.
  private List<String> apiServerArguments() {
    return List.of(
        "--etcd-servers=" + etcdAddress(),
        "--bind-address=127.0.0.1",
        "--secure-port=" + port(Component.API_SERVER),
        "--advertise-address=127.0.0.1",
        // A loopback address is no valid endpoint of the service "kubernetes".
        "--endpoint-reconciler-type=none",
        "--cert-dir=" + credentials.certificates(),
        "--service-cluster-ip-range=10.96.0.0/16",
        "--authorization-mode=RBAC",
        "--token-auth-file=" + credentials.tokens(),
        "--service-account-issuer=" + ISSUER,
        "--api-audiences=" + ISSUER,
        "--service-account-signing-key-file=" + credentials.serviceAccountKey(),
        "--service-account-key-file=" + credentials.serviceAccountKey());
  }

  private List<String> controllerManager() {
    return List.of(
        "--kubeconfig=" + kubeconfig(Component.CONTROLLER_MANAGER),
        "--authentication-kubeconfig=" + kubeconfig(Component.CONTROLLER_MANAGER),
        "--authorization-kubeconfig=" + kubeconfig(Component.CONTROLLER_MANAGER),
        "--authentication-skip-lookup",
        "--bind-address=127.0.0.1",
        "--secure-port=" + port(Component.CONTROLLER_MANAGER),
        "--cert-dir=" + folder.data("controller-manager"),
        // Under load a lease is lost, and the loser exits.
        "--leader-elect=false",
        "--service-account-private-key-file=" + credentials.serviceAccountKey(),
        "--root-ca-file=" + credentials.authority(),
        // Tests may stop the API server or KWOK for a while without the nodes going away.
        "--node-monitor-grace-period=10m",
        "--kube-api-qps=1000",
        "--kube-api-burst=2000");
  }

  private List<String> scheduler() {
    return List.of(
        "--kubeconfig=" + kubeconfig(Component.SCHEDULER),
        "--authentication-kubeconfig=" + kubeconfig(Component.SCHEDULER),
        "--authorization-kubeconfig=" + kubeconfig(Component.SCHEDULER),
        "--authentication-skip-lookup",
        "--bind-address=127.0.0.1",
        "--secure-port=" + port(Component.SCHEDULER),
        "--cert-dir=" + folder.data("scheduler"),
        "--leader-elect=false",
        "--kube-api-qps=1000",
        "--kube-api-burst=2000");
  }

  private List<String> kwok() {
    return List.of(
        "--kubeconfig=" + kubeconfig(Component.KWOK),
        "--config=" + STAGES.toAbsolutePath(),
        "--manage-all-nodes=true",
        "--node-lease-duration-seconds=40",
        "--server-address=127.0.0.1:" + port(Component.KWOK));
  }

  private List<String> argoRollouts() {
    return List.of(
        "--kubeconfig=" + kubeconfig(Component.ARGO_ROLLOUTS),
        "--leader-elect=false",
        "--healthzPort=" + port(Component.ARGO_ROLLOUTS),
        "--metricsPort=" + argoMetricsPort,
        "--qps=1000",
        "--burst=2000");
  }

  private String etcdAddress() {
    return "http://127.0.0.1:" + port(Component.ETCD);
  }

  private Path kubeconfig(Component component) {
    return credentials.kubeconfig(component);
  }

  private int port(Component component) {
    return ports.getOrDefault(component, 0);
  }
}
