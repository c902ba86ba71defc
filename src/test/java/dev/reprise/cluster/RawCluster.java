package dev.reprise.cluster;

import com.google.gson.JsonObject;
import dev.reprise.restart.WorkloadGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A real cluster's objects as they are, and its workloads as the service sees them; for tests of
 * other packages. May be used by many threads.
 */
public final class RawCluster {

  private final KubernetesApi api;
  private final WorkloadGateway workloads;

  private RawCluster(KubernetesApi api, WorkloadGateway workloads) {
    this.api = api;
    this.workloads = workloads;
  }

  public static RawCluster of(Path kubeconfig) {
    Timing timing = new Timing(System::nanoTime, Thread::sleep, new Random());
    KubernetesProperties properties =
        new KubernetesProperties(
            kubeconfig,
            null,
            Set.of(),
            "reprise",
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            Duration.ofSeconds(90),
            500,
            RestartsByOthers.Accept,
            false);
    ApiClients clients =
        new ApiClients(
            properties,
            new ClusterAccess.KubeconfigFile(kubeconfig, null),
            "test",
            new ServerClock(Clock.systemUTC(), System::nanoTime),
            System::nanoTime);
    KubernetesApi api = new KubernetesApi(clients, properties, timing);
    WorkloadWatches watches =
        new WorkloadWatches(new ReflectorFactory(api, properties.namespaces(), timing));
    return new RawCluster(api, new ClusterWorkloads(api, watches, System::nanoTime, false));
  }

  /** What the service itself reads workloads and writes triggers with. */
  public WorkloadGateway workloads() {
    return workloads;
  }

  public JsonObject create(String namespace, JsonObject object) {
    String kind = object.get("kind").getAsString();
    return api.create(resource(kind).in(namespace), object).body();
  }

  public JsonObject get(String kind, String namespace, String name) {
    return api.get(path(kind, namespace, name)).body();
  }

  public JsonObject patch(String kind, String namespace, String name, JsonObject patch) {
    return api.mergePatch(path(kind, namespace, name), patch).body();
  }

  public JsonObject patchStatus(String kind, String namespace, String name, JsonObject patch) {
    return api.mergePatch(path(kind, namespace, name).subresource("status"), patch).body();
  }

  public void delete(String kind, String namespace, String name) {
    api.delete(path(kind, namespace, name), null, null);
  }

  /**
   * Hands over the objects that are labelled so.
   *
   * @return the resourceVersion of this list
   */
  public String list(String kind, String namespace, String labels, Consumer<JsonObject> objects) {
    return api.list(resource(kind).in(namespace), Selection.labelled(labels), objects);
  }

  /**
   * Hands over all objects of a kind as {@code ADDED}, then each event of a watch in its order, and
   * returns when the watch has ended.
   */
  public void watch(String kind, String namespace, BiConsumer<String, JsonObject> events)
      throws IOException {
    ApiPath path = resource(kind).in(namespace);
    String version = api.list(path, Selection.ALL, object -> events.accept("ADDED", object));
    try (WatchStream stream = api.watch(path, Selection.ALL, version, Duration.ofMinutes(30))) {
      for (WatchStream.Event event = stream.next(); event != null; event = stream.next()) {
        if (!event.type().equals("BOOKMARK")) {
          events.accept(event.type(), event.object());
        }
      }
    }
  }

  private static ApiPath path(String kind, String namespace, String name) {
    return resource(kind).in(namespace).named(name);
  }

  private static ApiResource resource(String kind) {
    return switch (kind) {
      case "Deployment" -> new ApiResource("apps", "v1", "deployments");
      case "StatefulSet" -> new ApiResource("apps", "v1", "statefulsets");
      case "DaemonSet" -> new ApiResource("apps", "v1", "daemonsets");
      case "Rollout" -> new ApiResource("argoproj.io", "v1alpha1", "rollouts");
      case "ReplicaSet" -> Resources.REPLICA_SETS;
      case "ControllerRevision" -> Resources.CONTROLLER_REVISIONS;
      case "Pod" -> Resources.PODS;
      case "PodDisruptionBudget" -> Resources.BUDGETS;
      case "Secret" -> Resources.SECRETS;
      case "Service" -> new ApiResource("", "v1", "services");
      default -> throw new IllegalArgumentException(kind);
    };
  }
}
