package dev.reprise.web;

import dev.reprise.progress.Live;

/**
 * Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). The ids are
 * ETags, so that any replica knows what a client has seen.
 */
final class ServerSentEvents implements StreamFormat {

  @Override
  public String contentType() {
    return "text/event-stream";
  }

  @Override
  public String opening() {
    return "retry: 2000\n\n";
  }

  @Override
  public String change(Live live, Rendered rendered) {
    return "id: %s\nevent: %s\ndata: %s\n\n"
        .formatted(
            rendered.etag(), live.any().isFinished() ? "finished" : "progress", rendered.json());
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
