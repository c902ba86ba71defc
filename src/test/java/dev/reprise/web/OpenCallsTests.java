package dev.reprise.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.Caller;
import dev.reprise.web.OpenCalls.Open;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenCallsTests {

  private static final Caller ANNA = new Caller("anna", List.of());
  private static final Caller BEN = new Caller("ben", List.of());

  private final OpenCalls calls = new OpenCalls(new StreamProperties(3, 2, Duration.ofSeconds(15)));

  @Test
  void keepsNoMoreOfACallerThanTheyMayHave() {
    assertThat(calls.enter(ANNA, "10.0.0.1")).isPresent();
    assertThat(calls.enter(ANNA, "10.0.0.2")).isPresent();

    assertThat(calls.enter(ANNA, "10.0.0.3")).isEmpty();
    assertThat(calls.enter(BEN, "10.0.0.1")).isPresent();
  }

  @Test
  void keepsNoMoreInAll() {
    assertThat(calls.enter(ANNA, "10.0.0.1")).isPresent();
    assertThat(calls.enter(ANNA, "10.0.0.1")).isPresent();
    assertThat(calls.enter(BEN, "10.0.0.2")).isPresent();

    assertThat(calls.enter(BEN, "10.0.0.2")).isEmpty();
    assertThat(calls.count()).isEqualTo(3);
  }

  @Test
  void givesTheCallersPlaceBack() {
    Open first = calls.enter(ANNA, "10.0.0.1").orElseThrow();
    assertThat(calls.enter(ANNA, "10.0.0.1")).isPresent();

    first.close();

    assertThat(calls.count()).isEqualTo(1);
    assertThat(calls.enter(ANNA, "10.0.0.1")).isPresent();
    assertThat(calls.enter(ANNA, "10.0.0.1")).isEmpty();
  }

  @Test
  void tellsThoseWhomNobodyKnowsApartByTheirAddress() {
    assertThat(calls.enter(Caller.ANONYMOUS, "10.0.0.1")).isPresent();
    assertThat(calls.enter(Caller.ANONYMOUS, "10.0.0.1")).isPresent();

    assertThat(calls.enter(Caller.ANONYMOUS, "10.0.0.1")).isEmpty();
    assertThat(calls.enter(Caller.ANONYMOUS, "10.0.0.2")).isPresent();
  }
}
