package dev.reprise.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many calls may be kept open: event streams, and calls that wait for a restart's end.
 *
 * @param total Most open calls in all.
 * @param perCaller Most open calls of one user; without authentication, of one address.
 * @param heartbeat How often an event stream says that it is still there, while nothing changes.
 *     Proxies cut a silent connection, commonly after 60 s; and a reader who has gone is noticed.
 */
@ConfigurationProperties("reprise.streams")
record StreamProperties(
    @DefaultValue("2000") int total,
    @DefaultValue("500") int perCaller,
    @DefaultValue("15s") Duration heartbeat) {

  StreamProperties {
    if (total < 1 || perCaller < 1) {
      throw new IllegalArgumentException("total and per-caller must be at least 1");
    }
    if (heartbeat.toSeconds() < 1) {
      throw new IllegalArgumentException("heartbeat must be at least 1s");
    }
  }
}
