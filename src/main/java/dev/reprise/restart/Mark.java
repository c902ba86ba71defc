package dev.reprise.restart;

import org.jspecify.annotations.Nullable;

/**
 * What a restart leaves in a workload to tell that it was there.
 *
 * @param restart the name of the Restart
 * @param changeCause for {@code kubernetes.io/change-cause}, which {@code kubectl rollout history}
 *     shows in one line: why, and who wanted it; of 400 characters at most
 */
public record Mark(String restart, String changeCause) {

  /** What more there is, the Restart tells. Each by itself, so that neither hides the other. */
  private static final int LONGEST = 160;

  public static Mark of(Restart restart) {
    return of(restart.key(), restart.requestedBy(), restart.spec().reason());
  }

  static Mark of(RestartKey key, Caller caller, @Nullable String reason) {
    return new Mark(
        key.name(),
        "%s (%s, Restart %s)"
            .formatted(cut(reason == null ? "restarted" : reason), cut(caller.user()), key.name()));
  }

  private static String cut(String given) {
    String text = HarmlessText.of(given);
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }
}
