package dev.reprise.cluster;

import static dev.reprise.cluster.Resources.RESTARTS;
import static dev.reprise.cluster.RestartsByOthers.Accept;

import com.google.gson.JsonObject;
import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.Created;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The custom resources of both sorts, single Restarts and groups: watched, read and written. */
final class RestartObjects {

  private final KubernetesApi api;
  private final Predicate<String> covers;
  private final RestartsByOthers byOthers;
  private final CoveredKind<Seen> watched;
  private final List<Consumer<RestartKey>> listeners = new CopyOnWriteArrayList<>();

  /** One as it was seen, and whether it counts: nobody acts on it or shows it before. */
  private record Seen(AnyRestart restart, boolean counts) {

    Optional<AnyRestart> counting() {
      return counts ? Optional.of(restart) : Optional.empty();
    }
  }

  RestartObjects(KubernetesApi api, ReflectorFactory reflectors, RestartsByOthers byOthers) {
    // An older custom resource definition would drop what it does not know, a trigger for instance.
    this.api = api.strict();
    this.covers = reflectors::covers;
    this.byOthers = byOthers;
    this.watched = new CoveredKind<>(reflectors, RESTARTS, this::seen, this::changed);
  }

  private Seen seen(JsonObject object) {
    return new Seen(RestartMapping.any(object), byOthers == Accept || hasStatus(object));
  }

  private static boolean hasStatus(JsonObject object) {
    return Node.of(object).at("status", "phase").isPresent();
  }

  CoveredKind<?> watched() {
    return watched;
  }

  /**
   * @param type of what is created
   * @throws ClusterRefused when the API server does not let us
   * @throws ClusterUnavailable when it does not answer
   */
  <T extends AnyRestart> Created<T> create(Class<T> type, RestartKey key, JsonObject object) {
    try {
      return new Created.New<>(
          type.cast(asOurs(wrote(api.create(RESTARTS.in(key.namespace()), object)))));
    } catch (ApiFailure failure) {
      if (failure.code() != 409 && !failure.outcomeUnknown()) {
        throw Failures.ofWrite(failure);
      }
      // Ours, its answer lost, or an earlier one of that name: the fingerprint will tell.
      return settle(key, object, failure);
    }
  }

  private <T extends AnyRestart> Created<T> settle(
      RestartKey key, JsonObject wanted, ApiFailure failure) {
    try {
      JsonObject there = objectLive(key).orElseThrow(() -> Failures.ofWrite(failure));
      Seen seen = understood(key, there);
      if (!seen.counts() && !asksTheSame(wanted, there)) {
        throw new ClusterRefused(
            "The name of the Restart %s is taken by one that somebody else wrote".formatted(key),
            failure);
      }
      return new Created.Present<>(seen.counts() ? seen.restart() : asOurs(seen.restart()));
    } catch (ClusterUnavailable unsettled) {
      // That this read changed nothing must not hide that the create may have.
      throw failure.outcomeUnknown() ? Failures.ofWrite(failure) : unsettled;
    }
  }

  /** What is done is then what was to be done, whoever wrote it. */
  private static boolean asksTheSame(JsonObject wanted, JsonObject there) {
    JsonObject same = wanted.deepCopy();
    same.add("metadata", there.get("metadata"));
    return RestartMapping.any(same).equals(RestartMapping.any(there));
  }

  /** One that we have just made, as ours; where others are accepted, it counts as it is. */
  private AnyRestart asOurs(AnyRestart made) {
    return switch (byOthers) {
      case Accept -> made;
      case Ignore ->
          updateStatus(
                  made,
                  switch (made) {
                    case Restart restart -> RestartStatusMapping.status(restart, RestartStatus.NEW);
                    case RestartGroup group -> GroupMapping.status(group, GroupStatus.NEW);
                  })
              .orElseThrow(() ->
                  new ClusterUnavailable(
                      "Somebody changed the Restart %s the moment it was made"
                          .formatted(made.key()),
                      true,
                      null,
                      null));
    };
  }

  Optional<AnyRestart> find(RestartKey key) {
    Optional<AnyRestart> cached = cached(key);
    return cached.isPresent() || !covers.test(key.namespace()) ? cached : readLive(key);
  }

  Optional<AnyRestart> cached(RestartKey key) {
    return watched.get(key.namespace(), key.name()).flatMap(Seen::counting);
  }

  /** What the watch has told so far, which may not be all. */
  Stream<AnyRestart> cached() {
    return watched.all().stream().map(Seen::counting).flatMap(Optional::stream);
  }

  Optional<AnyRestart> readLive(RestartKey key) {
    return objectLive(key).map(there -> understood(key, there)).flatMap(Seen::counting);
  }

  private Seen understood(RestartKey key, JsonObject there) {
    try {
      return seen(there);
    } catch (IllegalArgumentException notUnderstood) {
      throw new ClusterRefused(
          "The Restart %s asks for what this version does not know: %s"
              .formatted(key, notUnderstood.getMessage()),
          notUnderstood);
    }
  }

  private Optional<JsonObject> objectLive(RestartKey key) {
    try {
      return Optional.of(api.get(pathOf(key)).body());
    } catch (ApiFailure failure) {
      if (failure.code() == 404 && !Failures.isUnknownResource(failure)) {
        return Optional.empty();
      }
      throw Failures.ofRead(failure);
    }
  }

  List<AnyRestart> all() {
    if (!watched.isSynced()) {
      throw new ClusterUnavailable(
          "The Restarts have not been listed yet: " + watched, false, null, null);
    }
    return cached().toList();
  }

  /** Empty when somebody has changed or deleted it since it was read. */
  Optional<AnyRestart> updateStatus(AnyRestart restart, JsonObject status) {
    JsonObject patch = patchOf(restart);
    patch.add("status", status);
    try {
      return Optional.of(wrote(api.mergePatch(pathOf(restart.key()).subresource("status"), patch)));
    } catch (ApiFailure failure) {
      return switch (failure.code()) {
        case 404, 409 -> Optional.empty();
        default -> throw Failures.ofWrite(failure);
      };
    }
  }

  /** Empty when somebody has changed or deleted it since it was read. */
  Optional<AnyRestart> cancel(AnyRestart restart) {
    JsonObject spec = new JsonObject();
    spec.addProperty("cancel", true);
    JsonObject patch = patchOf(restart);
    patch.add("spec", spec);
    try {
      return Optional.of(wrote(api.mergePatch(pathOf(restart.key()), patch)));
    } catch (ApiFailure failure) {
      return switch (failure.code()) {
        case 404, 409 -> Optional.empty();
        default -> Optional.of(settleCancel(restart.key(), failure));
      };
    }
  }

  private AnyRestart settleCancel(RestartKey key, ApiFailure failure) {
    if (!failure.outcomeUnknown()) {
      throw Failures.ofWrite(failure);
    }
    try {
      return readLive(key)
          .filter(AnyRestart::isToBeCancelled)
          .orElseThrow(() -> Failures.ofWrite(failure));
    } catch (ClusterUnavailable unsettled) {
      throw Failures.ofWrite(failure);
    }
  }

  /** False when somebody has changed or deleted it since it was read. */
  boolean delete(AnyRestart restart) {
    try {
      api.delete(pathOf(restart.key()), restart.uid(), restart.resourceVersion());
      return true;
    } catch (ApiFailure failure) {
      return switch (failure.code()) {
        case 404, 409 -> false;
        default -> throw Failures.ofWrite(failure);
      };
    }
  }

  private static JsonObject patchOf(AnyRestart restart) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("resourceVersion", restart.resourceVersion());
    JsonObject patch = new JsonObject();
    patch.add("metadata", metadata);
    return patch;
  }

  private AnyRestart wrote(ApiAnswer answer) {
    watched.wrote(answer.body());
    return RestartMapping.any(answer.body());
  }

  Runnable listen(Consumer<RestartKey> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  static ApiPath pathOf(RestartKey key) {
    return RESTARTS.in(key.namespace()).named(key.name());
  }

  private void changed(@Nullable Seen before, @Nullable Seen now) {
    Seen last = Objects.requireNonNull(now == null ? before : now);
    if (last.counts()) {
      RestartKey key = last.restart().key();
      listeners.forEach(listener -> listener.accept(key));
    }
  }
}
