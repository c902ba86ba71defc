package dev.reprise.restart;

import org.jspecify.annotations.Nullable;

/**
 * What a restart leaves in a workload to tell that it was there.
 *
 * @param restart the name of the Restart
 * @param changeCause for {@code kubernetes.io/change-cause}, which {@code kubectl rollout history}
 *     shows in one line: why, and who wanted it; of at most 256 characters
 */
public record Mark(String restart, String changeCause) {

  /** What more there is, the Restart tells. */
  private static final int LONGEST = 256;

  public static Mark of(Restart restart) {
    return of(restart.key(), restart.requestedBy(), restart.spec().reason());
  }

  static Mark of(RestartKey key, Caller caller, @Nullable String reason) {
    String why = reason == null ? "restarted" : reason;
    String cause = "%s (%s, Restart %s)".formatted(why, caller.user(), key.name());
    return new Mark(key.name(), cut(AuditLog.harmless(cause)));
  }

  private static String cut(String cause) {
    return cause.codePointCount(0, cause.length()) <= LONGEST
        ? cause
        : cause.substring(0, cause.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }
}
