package dev.reprise.testcluster;

/** Tells whoever waits what is being waited for. */
final class Progress {

  private Progress() {}

  static void say(String format, Object... arguments) {
    System.err.println("[test cluster] " + format.formatted(arguments));
  }
}
