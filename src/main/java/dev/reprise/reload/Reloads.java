package dev.reprise.reload;

import dev.reprise.reload.ConfigGateway.Watching;
import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.Leadership;
import dev.reprise.restart.Reload;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartSpec;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.WhenBusy;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the Restarts of workloads whose configuration has changed. Each look at a namespace
 * compares what is with what was noted last, so none is missed, however it came to be.
 */
final class Reloads {

  private static final Logger LOGGER = LoggerFactory.getLogger(Reloads.class);

  private static final int MOST_TOLD = 5;

  private final RestartStore store;
  private final Leadership leadership;
  private final boolean alsoReloaders;

  /** What was last said of a workload, so that it is not said with each look. */
  private final Map<WorkloadRef, String> complained = new ConcurrentHashMap<>();

  Reloads(RestartStore store, Leadership leadership, boolean alsoReloaders) {
    this.store = store;
    this.leadership = leadership;
    this.alsoReloaders = alsoReloaders;
  }

  /**
   * Does what is to be done in a namespace now. Leaves out who uses something that may yet change
   * more.
   *
   * @return whether the API server has refused nothing of it
   */
  boolean look(String namespace, Watching watching, Settling settling) {
    Reloadables reloadables = Reloadables.of(watching.workloads(namespace), alsoReloaders);
    reloadables.notUnderstood().forEach(this::complain);
    Map<String, List<Restart>> before = before(namespace);
    Map<ConfigReference, Optional<String>> live = new HashMap<>();
    boolean isAllDone = true;
    for (Reloadable workload : reloadables.all()) {
      if (leadership.isLeader() && !settling.isChanging(namespace, workload.configs())) {
        isAllDone &= look(workload, before.getOrDefault(workload.uid(), List.of()), watching, live);
      }
    }
    return isAllDone;
  }

  /** One that may not be restarted, or whose configuration may not be read, stops no other. */
  private boolean look(
      Reloadable workload,
      List<Restart> before,
      Watching watching,
      Map<ConfigReference, Optional<String>> live) {
    try {
      ReloadDecision decision =
          ReloadDecision.decide(workload, contents(workload, watching), before, watching.key());
      carryOut(workload, decision, watching, live);
      return true;
    } catch (ClusterRefused refused) {
      complain(workload.target(), String.valueOf(refused.getMessage()));
      return false;
    }
  }

  private static Map<ConfigReference, String> contents(Reloadable workload, Watching watching) {
    String namespace = workload.target().namespace();
    Map<ConfigReference, String> contents = new HashMap<>();
    for (ConfigReference config : workload.configs()) {
      watching.content(namespace, config).ifPresent(hash -> contents.put(config, hash));
    }
    return contents;
  }

  /** Those made for configuration, by the UID of their workloads. What others wrote is no proof. */
  private Map<String, List<Restart>> before(String namespace) {
    return store.all().stream()
        .filter(restart -> restart.key().namespace().equals(namespace))
        .filter(restart -> restart.reload() != null)
        .collect(
            Collectors.groupingBy(
                restart -> Objects.requireNonNull(restart.reload()).workloadUid()));
  }

  private void carryOut(
      Reloadable workload,
      ReloadDecision decision,
      Watching watching,
      Map<ConfigReference, Optional<String>> live) {
    switch (decision) {
      case ReloadDecision.Nothing() -> {}
      case ReloadDecision.Note(Reload reload) -> create(workload, reload, null);
      case ReloadDecision.Start(Reload reload, List<ConfigReference> changed) -> {
        // A watch may lag behind: what it told may have been taken back, or be known to the one
        // who led before. It will tell then.
        boolean isSo =
            changed.stream()
                .allMatch(config ->
                    live.computeIfAbsent(
                            config,
                            _ -> watching.readContent(workload.target().namespace(), config))
                        .equals(Optional.ofNullable(reload.contents().get(config))));
        if (isSo) {
          create(workload, reload, reason(changed));
        }
      }
      case ReloadDecision.Withdraw(Restart pending) -> {
        var _ = store.cancel(pending);
      }
    }
  }

  private void create(Reloadable workload, Reload reload, @Nullable String reason) {
    var _ =
        store.create(
            reload.keyFor(workload.target()),
            new RestartSpec(
                workload.target(),
                workload.strategy(),
                reason,
                false,
                WhenBusy.Wait,
                null,
                RestartSpec.DEFAULT_TIMEOUT,
                Reload.CALLER,
                null,
                null,
                reload,
                false));
  }

  private static String reason(List<ConfigReference> changed) {
    String some =
        changed.stream()
            .limit(MOST_TOLD)
            .map(ConfigReference::toString)
            .collect(Collectors.joining(", "));
    int more = changed.size() - MOST_TOLD;
    return more > 0 ? "%s and %d more changed".formatted(some, more) : some + " changed";
  }

  /** Warns where each change would restart twice. */
  void tellBesideReloader(Collection<WorkloadSnapshot> workloads) {
    List<WorkloadRef> both = BesideReloader.of(workloads, alsoReloaders);
    if (!both.isEmpty()) {
      LOGGER
          .atWarn()
          .addKeyValue("workloads", both.stream().limit(MOST_TOLD).toList())
          .addKeyValue("count", both.size())
          .log(
              "Stakater Reloader restarts these for the same changes as we do; take one of the"
                  + " annotations away, or Reloader");
    }
  }

  private void complain(WorkloadRef workload, String why) {
    if (!why.equals(complained.put(workload, why))) {
      LOGGER
          .atWarn()
          .addKeyValue("workload", workload)
          .addKeyValue("cause", why)
          .log("Not restarted when its configuration changes");
    }
  }
}
