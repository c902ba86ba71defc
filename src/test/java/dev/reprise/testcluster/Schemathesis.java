package dev.reprise.testcluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real Schemathesis, which sends a service what its OpenAPI document allows and forbids. */
public final class Schemathesis {

  private static final PythonPackages PACKAGES =
      new PythonPackages(Path.of("src/test/schemathesis"));

  private final Path python;

  private Schemathesis(Path python) {
    this.python = python;
  }

  /** Whether a test that needs it should run: also where Python is missing that must not be. */
  public static boolean isThereOrRequired() {
    return PACKAGES.areThereOrRequired();
  }

  /** Returns it, after fetching it if need be. */
  public static Schemathesis ready() {
    return new Schemathesis(PACKAGES.ready().resolve("bin/python"));
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
