package dev.reprise.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A short-lived program, run to its end. */
record Command(List<String> words, Path folder, String input) {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  // A signal to this JVM alone doesn't reach its children, and kubectl may wait for minutes.
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
  private static volatile boolean shuttingDown;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Command::endAll));
  }

  Command {
    words = List.copyOf(words);
  }

  Command(String... words) {
    this(List.of(words), Path.of(""), "");
  }

  /** What a program printed. */
  record Printed(String output, String errors) {}

  /** Returns what it prints to standard output; anything but exit code 0 is a failure. */
  String run() {
    return printed().output();
  }

  /** Returns all that it prints; anything but exit code 0 is a failure. */
  Printed printed() {
    try {
      Path out = Files.createTempFile("reprise", ".out");
      Path err = Files.createTempFile("reprise", ".err");
      try {
        return run(out, err);
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Printed run(Path out, Path err) throws IOException {
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toAbsolutePath().toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    RUNNING.add(process);
    if (shuttingDown) {
      process.destroyForcibly();
    }
    try (var writer = process.outputWriter()) {
      writer.write(input);
    } catch (IOException _) {
      // It ended without reading its input; the exit code tells why.
    }
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new ClusterFailure(this + " has not ended after " + LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterFailure(this + " was interrupted", e);
    } finally {
      process.destroyForcibly();
      RUNNING.remove(process);
    }
    if (process.exitValue() != 0) {
      throw new ClusterFailure(
          "%s: exit code %d: %s"
              .formatted(
                  this,
                  process.exitValue(),
                  (Files.readString(err) + Files.readString(out)).strip()));
    }
    return new Printed(Files.readString(out), Files.readString(err));
  }

  private static void endAll() {
    shuttingDown = true;
    RUNNING.forEach(Process::destroyForcibly);
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
