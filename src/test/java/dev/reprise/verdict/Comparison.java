package dev.reprise.verdict;

import java.util.Map;

/**
 * Two verdicts on the same objects.
 *
 * @param theirs done, waits or error of kubectl; the phase, or error, of the Argo plugin
 * @param words what it said
 * @param ours phase and reason
 */
record Comparison(String moment, String situation, String theirs, String words, String ours) {

  private static final Map<String, String> SAME =
      Map.of(
          "done", "Succeeded",
          "Healthy", "Succeeded",
          "waits", "Progressing",
          "Progressing", "Progressing",
          "Paused", "Progressing",
          "error", "Failed",
          "Degraded", "Failed");

  boolean isAgreement() {
    return ours.startsWith(SAME.get(theirs) + " ");
  }

  Difference difference() {
    return new Difference(moment, theirs, ours);
  }

  @Override
  public String toString() {
    return "%-6s %s | %s | %s | %s"
        .formatted(isAgreement() ? "agree" : "DIFFER", situation, theirs, ours, words);
  }
}
