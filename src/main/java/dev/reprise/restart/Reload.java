package dev.reprise.restart;

import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.WorkloadRef;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Restart knows of the configuration for whose sake it was made. The next change is told by
 * comparing with it.
 *
 * @param workloadUid of the target, since another one of its name starts anew
 * @param number counts the Restarts of this workload that were made for its configuration
 * @param previous the UID of the one before; null when this is the first
 * @param key tells which key the hashes were made with; those of two keys can't be compared
 * @param contents the hash of what each ConfigMap and Secret holds
 * @param baseline whether it only notes this, and restarts nothing
 */
public record Reload(
    String workloadUid,
    long number,
    @Nullable String previous,
    String key,
    Map<ConfigReference, String> contents,
    boolean baseline) {

  /** Who asks for these Restarts. Nobody can log in under such a name. */
  public static final Caller CALLER =
      new Caller("system:reprise:reload", List.of("system:reprise"));

  /** The order of the Restarts of one workload that were made for its configuration. */
  public static final Comparator<Restart> IN_ORDER =
      Comparator.comparingLong(Reload::numberOf)
          .thenComparing(Restart::requestedAt)
          .thenComparing(restart -> restart.key().name());

  private static long numberOf(Restart restart) {
    Reload reload = restart.reload();
    return reload == null ? 0 : reload.number();
  }

  public Reload {
    contents = Map.copyOf(contents);
  }

  /**
   * Where the Restart of this workload is kept: the same after the same one for the same content,
   * so that none is made twice.
   */
  public RestartKey keyFor(WorkloadRef target) {
    return new RestartKey(target.namespace(), RestartNames.ofReload(target, this));
  }
}
