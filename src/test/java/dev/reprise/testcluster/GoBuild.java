package dev.reprise.testcluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Builds the tools of one Go module, and tells the person who waits how far it is. */
final class GoBuild {
  private static final Duration REPORT_EVERY = Duration.ofSeconds(15);
  private static final int TAIL = 20;

  private final GoModule module;
  private final Deque<String> tail = new ArrayDeque<>();
  private int packages;

  GoBuild(GoModule module) {
    this.module = module;
  }

  /** Returns when all the module's tools are in {@code target}. */
  void into(Path target) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "go",
            "build",
            "-v",
            "-trimpath",
            "-ldflags",
            module.linkerFlags(),
            "-o",
            target + "/",
            "tool");
    builder.directory(module.folder().toFile()).redirectErrorStream(true);
    builder.environment().put("CGO_ENABLED", "0");
    builder.environment().put("GOFLAGS", "");
    builder.environment().put("GOWORK", "off");
    long start = System.nanoTime();
    Process go = builder.start();
    Thread killer = Thread.ofPlatform().unstarted(() -> endWithChildren(go));
    Runtime.getRuntime().addShutdownHook(killer);
    Thread reader = Thread.startVirtualThread(() -> go.inputReader().lines().forEach(this::read));
    try {
      while (!go.waitFor(REPORT_EVERY.toSeconds(), TimeUnit.SECONDS)) {
        say("%s so far, %s", elapsedSince(start), progress());
      }
      reader.join();
    } finally {
      endWithChildren(go);
    }
    Runtime.getRuntime().removeShutdownHook(killer);
    if (go.exitValue() != 0) {
      throw new ClusterFailure(
          "go build of " + module.folder() + " failed:\n" + String.join("\n", tail));
    }
    say("built in %s", elapsedSince(start));
  }

  void say(String format, Object... arguments) {
    Progress.say("%s: %s", module.name(), format.formatted(arguments));
  }

  private synchronized void read(String line) {
    if (!line.startsWith("go: ")) {
      packages++; // with -v, go prints each package as it compiles it
    }
    tail.addLast(line);
    if (tail.size() > TAIL) {
      tail.removeFirst();
    }
  }

  private synchronized String progress() {
    return tail.isEmpty()
        ? "linking what is compiled already"
        : "%d packages compiled, last line: %s".formatted(packages, tail.getLast());
  }

  private static String elapsedSince(long start) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    return "%d min %02d s".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
  }

  private static void endWithChildren(Process go) {
    go.descendants().forEach(ProcessHandle::destroy);
    go.destroy();
  }
}
