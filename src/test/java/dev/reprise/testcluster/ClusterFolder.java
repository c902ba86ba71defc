package dev.reprise.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The files of one local cluster: kubeconfig, {@code logs/}, {@code pids/} and {@code data/}. The
 * JVM that runs the cluster holds a lock in it; the system releases that however the JVM ends.
 */
final class ClusterFolder implements AutoCloseable {
  // Closing any channel of a file lets go of all the JVM's locks on it (POSIX), so a second taker
  // in this JVM must not even open the file.
  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  private final Path home;
  private final FileChannel lockFile;

  private ClusterFolder(Path home, FileChannel lockFile) {
    this.home = home;
    this.lockFile = lockFile;
  }

  /** Takes the folder, ends what a killed JVM left running from it, and empties it. */
  static ClusterFolder take(Path home) {
    Path absolute = home.toAbsolutePath().normalize();
    if (!TAKEN.add(absolute)) {
      throw taken(absolute);
    }
    try {
      Files.createDirectories(absolute);
      ClusterFolder folder = new ClusterFolder(absolute, locked(absolute));
      folder.endLeftovers();
      for (String part : List.of("data", "logs", "pids")) {
        FileSystemUtils.deleteRecursively(absolute.resolve(part));
        Files.createDirectory(absolute.resolve(part));
      }
      return folder;
    } catch (IOException e) {
      TAKEN.remove(absolute);
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel locked(Path home) throws IOException {
    FileChannel file =
        FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (file.tryLock() == null) {
      file.close();
      TAKEN.remove(home);
      throw taken(home);
    }
    return file;
  }

  private static ClusterFailure taken(Path home) {
    return new ClusterFailure("A test cluster is already running from " + home);
  }

  Path kubeconfig() {
    return home.resolve("kubeconfig");
  }

  Path log(Component component) {
    return home.resolve("logs").resolve(component.binary() + ".log");
  }

  Path data(String name) {
    return home.resolve("data").resolve(name);
  }

  void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void remember(Component component, ProcessHandle process) {
    write(home.resolve("pids").resolve(component.binary()), Long.toString(process.pid()));
  }

  /** A process id may belong to somebody else by now: only a command line with our home is ours. */
  private void endLeftovers() throws IOException {
    Path pids = home.resolve("pids");
    if (!Files.isDirectory(pids)) {
      return;
    }
    try (Stream<Path> files = Files.list(pids)) {
      List<ProcessHandle> leftovers =
          files.map(ClusterFolder::process).flatMap(Optional::stream).filter(this::isOurs).toList();
      leftovers.forEach(ProcessHandle::destroyForcibly);
      CompletableFuture.allOf(
              leftovers.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .completeOnTimeout(null, 10, TimeUnit.SECONDS)
          .join();
    }
  }

  private static Optional<ProcessHandle> process(Path pidFile) {
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()));
    } catch (IOException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  private boolean isOurs(ProcessHandle process) {
    return process.info().commandLine().filter(line -> line.contains(home + "/")).isPresent();
  }

  @Override
  public void close() {
    try {
      lockFile.close();
      TAKEN.remove(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
