package dev.reprise.rollout;

import java.util.List;

/**
 * What keeps a restart from moving.
 *
 * @param reason one PascalCase word; for a container the kubelet's own
 * @param object what is at fault, for instance {@code Pod checkout-7d4b9-x2x9p}
 * @param message what is wrong with it
 * @param command the next step, ready to paste into a shell
 */
public record Blocker(String reason, String object, String message, String command) {

  /** What is wrong with what. */
  public String words() {
    return object + ": " + message;
  }

  /** The same with the reason, where something else has another. */
  public String wordsWithReason() {
    return "%s: %s: %s".formatted(object, reason, message);
  }

  /**
   * A sentence, and after it what stands in the way first, with its reason; the sentence alone if
   * nothing does, or nothing but what it says itself.
   */
  public static String after(String sentence, List<Blocker> blockers) {
    return blockers.stream()
        .filter(blocker -> !blocker.words().equals(sentence))
        .findFirst()
        .map(blocker -> sentence + "; " + blocker.wordsWithReason())
        .orElse(sentence);
  }
}
