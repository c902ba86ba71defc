package dev.reprise.testcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PortsTests {

  @Test
  void givesNoPortTwice() {
    int port = Ports.free();

    assertThat(Ports.lock(port)).isFalse();
  }

  /** Two that start clusters at the same moment, before any part of these listens. */
  @Test
  void givesNoPortThatAnotherProcessWasGiven() throws IOException, InterruptedException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PortsTests.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      int port = Integer.parseInt(other.inputReader().readLine());

      assertThat(Ports.lock(port)).isFalse();
    } finally {
      other.destroyForcibly();
    }
  }

  /** The other process. Without arguments, so that it is no main class for spring-boot:test-run. */
  static void main() throws IOException {
    System.out.println(Ports.free());
    System.in.read();
  }
}
