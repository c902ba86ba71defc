package dev.reprise.cluster;

import static dev.reprise.cluster.Resources.RESTARTS;

import com.google.gson.JsonObject;
import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.DryRunRequest;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartSpec;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.RestartStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Restarts as custom resources. */
final class ClusterRestarts implements RestartStore {

  private final KubernetesApi api;
  private final DryRequests dryRequests;
  private final Predicate<String> covers;
  private final CoveredKind<Restart> watched;
  private final List<Consumer<RestartKey>> listeners = new CopyOnWriteArrayList<>();

  ClusterRestarts(KubernetesApi api, ReflectorFactory reflectors) {
    this.api = api;
    this.dryRequests = new DryRequests(api);
    this.covers = reflectors::covers;
    this.watched = new CoveredKind<>(reflectors, RESTARTS, RestartMapping::restart, this::changed);
  }

  CoveredKind<Restart> watched() {
    return watched;
  }

  @Override
  public Created create(RestartKey key, RestartSpec spec) {
    try {
      ApiAnswer answer = api.create(RESTARTS.in(key.namespace()), RestartMapping.object(key, spec));
      return new Created(wrote(answer), true);
    } catch (ApiFailure failure) {
      if (failure.code() != 409 && !failure.outcomeUnknown()) {
        throw Failures.ofWrite(failure);
      }
      // Ours, its answer lost, or an earlier one of that name: the fingerprint will tell.
      return settle(key, failure);
    }
  }

  @Override
  public DryRunRequest dryRunCreate(RestartKey key, RestartSpec spec) {
    return dryRequests.create(pathOf(key), RestartMapping.object(key, spec));
  }

  private Created settle(RestartKey key, ApiFailure failure) {
    try {
      return readLive(key)
          .map(restart -> new Created(restart, false))
          .orElseThrow(() -> Failures.ofWrite(failure));
    } catch (ClusterUnavailable unsettled) {
      // That this read changed nothing must not hide that the create may have.
      throw failure.outcomeUnknown() ? Failures.ofWrite(failure) : unsettled;
    }
  }

  @Override
  public Optional<Restart> find(RestartKey key) {
    Optional<Restart> cached = cached(key);
    return cached.isPresent() || !covers.test(key.namespace()) ? cached : readLive(key);
  }

  @Override
  public Optional<Restart> cached(RestartKey key) {
    return watched.get(key.namespace(), key.name());
  }

  @Override
  public Optional<Restart> readLive(RestartKey key) {
    try {
      return Optional.of(RestartMapping.restart(api.get(pathOf(key)).body()));
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

  @Override
  public List<Restart> all() {
    if (!watched.isSynced()) {
      throw new ClusterUnavailable(
          "The Restarts have not been listed yet: " + watched, false, null, null);
    }
    return watched.all();
  }

  @Override
  public List<Restart> unfinished() {
    return watched.all().stream().filter(restart -> !restart.isFinished()).toList();
  }

  @Override
  public Optional<Restart> updateStatus(Restart restart, RestartStatus status) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("resourceVersion", restart.resourceVersion());
    JsonObject patch = new JsonObject();
    patch.add("metadata", metadata);
    patch.add("status", RestartMapping.status(restart, status));
    try {
      ApiAnswer answer = api.mergePatch(pathOf(restart.key()).subresource("status"), patch);
      return Optional.of(wrote(answer));
    } catch (ApiFailure failure) {
      return switch (failure.code()) {
        case 404, 409 -> Optional.empty();
        default -> throw Failures.ofWrite(failure);
      };
    }
  }

  private Restart wrote(ApiAnswer answer) {
    watched.wrote(answer.body());
    return RestartMapping.restart(answer.body());
  }

  @Override
  public Optional<Restart> cancel(Restart restart) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("resourceVersion", restart.resourceVersion());
    JsonObject spec = new JsonObject();
    spec.addProperty("cancel", true);
    JsonObject patch = new JsonObject();
    patch.add("metadata", metadata);
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

  private Restart settleCancel(RestartKey key, ApiFailure failure) {
    if (!failure.outcomeUnknown()) {
      throw Failures.ofWrite(failure);
    }
    try {
      return readLive(key)
          .filter(restart -> restart.spec().cancel())
          .orElseThrow(() -> Failures.ofWrite(failure));
    } catch (ClusterUnavailable unsettled) {
      throw Failures.ofWrite(failure);
    }
  }

  @Override
  public Listening listen(Consumer<RestartKey> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private static ApiPath pathOf(RestartKey key) {
    return RESTARTS.in(key.namespace()).named(key.name());
  }

  private void changed(@Nullable Restart before, @Nullable Restart now) {
    RestartKey key = Objects.requireNonNull(now == null ? before : now).key();
    listeners.forEach(listener -> listener.accept(key));
  }
}
