package dev.reprise.restart;

import java.util.regex.Pattern;

/** Where a Restart lives. */
public record RestartKey(String namespace, String name) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");

  /** Whether an object can have this name at all; of use where the text is not ours. */
  public static boolean canName(String text) {
    return NAME.matcher(text).matches();
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
