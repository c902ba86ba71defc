package dev.reprise.cluster;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;

/** A watch as the API server writes it: stays open until ended. */
final class WatchBody implements MockResponseBody {

  private static final String END = "";

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  WatchBody send(String type, String object) {
    lines.add("{\"type\":\"%s\",\"object\":%s}%n".formatted(type, object));
    return this;
  }

  WatchBody bookmark(String resourceVersion) {
    return send("BOOKMARK", "{\"metadata\":{\"resourceVersion\":\"" + resourceVersion + "\"}}");
  }

  WatchBody cutOff() {
    lines.add("{\"type\":\"MODIFIED\",\"obj");
    return end();
  }

  WatchBody end() {
    lines.add(END);
    return this;
  }

  @Override
  public long getContentLength() {
    return -1;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    try {
      for (String line = lines.take(); !line.equals(END); line = lines.take()) {
        sink.writeUtf8(line).flush();
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
