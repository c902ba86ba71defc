package dev.reprise.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One run of a component, from its start to its end. */
record ComponentProcess(Component component, Process process, Path log) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration REPORT_EVERY = Duration.ofSeconds(10);
  private static final int TAIL = 15;

  static ComponentProcess launch(Component component, List<String> commandLine, Path log) {
    try {
      ProcessBuilder builder = new ProcessBuilder(commandLine).redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      Process process = builder.start();
      process.getOutputStream().close();
      return new ComponentProcess(component, process, log);
    } catch (IOException e) {
      throw new ClusterFailure("Can't start " + commandLine.getFirst(), e);
    }
  }

  /** Returns when {@code endpoint} says that the component works. */
  void awaitHealthy(Health health, URI endpoint) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long report = System.nanoTime() + REPORT_EVERY.toNanos();
    while (!health.isGood(endpoint)) {
      if (hasEndedWithin(Duration.ofMillis(100))) {
        throw failure("has ended with exit code " + process.exitValue());
      }
      if (System.nanoTime() - report > 0) {
        report += REPORT_EVERY.toNanos();
        Progress.say("still waiting for %s at %s; its log is %s", component, endpoint, log);
      }
      if (System.nanoTime() - deadline > 0) {
        throw failure("is not healthy after " + PATIENCE.toSeconds() + " s (" + endpoint + ")");
      }
    }
    if (!process.isAlive()) {
      throw failure("has ended, and another program answers at " + endpoint);
    }
  }

  void terminate() {
    process.destroy();
  }

  /** Waits for the end that {@link #terminate} began, and enforces it if it takes too long. */
  void awaitEnd(Duration patience) {
    if (!hasEndedWithin(patience)) {
      process.destroyForcibly();
      hasEndedWithin(PATIENCE);
    }
  }

  private boolean hasEndedWithin(Duration duration) {
    try {
      return process.waitFor(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterFailure("Interrupted while waiting for " + component, e);
    }
  }

  /** What became of it; empty while it runs. */
  Optional<String> death() {
    return process.isAlive()
        ? Optional.empty()
        : Optional.of("%s (exit code %d, log %s)".formatted(component, process.exitValue(), log));
  }

  private ClusterFailure failure(String what) {
    return new ClusterFailure(
        "%s %s. The end of its log %s:%n%s".formatted(component, what, log, tail()));
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
