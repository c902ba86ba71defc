package dev.reprise.testcluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortsTests {

  @Test
  void givesNoPortTwice() {
    int port = Ports.free();

    assertThat(Ports.lock(port)).isFalse();
  }
}
