package dev.reprise.cluster;

import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.Created;
import dev.reprise.restart.DryRunRequest;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartSpec;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.RestartStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Restarts as custom resources. */
final class ClusterRestarts implements RestartStore {

  private final RestartObjects objects;
  private final DryRequests dryRequests;
  private final AuditTrail trail;

  ClusterRestarts(RestartObjects objects, DryRequests dryRequests, AuditTrail trail) {
    this.objects = objects;
    this.dryRequests = dryRequests;
    this.trail = trail;
  }

  @Override
  public Created<Restart> create(RestartKey key, RestartSpec spec) {
    return objects.create(Restart.class, key, RestartMapping.object(key, spec));
  }

  @Override
  public DryRunRequest dryRunCreate(RestartKey key, RestartSpec spec) {
    return dryRequests.create(RestartObjects.pathOf(key), RestartMapping.object(key, spec));
  }

  @Override
  public Optional<AnyRestart> find(RestartKey key) {
    return objects.find(key);
  }

  @Override
  public Optional<AnyRestart> cached(RestartKey key) {
    return objects.cached(key);
  }

  @Override
  public Optional<AnyRestart> readLive(RestartKey key) {
    return objects.readLive(key);
  }

  @Override
  public List<Restart> all() {
    return single(objects.all().stream()).toList();
  }

  @Override
  public List<AnyRestart> everything() {
    return objects.all();
  }

  @Override
  public List<Restart> unfinished() {
    return single(objects.cached()).filter(restart -> !restart.isFinished()).toList();
  }

  private static Stream<Restart> single(Stream<AnyRestart> any) {
    return any.filter(Restart.class::isInstance).map(Restart.class::cast);
  }

  @Override
  public Optional<Restart> updateStatus(Restart restart, RestartStatus status) {
    Optional<Restart> written =
        objects
            .updateStatus(restart, RestartStatusMapping.status(restart, status))
            .map(Restart.class::cast);
    written.ifPresent(now -> trail.tell(restart, now));
    return written;
  }

  @Override
  public Optional<AnyRestart> cancel(AnyRestart restart) {
    return objects.cancel(restart);
  }

  @Override
  public boolean delete(AnyRestart restart) {
    return objects.delete(restart);
  }

  @Override
  public Listening listen(Consumer<RestartKey> listener) {
    return objects.listen(listener)::run;
  }
}
