package dev.reprise.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Published Python packages in an environment of their own, in the user's cache folder. Those of a
 * folder's {@code requirements.txt} and no others, by their hashes.
 */
record PythonPackages(Path folder) {

  private static final String MISSING =
      "there is no python3 on the PATH, 3.10 or newer and with venv. On Debian: apt-get install"
          + " python3-venv";

  /** Whether a test that needs them should run: also where Python is missing that must not be. */
  boolean areThereOrRequired() {
    boolean areThere = cached().isThere() || hasPython();
    if (!areThere) {
      // Maven doesn't print why a test is skipped.
      System.err.println(name() + " is not used: " + MISSING);
    }
    return areThere || "true".equals(System.getenv("CI"));
  }

  /**
   * The environment, after fetching them if need be; that takes half a minute.
   *
   * @throws ClusterFailure if they can't be fetched
   */
  Path ready() {
    synchronized (PythonPackages.class) {
      return cached().orMake(this::fetch);
    }
  }

  private void fetch(Path environment) {
    if (!hasPython()) {
      throw new ClusterFailure(name() + " can't be fetched: " + MISSING);
    }
    Progress.say("%s: fetching, once", name());
    new Command("python3", "-m", "venv", environment.toString()).run();
    new Command(
            environment.resolve("bin/python").toString(),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--require-hashes",
            "--only-binary=:all:",
            "--requirement=" + requirements())
        .run();
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

  private CachedFolder cached() {
    try {
      return CachedFolder.of(name(), Files.readString(requirements()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path requirements() {
    return folder.resolve("requirements.txt");
  }

  private String name() {
    return folder.getFileName().toString();
  }
}
