package dev.reprise.workload;

/** The words and signs of a label selector, one after the other. */
final class SelectorTokens {

  private static final String SIGNS = "=!(),<>";
  private static final String WHITE_SPACE = " \t\r\n";

  /** As much of a word as a message shows. */
  private static final int SHOWN = 40;

  private final String text;
  private Token next;

  SelectorTokens(String text) {
    this.text = text;
    this.next = at(0);
  }

  /** The one that has not been taken; the end, when all have been. */
  Token next() {
    return next;
  }

  void take() {
    next = at(next.end());
  }

  /** Takes the next one if it is this sign. */
  boolean takeIf(String sign) {
    boolean isIt = next.is(sign);
    if (isIt) {
      take();
    }
    return isIt;
  }

  private Token at(int from) {
    int start = from;
    while (start < text.length() && isWhiteSpace(text.charAt(start))) {
      start++;
    }
    int end = start;
    if (start < text.length() && isSign(text.charAt(start))) {
      end += text.startsWith("==", start) || text.startsWith("!=", start) ? 2 : 1;
    } else {
      while (end < text.length() && !isSign(text.charAt(end)) && !isWhiteSpace(text.charAt(end))) {
        end++;
      }
    }
    return new Token(text.substring(start, end), start);
  }

  private static boolean isSign(char character) {
    return SIGNS.indexOf(character) >= 0;
  }

  private static boolean isWhiteSpace(char character) {
    return WHITE_SPACE.indexOf(character) >= 0;
  }

  /**
   * One of them.
   *
   * @param text empty at the end
   * @param start where it begins, counted from 0
   */
  record Token(String text, int start) {

    int end() {
      return start + text.length();
    }

    boolean isEnd() {
      return text.isEmpty();
    }

    boolean is(String sign) {
      return text.equals(sign);
    }

    boolean isWord() {
      return !isEnd() && !isSign(text.charAt(0));
    }

    IllegalArgumentException unexpected(String wanted) {
      return refused("stands where %s is expected".formatted(wanted));
    }

    IllegalArgumentException refused(String why) {
      return new IllegalArgumentException(
          isEnd()
              ? "The end of the label selector " + why
              : "'%s' at character %d of the label selector %s".formatted(shown(), start + 1, why));
    }

    /** The caller's text, safe for logs and terminals. */
    private String shown() {
      String safe = text.replaceAll("[^\\x21-\\x7e]", "?");
      return safe.length() > SHOWN ? safe.substring(0, SHOWN) + "…" : safe;
    }
  }
}
