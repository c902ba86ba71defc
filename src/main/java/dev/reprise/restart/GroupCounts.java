package dev.reprise.restart;

import java.util.ArrayList;
import java.util.List;

/**
 * How many members of a group stand how.
 *
 * @param waiting have not begun
 * @param skipped were left out from the start; not part of the total
 */
public record GroupCounts(
    int waiting,
    int running,
    int succeeded,
    int failed,
    int cancelled,
    int superseded,
    int skipped) {

  public static final GroupCounts NONE = new GroupCounts(0, 0, 0, 0, 0, 0, 0);

  public int total() {
    return waiting + running + succeeded + unsuccessful();
  }

  /** Those that have ended otherwise than they should have. */
  public int unsuccessful() {
    return failed + cancelled + superseded;
  }

  /** {@code 3 succeeded, 1 failed, 2 not begun}: what there is of each. */
  public String words() {
    List<String> words = new ArrayList<>();
    add(words, running, "under way");
    add(words, succeeded, "succeeded");
    add(words, failed, "failed");
    add(words, cancelled, "cancelled");
    add(words, superseded, "superseded");
    add(words, waiting, "not begun");
    add(words, skipped, "skipped");
    return words.isEmpty() ? "none" : String.join(", ", words);
  }

  private static void add(List<String> words, int count, String what) {
    if (count > 0) {
      words.add(count + " " + what);
    }
  }
}
