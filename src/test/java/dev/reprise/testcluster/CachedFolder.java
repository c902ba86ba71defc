package dev.reprise.testcluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/**
 * What is made once and kept in the user's cache folder.
 *
 * @param name of what it holds
 * @param key names the folder: another one as soon as anything else would be made
 */
record CachedFolder(String name, String key) {

  /**
   * @param madeOf all that what it holds depends on
   */
  static CachedFolder of(String name, String... madeOf) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : madeOf) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
      }
      return new CachedFolder(name, name + "-" + HexFormat.of().formatHex(digest.digest(), 0, 8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }

  /** Fills an empty folder, which may be moved afterwards. */
  interface Maker {
    void into(Path folder) throws IOException, InterruptedException;
  }

  boolean isThere() {
    return Files.isDirectory(path());
  }

  /**
   * The folder, made if need be, by one process at a time. One thread at a time may call this,
   * since a file lock holds off other processes only.
   *
   * @throws ClusterFailure if it can't be made
   */
  Path orMake(Maker maker) {
    if (isThere()) {
      return path();
    }
    try {
      Files.createDirectories(all());
      try (FileChannel file =
              FileChannel.open(
                  all().resolve(name + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock _ = lock(file)) {
        if (!isThere()) {
          make(maker);
        }
      }
      return path();
    } catch (IOException e) {
      throw new ClusterFailure("Can't make " + path(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterFailure("Interrupted while making " + path(), e);
    }
  }

  /** Moved into place only when complete, so that an interrupted build leaves no broken one. */
  private void make(Maker maker) throws IOException, InterruptedException {
    Path unfinished = unfinished();
    maker.into(unfinished);
    Files.move(unfinished, path(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Another folder each time: a build whose JVM was killed may still be writing to its own. */
  private Path unfinished() throws IOException {
    String prefix = name + ".unfinished-";
    try (DirectoryStream<Path> abandoned = Files.newDirectoryStream(all(), prefix + "*")) {
      for (Path folder : abandoned) {
        FileSystemUtils.deleteRecursively(folder);
      }
    }
    return Files.createTempDirectory(all(), prefix);
  }

  private FileLock lock(FileChannel file) throws IOException {
    FileLock lock = file.tryLock();
    if (lock == null) {
      Progress.say("%s: another process is making it; waiting for that", name);
      lock = file.lock();
    }
    return lock;
  }

  private Path path() {
    return all().resolve(key);
  }

  private static Path all() {
    String home =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(path -> !path.isBlank())
            .orElseGet(() -> System.getProperty("user.home") + "/.cache");
    return Path.of(home, "reprise", "test-cluster");
  }
}
