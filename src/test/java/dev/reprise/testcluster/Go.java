package dev.reprise.testcluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Go toolchain on the PATH. */
record Go(String version) {
  private static final int NEEDED_MINOR = 26;
  private static final Pattern VERSION = Pattern.compile("go1\\.(\\d+)\\S*");

  /**
   * Returns the toolchain that would build {@code module}. Go 1.21 and newer fetches by itself the
   * toolchain that a go.mod asks for, unless GOTOOLCHAIN forbids it.
   */
  static Optional<Go> found(GoModule module) {
    try {
      return newEnough(new Command(List.of("go", "env", "GOVERSION"), module.folder(), "").run());
    } catch (ClusterFailure | java.io.UncheckedIOException _) {
      return Optional.empty(); // no Go, or one too old to read go.mod
    }
  }

  static Optional<Go> newEnough(String version) {
    Matcher matcher = VERSION.matcher(version.strip());
    return matcher.matches() && Integer.parseInt(matcher.group(1)) >= NEEDED_MINOR
        ? Optional.of(new Go(version.strip()))
        : Optional.empty();
  }

  Path sourceOf(String dependency, GoModule module) {
    return Path.of(
        new Command(List.of("go", "list", "-m", "-f", "{{.Dir}}", dependency), module.folder(), "")
            .run()
            .strip());
  }
}
