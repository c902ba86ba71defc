package dev.reprise.cluster;

import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The service's parts on a machine whose clock is an hour ahead. Nothing else asks for that one.
 */
public final class ClockAnHourOff {

  @Bean
  @Primary
  ServerClock wrongClock(Timing timing) {
    return new ServerClock(Clock.offset(Clock.systemUTC(), Duration.ofHours(1)), timing.nanoTime());
  }
}
