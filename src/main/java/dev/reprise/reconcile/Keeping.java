package dev.reprise.reconcile;

import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.Reload;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartKey;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which finished Restarts have been kept long enough. The age counts from the recorded end, {@code
 * status.finishedAt}; that and the present time are both by the API server's clock.
 *
 * @param duration how long a finished Restart is kept, at least {@link #PROMISED}
 * @param atMost how many finished ones of a workload are kept; never touches one that is younger
 *     than {@link #PROMISED}
 */
public record Keeping(Duration duration, int atMost) {

  /** How long a request can be repeated with its Idempotency-Key. */
  static final Duration PROMISED = Duration.ofHours(24);

  private static final Comparator<Restart> NEWEST_FIRST =
      Comparator.<Restart, @Nullable Instant>comparing(
              restart -> restart.status().finishedAt(),
              Comparator.nullsLast(Comparator.reverseOrder()))
          .thenComparing(restart -> restart.key().name());

  public Keeping {
    if (duration.compareTo(PROMISED) < 0) {
      throw new IllegalArgumentException(
          "Finished restarts must be kept for at least 24h, which the Idempotency-Key promises,"
              + " not "
              + duration);
    }
    if (atMost < 0) {
      throw new IllegalArgumentException("Cannot keep at most " + atMost + " restarts");
    }
  }

  /**
   * Those to be deleted now, the oldest first; never an unfinished one, nor a member of a group
   * that is still there: it goes with its group. Nor the newest of a workload that was made for its
   * configuration: by that the next change is told.
   */
  List<AnyRestart> overdue(Collection<AnyRestart> restarts, Instant now) {
    Set<RestartKey> groups =
        restarts.stream()
            .filter(RestartGroup.class::isInstance)
            .map(AnyRestart::key)
            .collect(Collectors.toSet());
    Stream<AnyRestart> ofWorkloads =
        restarts.stream()
            .filter(Restart.class::isInstance)
            .map(Restart.class::cast)
            .filter(restart -> restart.groupKey().filter(groups::contains).isEmpty())
            .filter(restart -> restart.isFinished() && restart.finishedAt() != null)
            .collect(Collectors.<Restart, WorkloadRef>groupingBy(Restart::target))
            .values()
            .stream()
            .flatMap(ofWorkload -> overdueOfWorkload(ofWorkload, now));
    Stream<AnyRestart> ofGroups =
        restarts.stream()
            .filter(RestartGroup.class::isInstance)
            .filter(group -> group.isFinished() && hasEndedFor(duration, group, now));
    return Stream.concat(ofWorkloads, ofGroups)
        .sorted(
            Comparator.comparing(
                AnyRestart::finishedAt, Comparator.nullsLast(Comparator.naturalOrder())))
        .toList();
  }

  private Stream<Restart> overdueOfWorkload(List<Restart> finished, Instant now) {
    Optional<Restart> kept =
        finished.stream().max(Reload.IN_ORDER).filter(restart -> restart.reload() != null);
    List<Restart> newestFirst =
        finished.stream()
            .filter(restart -> kept.filter(restart::equals).isEmpty())
            .sorted(NEWEST_FIRST)
            .toList();
    Stream<Restart> tooMany =
        newestFirst.stream().skip(atMost).filter(each -> hasEndedFor(PROMISED, each, now));
    Stream<Restart> tooOld = newestFirst.stream().filter(each -> hasEndedFor(duration, each, now));
    return Stream.concat(tooOld, tooMany).distinct();
  }

  private static boolean hasEndedFor(Duration least, AnyRestart restart, Instant now) {
    Instant end = restart.finishedAt();
    return end != null && !end.plus(least).isAfter(now);
  }
}
