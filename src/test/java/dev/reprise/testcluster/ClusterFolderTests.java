package dev.reprise.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFolderTests {
  @TempDir Path home;

  @Test
  void endsWhatAKilledJvmLeftRunning() throws Exception {
    Process leftover = new ProcessBuilder("tail", "-f", log().toString()).start();
    writePid(leftover);

    try (ClusterFolder folder = ClusterFolder.take(home)) {
      assertThat(leftover.isAlive()).isFalse();
      assertThat(folder.log(Component.ETCD)).doesNotExist();
    }
  }

  @Test
  void sparesAProcessThatGotTheIdSince() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "60").start();
    writePid(stranger);

    try (ClusterFolder _ = ClusterFolder.take(home)) {
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void belongsToOneClusterAtATime() {
    try (ClusterFolder _ = ClusterFolder.take(home)) {
      assertThatThrownBy(() -> ClusterFolder.take(home))
          .isInstanceOf(ClusterFailure.class)
          .hasMessageContaining("already running");
    }

    ClusterFolder.take(home).close();
  }

  private Path log() throws IOException {
    Path log = Files.createDirectories(home.resolve("logs")).resolve("etcd.log");
    return Files.writeString(log, "");
  }

  private void writePid(Process process) throws IOException {
    Path pids = Files.createDirectories(home.resolve("pids"));
    Files.writeString(pids.resolve("etcd"), Long.toString(process.pid()));
  }
}
