package dev.reprise.web;

import dev.reprise.progress.Live;
import dev.reprise.progress.LiveFeeds;
import dev.reprise.progress.Told;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Writes what a reader is told to somebody who keeps the connection open, on the thread that calls:
 * a virtual one, of which there may be thousands.
 */
final class EventStream {

  private final OutputStream out;
  private final StreamFormat format;
  private final Duration heartbeat;

  EventStream(HttpServletResponse response, StreamFormat format, Duration heartbeat)
      throws IOException {
    response.setContentType(format.contentType());
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    this.out = response.getOutputStream();
    this.format = format;
    this.heartbeat = heartbeat;
  }

  /**
   * Writes each change until the Restart has ended, is deleted, or the service stops.
   *
   * @throws IOException when nobody listens any more
   */
  void write(LiveFeeds.Reader<Rendered> reader) throws IOException, InterruptedException {
    send(format.opening());
    while (true) {
      switch (reader.next(heartbeat)) {
        case Told.Changed<Rendered>(Live live, Rendered rendered, long _) -> {
          send(format.change(live, rendered));
          if (live.any().isFinished()) {
            return;
          }
        }
        case Told.Quiet<Rendered>() -> send(format.heartbeat());
        case Told.Gone<Rendered>() -> {
          send(format.gone());
          return;
        }
        case Told.Stopping<Rendered>() -> {
          send(format.stopping());
          return;
        }
      }
    }
  }

  private void send(String text) throws IOException {
    if (!text.isEmpty()) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }
}
