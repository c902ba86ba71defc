package dev.reprise.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The ways in which clients wait for what becomes of a restart. */
enum Looking {
  LONG_POLL("GET with Prefer: wait", "", "Prefer: wait=50"),
  EVENTS("event stream", "/events", "Accept: text/event-stream");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String title;
  private final String path;
  private final String header;

  Looking(String title, String path, String header) {
    this.title = title;
    this.path = path;
    this.header = header;
  }

  LineStream at(URI service, String restart, Consumer<String> line) throws IOException {
    return LineStream.open(service, restart + path, header, line);
  }

  /** Why the service can't be looked at in this way; empty when it can. */
  Optional<String> missing(URI service, String restart) throws IOException, InterruptedException {
    if (this == LONG_POLL) {
      return Optional.empty();
    }
    try (LineStream stream = at(service, restart, _ -> {})) {
      int status = stream.status(PATIENCE);
      return status == 200
          ? Optional.empty()
          : Optional.of("this version answers %d to GET %s".formatted(status, path));
    }
  }

  @Override
  public String toString() {
    return title;
  }
}
