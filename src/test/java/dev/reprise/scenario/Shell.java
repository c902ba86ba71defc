package dev.reprise.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Somebody at a terminal, with curl and a plain sh. */
record Shell(Map<String, String> environment) {

  /** What a script printed, its answers before its errors, and its exit code. */
  record Ended(String output, String errors, int exitCode) {
    String printed() {
      return output + (output.isEmpty() || output.endsWith("\n") ? "" : "\n") + errors;
    }
  }

  Ended run(String script) {
    try (Running running = start(script)) {
      return running.ended();
    }
  }

  Running start(String script) {
    try {
      ProcessBuilder shell = new ProcessBuilder("sh", "-c", script);
      shell.environment().putAll(environment);
      shell.environment().put("no_proxy", "*");
      return new Running(shell.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A script on its way; closed, it is ended. */
  record Running(Process process) implements AutoCloseable {

    /** What it prints, as it comes. */
    BufferedReader output() {
      return process.inputReader();
    }

    /** Waits for its end. */
    Ended ended() {
      var errors =
          CompletableFuture.supplyAsync(
              () -> textOf(process.errorReader()), Thread::startVirtualThread);
      String output = textOf(process.inputReader());
      try {
        return new Ended(output, errors.join(), process.waitFor());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    private static String textOf(BufferedReader reader) {
      try {
        return reader.readAllAsString();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
