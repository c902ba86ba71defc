package dev.reprise.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The real Schemathesis, which sends a service what its OpenAPI document allows and forbids. It is
 * fetched once, with what it needs, by the hashes in {@code requirements.txt}.
 */
public final class Schemathesis {

  private static final Path REQUIREMENTS = Path.of("src/test/schemathesis/requirements.txt");
  private static final String MISSING =
      "The OpenAPI document is not tried: there is no python3 on the PATH, 3.10 or newer and with"
          + " venv. On Debian: apt-get install python3-venv";

  private final Path python;

  private Schemathesis(Path python) {
    this.python = python;
  }

  /** Whether a test that needs it should run: also where Python is missing that must not be. */
  public static boolean isThereOrRequired() {
    boolean isThere = cached().isThere() || hasPython();
    if (!isThere) {
      // Maven doesn't print why a test is skipped.
      System.err.println(MISSING);
    }
    return isThere || "true".equals(System.getenv("CI"));
  }

  private static boolean hasPython() {
    try {
      new Command(
              "python3", "-c", "import sys, venv, ensurepip; assert sys.version_info >= (3, 10)")
          .run();
      return true;
    } catch (ClusterFailure | UncheckedIOException _) {
      return false;
    }
  }

  /**
   * Returns it, after fetching it if need be; that takes about half a minute.
   *
   * @throws ClusterFailure if it can't be fetched
   */
  public static synchronized Schemathesis ready() {
    return new Schemathesis(cached().orMake(Schemathesis::fetch).resolve("bin/python"));
  }

  private static void fetch(Path folder) {
    if (!hasPython()) {
      throw new ClusterFailure(MISSING);
    }
    Progress.say("fetching Schemathesis, once");
    new Command("python3", "-m", "venv", folder.toString()).run();
    new Command(
            folder.resolve("bin/python").toString(),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "--only-binary=:all:",
            "--requirement=" + REQUIREMENTS)
        .run();
  }

  private static CachedFolder cached() {
    try {
      return CachedFolder.of("schemathesis", Files.readString(REQUIREMENTS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs it to its end.
   *
   * @return what it printed
   * @throws ClusterFailure with what it printed, if it found anything
   */
  public String run(List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(python.toString(), "-m", "schemathesis.cli"));
    words.addAll(arguments);
    return new Command(words, Path.of(""), "").run();
  }
}
