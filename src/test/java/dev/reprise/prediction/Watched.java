package dev.reprise.prediction;

import static java.util.stream.Collectors.toSet;

import com.google.gson.JsonObject;
import dev.reprise.cluster.RawCluster;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A namespace as watches of our own show it: nothing here is read through the service. */
final class Watched implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final List<String> KINDS =
      List.of(
          "Deployment", "StatefulSet", "DaemonSet", "Rollout", "ReplicaSet", "PodDisruptionBudget");

  private final Map<String, JsonObject> objects = new HashMap<>();
  private final PodLog pods = new PodLog();
  private final List<Thread> threads;
  private @Nullable Throwable lost;

  Watched(RawCluster cluster, String namespace) {
    threads =
        Stream.concat(KINDS.stream(), Stream.of("Pod"))
            .map(kind -> Thread.ofVirtual().unstarted(() -> watch(cluster, kind, namespace)))
            .toList();
    threads.forEach(Thread::start);
  }

  private void watch(RawCluster cluster, String kind, String namespace) {
    try {
      cluster.watch(kind, namespace, (event, object) -> apply(kind, event, object));
      lose(new IOException("The watch of " + kind + " has ended"));
    } catch (IOException | RuntimeException e) {
      lose(e);
    }
  }

  private synchronized void lose(Throwable cause) {
    lost = cause;
    notifyAll();
  }

  private void apply(String kind, String event, JsonObject object) {
    Instant now = Instant.now();
    synchronized (this) {
      if (kind.equals("Pod")) {
        pods.add(now, SeenPod.of(event, object));
      } else if (event.equals("DELETED")) {
        objects.remove(key(kind, object));
      } else {
        objects.put(key(kind, object), object);
      }
      notifyAll();
    }
  }

  private static String key(String kind, JsonObject object) {
    return kind + " " + Json.textAt(object, "metadata", "name");
  }

  synchronized Optional<JsonObject> find(String kind, String name) {
    return Optional.ofNullable(objects.get(kind + " " + name));
  }

  synchronized Stream<JsonObject> all(String kind) {
    List<JsonObject> found =
        objects.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(kind + " "))
            .map(Map.Entry::getValue)
            .toList();
    return found.stream();
  }

  /** The uids of a workload and of the ReplicaSets that it controls. */
  synchronized Set<String> ownersOf(String kind, String name) {
    Set<String> owners = new HashSet<>(uids(replicaSetsOf(kind, name)));
    owners.addAll(uids(find(kind, name).stream()));
    return owners;
  }

  /** Only those of a Rollout's ReplicaSets that have these hashes. */
  synchronized Set<String> ownersOf(String kind, String name, Set<String> hashes) {
    return uids(
        replicaSetsOf(kind, name)
            .filter(set ->
                hashes.contains(
                    Json.textAt(set, "metadata", "labels", "rollouts-pod-template-hash"))));
  }

  private Stream<JsonObject> replicaSetsOf(String kind, String name) {
    Set<String> workload = uids(find(kind, name).stream());
    return all("ReplicaSet")
        .filter(set -> workload.contains(Json.controllerOf(set.getAsJsonObject("metadata"))));
  }

  private static Set<String> uids(Stream<JsonObject> objects) {
    return objects.map(object -> Json.textAt(object, "metadata", "uid")).collect(toSet());
  }

  synchronized <T> T pods(Function<PodLog, T> question) {
    return question.apply(pods);
  }

  PodLog.Mark mark() {
    return pods(log -> log.mark(Instant.now()));
  }

  /** Waits until it holds, which it may do by time alone as {@code minReadySeconds} pass. */
  synchronized void await(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (lost != null) {
        throw new IllegalStateException("Lost sight of the cluster", lost);
      }
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("Not within " + PATIENCE + ": " + what);
      }
      try {
        wait(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
