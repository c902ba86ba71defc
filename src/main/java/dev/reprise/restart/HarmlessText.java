package dev.reprise.restart;

import java.util.regex.Pattern;

/** Text from outside, as a log, a terminal or an Event may show it. */
public final class HarmlessText {

  /** Also what C1 terminals obey (U+009B begins a sequence), and what turns text around. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

  private HarmlessText() {}

  /** Without anything that would begin a line, move a cursor or colour a terminal. */
  public static String of(String text) {
    return CONTROL.matcher(text).replaceAll(" ");
  }
}
