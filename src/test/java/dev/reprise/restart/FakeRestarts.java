package dev.reprise.restart;

import dev.reprise.restart.DryRunRequest.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Restarts as Kubernetes keeps them: a name is given once, a status is written under its
 * resourceVersion, and the cache may lag behind.
 */
public final class FakeRestarts implements RestartStore, GroupStore {

  private final InstantSource clock;
  private final Writes writes;
  private final Map<RestartKey, AnyRestart> objects = new LinkedHashMap<>();
  private final Map<RestartKey, AnyRestart> cache = new LinkedHashMap<>();
  private final List<Consumer<RestartKey>> listeners = new CopyOnWriteArrayList<>();
  private final List<Restart> history = new ArrayList<>();
  private boolean cacheStands;
  private @Nullable RuntimeException liveReadFault;
  private @Nullable RuntimeException createFault;
  private Verdict createVerdict = Verdict.Accepted;
  private Runnable beforeStatus = () -> {};
  private Runnable afterCreate = () -> {};
  private Runnable beforeCancel = () -> {};
  private boolean overtakes;
  private int version;

  public FakeRestarts(InstantSource clock, Writes writes) {
    this.clock = clock;
    this.writes = writes;
  }

  /** Nothing is there, and nothing goes wrong. */
  public synchronized void reset() {
    liveReadFault = null;
    createFault = null;
    createVerdict = Verdict.Accepted;
    objects.clear();
    catchUp();
  }

  /** From now on the cache shows nothing new. */
  public synchronized void holdCache() {
    cacheStands = true;
  }

  public synchronized void catchUp() {
    cacheStands = false;
    cache.clear();
    cache.putAll(objects);
  }

  /** From now on live reads fail so; null mends them. */
  public synchronized void failLiveReads(@Nullable RuntimeException fault) {
    liveReadFault = fault;
  }

  /** From now on this is what the API server says of creates that are dry runs. */
  public synchronized void answerDryRuns(Verdict verdict) {
    createVerdict = verdict;
  }

  public synchronized void failCreates(@Nullable RuntimeException fault) {
    createFault = fault;
  }

  /** From now on somebody else writes before each write of a status. */
  public synchronized void alwaysOvertake() {
    overtakes = true;
  }

  /** Done once, right after the next create. */
  public synchronized void afterNextCreate(Runnable action) {
    afterCreate = action;
  }

  /** Done once, right before the next cancellation takes effect. */
  public synchronized void beforeNextCancel(Runnable action) {
    beforeCancel = action;
  }

  /** Done once, right before the next write of a status takes effect. */
  public synchronized void beforeNextStatus(Runnable action) {
    beforeStatus = action;
  }

  /** Every status ever written, in order. */
  public synchronized List<Restart> history() {
    return List.copyOf(history);
  }

  public synchronized Restart live(RestartKey key) {
    return (Restart) Optional.ofNullable(objects.get(key)).orElseThrow();
  }

  public synchronized RestartGroup liveGroup(RestartKey key) {
    return (RestartGroup) Optional.ofNullable(objects.get(key)).orElseThrow();
  }

  /** The Restarts of members that are there, in the order in which they were made. */
  public synchronized List<Restart> members() {
    return all().stream().filter(restart -> restart.spec().group() != null).toList();
  }

  /** Puts a group there, as kubectl or an earlier leader may have left it. */
  public synchronized RestartGroup put(RestartKey key, GroupSpec spec, GroupStatus status) {
    version++;
    RestartGroup group =
        new RestartGroup(key, "uid-" + version, "" + version, creation(), spec, status);
    keep(group);
    return group;
  }

  /** Puts a Restart there, as kubectl or an earlier leader may have left it. */
  public synchronized Restart put(RestartKey key, RestartSpec spec, RestartStatus status) {
    version++;
    Restart restart = new Restart(key, "uid-" + version, "" + version, creation(), spec, status);
    keep(restart);
    return restart;
  }

  /** As the API server tells it. */
  private Instant creation() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Changes the spec, as someone's {@code kubectl edit} would. */
  public synchronized void edit(RestartKey key, RestartSpec spec) {
    Restart old = live(key);
    version++;
    keep(new Restart(key, old.uid(), "" + version, old.requestedAt(), spec, old.status()));
  }

  @Override
  public synchronized boolean delete(AnyRestart restart) {
    if (isOvertaken(restart)) {
      return false;
    }
    delete(restart.key());
    return true;
  }

  public synchronized void delete(RestartKey key) {
    objects.remove(key);
    if (!cacheStands) {
      cache.remove(key);
      tell(key);
    }
  }

  @Override
  public synchronized Created<Restart> create(RestartKey key, RestartSpec spec) {
    return create(key, () -> put(key, spec, RestartStatus.NEW));
  }

  @Override
  public synchronized Created<RestartGroup> create(RestartKey key, GroupSpec spec) {
    return create(key, () -> put(key, spec, GroupStatus.NEW));
  }

  private <T extends AnyRestart> Created<T> create(RestartKey key, Supplier<T> creating) {
    if (createFault != null) {
      throw createFault;
    }
    AnyRestart there = objects.get(key);
    if (there != null) {
      return new Created.Present<>(there);
    }
    Created<T> created =
        writes.make(
            () -> new Created.New<>(creating.get()), () -> new Created.Present<>(settle(key)));
    Runnable action = afterCreate;
    afterCreate = () -> {};
    action.run();
    return created;
  }

  @Override
  public synchronized void createMember(RestartGroup group, GroupStatus.Member member) {
    create(group.keyOf(member), group.spec().ofMember(member.target(), group.membership()));
  }

  @Override
  public synchronized DryRunRequest dryRunCreate(RestartKey key, GroupSpec spec) {
    return new DryRunRequest(
        "create",
        "restarts.reprise.dev " + key,
        "{}",
        createVerdict,
        createVerdict == Verdict.Accepted ? "" : "restarts.reprise.dev is forbidden");
  }

  @Override
  public synchronized List<RestartGroup> groups() {
    return cache.values().stream()
        .filter(RestartGroup.class::isInstance)
        .map(RestartGroup.class::cast)
        .toList();
  }

  @Override
  public synchronized Optional<RestartGroup> updateStatus(RestartGroup group, GroupStatus status) {
    if (isOvertaken(group)) {
      return Optional.empty();
    }
    version++;
    RestartGroup now = liveGroup(group.key());
    RestartGroup written =
        new RestartGroup(now.key(), now.uid(), "" + version, now.requestedAt(), now.spec(), status);
    keep(written);
    return Optional.of(written);
  }

  @Override
  public synchronized DryRunRequest dryRunCreate(RestartKey key, RestartSpec spec) {
    return new DryRunRequest(
        "create",
        "restarts.reprise.dev " + key,
        "{\"spec\":{\"name\":\"%s\"}}".formatted(spec.target().name()),
        createVerdict,
        createVerdict == Verdict.Accepted ? "" : "restarts.reprise.dev is forbidden");
  }

  private AnyRestart settle(RestartKey key) {
    return readLive(key).orElseThrow(() -> new ClusterUnavailable("No answer", true, null, null));
  }

  @Override
  public synchronized Optional<AnyRestart> find(RestartKey key) {
    return cached(key).or(() -> readLive(key));
  }

  @Override
  public synchronized Optional<AnyRestart> cached(RestartKey key) {
    return Optional.ofNullable(cache.get(key));
  }

  @Override
  public synchronized Optional<AnyRestart> readLive(RestartKey key) {
    if (!key.name().matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?")) {
      throw new IllegalArgumentException("Not a name in Kubernetes: '" + key.name() + "'");
    }
    if (liveReadFault != null) {
      throw liveReadFault;
    }
    return Optional.ofNullable(objects.get(key));
  }

  @Override
  public synchronized List<Restart> all() {
    return cache.values().stream()
        .filter(Restart.class::isInstance)
        .map(Restart.class::cast)
        .toList();
  }

  @Override
  public synchronized List<AnyRestart> everything() {
    return List.copyOf(cache.values());
  }

  @Override
  public synchronized List<Restart> unfinished() {
    return all().stream().filter(restart -> !restart.isFinished()).toList();
  }

  @Override
  public Optional<AnyRestart> cancel(AnyRestart restart) {
    takeActionBeforeCancel().run();
    synchronized (this) {
      return writes.make(
          () -> {
            if (isOvertaken(restart)) {
              return Optional.empty();
            }
            cancelled(restart);
            return readLive(restart.key());
          },
          () -> settleCancel(restart.key()));
    }
  }

  private void cancelled(AnyRestart any) {
    switch (any) {
      case Restart restart -> edit(restart.key(), restart.spec().cancelled());
      case RestartGroup group -> {
        version++;
        keep(
            new RestartGroup(
                group.key(),
                group.uid(),
                "" + version,
                group.requestedAt(),
                group.spec().cancelled(),
                group.status()));
      }
    }
  }

  private synchronized Runnable takeActionBeforeCancel() {
    Runnable action = beforeCancel;
    beforeCancel = () -> {};
    return action;
  }

  private Optional<AnyRestart> settleCancel(RestartKey key) {
    Optional<AnyRestart> settled = readLive(key).filter(AnyRestart::isToBeCancelled);
    if (settled.isEmpty()) {
      throw new ClusterUnavailable("No answer", true, null, null);
    }
    return settled;
  }

  @Override
  public Optional<Restart> updateStatus(Restart restart, RestartStatus status) {
    takeActionBeforeStatus().run();
    synchronized (this) {
      return writes.make(
          () -> compareAndSet(restart, status),
          () -> {
            throw new ClusterUnavailable("No answer", true, null, null);
          });
    }
  }

  private synchronized Runnable takeActionBeforeStatus() {
    Runnable action = beforeStatus;
    beforeStatus = () -> {};
    return action;
  }

  private Optional<Restart> compareAndSet(Restart restart, RestartStatus status) {
    if (isOvertaken(restart)) {
      return Optional.empty();
    }
    Restart present = live(restart.key());
    version++;
    Restart written =
        new Restart(
            present.key(),
            present.uid(),
            "" + version,
            present.requestedAt(),
            present.spec(),
            status);
    history.add(written);
    keep(written);
    return Optional.of(written);
  }

  private boolean isOvertaken(AnyRestart restart) {
    AnyRestart present = objects.get(restart.key());
    return overtakes
        || present == null
        || !present.resourceVersion().equals(restart.resourceVersion());
  }

  private void keep(AnyRestart restart) {
    objects.put(restart.key(), restart);
    if (!cacheStands) {
      cache.put(restart.key(), restart);
      tell(restart.key());
    }
  }

  private void tell(RestartKey key) {
    listeners.forEach(listener -> listener.accept(key));
  }

  @Override
  public Listening listen(Consumer<RestartKey> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  public int listeners() {
    return listeners.size();
  }
}
