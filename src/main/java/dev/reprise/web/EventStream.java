package dev.reprise.web;

import dev.reprise.progress.LiveFeeds;
import dev.reprise.progress.LiveRestart;
import dev.reprise.progress.Told;
import dev.reprise.rollout.RolloutProgress;
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

  /** Proxies commonly cut a silent connection after 60 s. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final OutputStream out;
  private final Format format;

  /** How it is written. */
  interface Format {
    String contentType();

    /** Once, before anything else. */
    String opening();

    String change(LiveRestart restart, Rendered rendered);

    String heartbeat();

    String gone();

    String stopping();
  }

  EventStream(HttpServletResponse response, Format format) throws IOException {
    response.setContentType(format.contentType());
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    this.out = response.getOutputStream();
    this.format = format;
  }

  /**
   * Writes each change until the Restart has ended, is deleted, or the service stops.
   *
   * @throws IOException when nobody listens any more
   */
  void write(LiveFeeds.Reader<Rendered> reader) throws IOException, InterruptedException {
    send(format.opening());
    while (true) {
      switch (reader.next(HEARTBEAT)) {
        case Told.Changed<Rendered>(LiveRestart restart, Rendered rendered, long _) -> {
          send(format.change(restart, rendered));
          if (restart.restart().isFinished()) {
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

  /**
   * Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). The ids
   * are ETags, so that any replica knows what a client has seen.
   */
  static final class ServerSentEvents implements Format {

    @Override
    public String contentType() {
      return "text/event-stream";
    }

    @Override
    public String opening() {
      return "retry: 2000\n\n";
    }

    @Override
    public String change(LiveRestart restart, Rendered rendered) {
      return "id: %s\nevent: %s\ndata: %s\n\n"
          .formatted(
              rendered.etag(),
              restart.restart().isFinished() ? "finished" : "progress",
              rendered.json());
    }

    @Override
    public String heartbeat() {
      return ": still here\n\n";
    }

    @Override
    public String gone() {
      return "event: deleted\ndata: {}\n\n";
    }

    @Override
    public String stopping() {
      return "retry: 1000\nevent: reconnect\ndata: {}\n\n";
    }
  }

  /** A line for each change that a person would notice. */
  static final class Lines implements Format {

    private String last = "";

    @Override
    public String contentType() {
      return "text/plain";
    }

    @Override
    public String opening() {
      return "";
    }

    @Override
    public String change(LiveRestart restart, Rendered rendered) {
      if (rendered.line().equals(last)) {
        return "";
      }
      last = rendered.line();
      return isAboutToEnd(restart) ? "" : last + "\n";
    }

    /** Its end, which says the same, follows as soon as the leader has recorded it. */
    private static boolean isAboutToEnd(LiveRestart live) {
      RolloutProgress progress = live.restart().status().progress();
      return !live.restart().isFinished() && progress != null && progress.isComplete();
    }

    /** The same line again, so that it is seen to be alive. */
    @Override
    public String heartbeat() {
      return last.isEmpty() ? "" : last + "\n";
    }

    @Override
    public String gone() {
      return "error: the restart was deleted; what it had begun goes on\n";
    }

    @Override
    public String stopping() {
      return "The service is stopping; ask again, another replica will answer\n";
    }
  }
}
