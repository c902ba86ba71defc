package dev.reprise.cluster;

import static dev.reprise.cluster.Resources.RESTARTS;

import com.google.gson.JsonObject;
import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.Created;
import dev.reprise.restart.RestartKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The custom resources of both sorts, single Restarts and groups: watched, read and written. */
final class RestartObjects {

  private final KubernetesApi api;
  private final Predicate<String> covers;
  private final CoveredKind<AnyRestart> watched;
  private final List<Consumer<RestartKey>> listeners = new CopyOnWriteArrayList<>();

  RestartObjects(KubernetesApi api, ReflectorFactory reflectors) {
    // An older custom resource definition would drop what it does not know, a trigger for instance.
    this.api = api.strict();
    this.covers = reflectors::covers;
    this.watched = new CoveredKind<>(reflectors, RESTARTS, RestartMapping::any, this::changed);
  }

  CoveredKind<AnyRestart> watched() {
    return watched;
  }

  /**
   * @param type of what is created
   * @throws ClusterRefused when the API server does not let us
   * @throws ClusterUnavailable when it does not answer
   */
  <T extends AnyRestart> Created<T> create(Class<T> type, RestartKey key, JsonObject object) {
    try {
      return new Created.New<>(type.cast(wrote(api.create(RESTARTS.in(key.namespace()), object))));
    } catch (ApiFailure failure) {
      if (failure.code() != 409 && !failure.outcomeUnknown()) {
        throw Failures.ofWrite(failure);
      }
      // Ours, its answer lost, or an earlier one of that name: the fingerprint will tell.
      return settle(key, failure);
    }
  }

  private <T extends AnyRestart> Created<T> settle(RestartKey key, ApiFailure failure) {
    try {
      return readLive(key)
          .map(Created.Present<T>::new)
          .orElseThrow(() -> Failures.ofWrite(failure));
    } catch (ClusterUnavailable unsettled) {
      // That this read changed nothing must not hide that the create may have.
      throw failure.outcomeUnknown() ? Failures.ofWrite(failure) : unsettled;
    }
  }

  Optional<AnyRestart> find(RestartKey key) {
    Optional<AnyRestart> cached = cached(key);
    return cached.isPresent() || !covers.test(key.namespace()) ? cached : readLive(key);
  }

  Optional<AnyRestart> cached(RestartKey key) {
    return watched.get(key.namespace(), key.name());
  }

  Optional<AnyRestart> readLive(RestartKey key) {
    try {
      return Optional.of(RestartMapping.any(api.get(pathOf(key)).body()));
    } catch (IllegalArgumentException notUnderstood) {
      throw new ClusterRefused(
          "The Restart %s asks for what this version does not know: %s"
              .formatted(key, notUnderstood.getMessage()),
          notUnderstood);
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
    return watched.all();
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

  private void changed(@Nullable AnyRestart before, @Nullable AnyRestart now) {
    RestartKey key = Objects.requireNonNull(now == null ? before : now).key();
    listeners.forEach(listener -> listener.accept(key));
  }
}
