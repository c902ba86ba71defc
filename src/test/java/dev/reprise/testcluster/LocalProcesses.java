package dev.reprise.testcluster;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cluster of plain processes, children of this JVM: etcd, API server, controller manager,
 * scheduler, KWOK for the nodes, and the Argo Rollouts controller.
 */
public final class LocalProcesses implements TestCluster {
  private static final Duration PATIENCE_WITH_THE_END = Duration.ofSeconds(5);

  private final ClusterFolder folder;
  private final Binaries binaries;
  private final Wiring wiring;
  private final Health health = new Health();
  private final Map<Component, ComponentProcess> processes = new EnumMap<>(Component.class);
  private boolean closed;

  private LocalProcesses(ClusterFolder folder, Binaries binaries) {
    this.folder = folder;
    this.binaries = binaries;
    this.wiring = new Wiring(folder);
  }

  /**
   * Builds the programs if need be, and starts a new, empty cluster.
   *
   * @param home the folder for its kubeconfig, logs and data; one running cluster per folder
   * @throws ClusterFailure if a program can't be built or doesn't come up
   */
  public static LocalProcesses start(Path home) {
    Binaries binaries = Binaries.ready();
    LocalProcesses cluster = new LocalProcesses(ClusterFolder.take(home), binaries);
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
    try {
      cluster.startAll();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void startAll() {
    Credentials credentials = wiring.credentials();
    credentials.writeTokens();
    credentials.writeServiceAccountKey();
    startTogether(Component.ETCD);
    startTogether(Component.API_SERVER);
    credentials.writeKubeconfigs();
    startTogether(Component.CONTROLLER_MANAGER, Component.SCHEDULER, Component.KWOK);
    Progress.say("creating nodes and the kinds of Argo Rollouts");
    kubectl().apply(Nodes.yaml());
    kubectl().run("apply", "--server-side", "--filename", binaries.argoCrds().toString());
    kubectl().run("create", "namespace", "argo-rollouts");
    kubectl().run("wait", "--for=condition=Established", "crd", "--all", "--timeout=120s");
    startTogether(Component.ARGO_ROLLOUTS);
    Progress.say("waiting for the nodes to be ready");
    kubectl().run("wait", "--for=condition=Ready", "node", "--all", "--timeout=120s");
  }

  private void startTogether(Component... components) {
    Progress.say(
        "starting %s", Stream.of(components).map(Component::toString).collect(joining(", ")));
    for (Component component : components) {
      launch(component);
    }
    for (Component component : components) {
      awaitHealthy(component);
    }
  }

  private synchronized void launch(Component component) {
    if (closed) {
      throw new ClusterFailure("The test cluster has been stopped");
    }
    List<String> commandLine = new ArrayList<>(List.of(binaries.of(component).toString()));
    commandLine.addAll(wiring.arguments(component));
    ComponentProcess process =
        ComponentProcess.launch(component, commandLine, folder.log(component));
    folder.remember(component, process.process().toHandle());
    processes.put(component, process);
  }

  private void awaitHealthy(Component component) {
    running(component).awaitHealthy(health, wiring.health(component));
  }

  /**
   * Starts {@code component} again after {@link #stop} or {@link #kill}, with the same port and
   * data, and returns when it is healthy.
   *
   * @throws IllegalStateException if it is running
   */
  public void start(Component component) {
    if (running(component).process().isAlive()) {
      throw new IllegalStateException(component + " is running");
    }
    startTogether(component);
  }

  /** Ends {@code component} as an orderly shutdown does, and returns when it has ended. */
  public void stop(Component component) {
    ComponentProcess process = running(component);
    process.terminate();
    process.awaitEnd(PATIENCE_WITH_THE_END);
  }

  /** Ends {@code component} as a crash does, and returns when it has ended. */
  public void kill(Component component) {
    ComponentProcess process = running(component);
    process.process().destroyForcibly();
    process.awaitEnd(PATIENCE_WITH_THE_END);
  }

  /** Stops {@code component} in its tracks: its connections stay open and silent. */
  public void freeze(Component component) {
    signal(component, "STOP");
  }

  /** Undoes {@link #freeze}. */
  public void thaw(Component component) {
    signal(component, "CONT");
  }

  private void signal(Component component, String signal) {
    new Command("kill", "-" + signal, Long.toString(pid(component))).run();
  }

  /** The process id of the latest run of {@code component}. */
  public long pid(Component component) {
    return running(component).process().pid();
  }

  @Override
  public synchronized List<String> dead() {
    return processes.values().stream()
        .map(ComponentProcess::death)
        .flatMap(Optional::stream)
        .toList();
  }

  private synchronized ComponentProcess running(Component component) {
    ComponentProcess process = processes.get(component);
    if (process == null) {
      throw new IllegalStateException(component + " was never started");
    }
    return process;
  }

  @Override
  public Path kubeconfig() {
    return folder.kubeconfig();
  }

  @Override
  public URI apiServer() {
    return wiring.apiServer();
  }

  @Override
  public Kubectl kubectl() {
    return Kubectl.local(
        binaries.kubectl().toString(), folder.kubeconfig(), folder.data("kubectl-cache"));
  }

  @Override
  public Optional<Kubectl> argoRollouts() {
    return Optional.of(
        Kubectl.local(
            binaries.argoPlugin().toString(), folder.kubeconfig(), folder.data("plugin-cache")));
  }

  /**
   * Ends the processes, last started first; may be called again. The JVM's shutdown calls it too,
   * maybe while another thread is still starting them: what is launched later fails.
   */
  @Override
  public synchronized void close() {
    closed = true;
    for (ComponentProcess process : new ArrayList<>(processes.values()).reversed()) {
      process.terminate();
      process.awaitEnd(PATIENCE_WITH_THE_END);
    }
    processes.clear();
    folder.close();
  }
}
