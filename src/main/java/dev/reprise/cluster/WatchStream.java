package dev.reprise.cluster;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** The events of one watch as they come in. */
final class WatchStream implements AutoCloseable {

  private final ApiRequest request;
  private final Call call;
  private final Response response;
  private final BufferedSource lines;

  WatchStream(ApiRequest request, Call call, Response response) {
    this.request = request;
    this.call = call;
    this.response = response;
    this.lines = response.body().source();
  }

  /** As it came: ADDED, MODIFIED, DELETED or BOOKMARK, and the object. */
  record Event(String type, JsonObject object) {}

  /**
   * Waits for the next event.
   *
   * @return null when the API server has ended the watch, as it does every few minutes
   * @throws IOException when the connection broke or was silent for too long
   * @throws ApiFailure when the API server sent an ERROR
   */
  @Nullable Event next() throws IOException {
    // The API server writes each event on a line of its own (Go's JSON encoder).
    String line = lines.readUtf8Line();
    if (line == null) {
      return null;
    }
    try {
      JsonObject event = JsonParser.parseString(line).getAsJsonObject();
      String type = event.get("type").getAsString();
      JsonObject object = event.getAsJsonObject("object");
      if (type.equals("ERROR")) {
        throw ApiTransport.failure(request, object);
      }
      return new Event(type, object);
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      // Cut off in the middle, most likely.
      throw new IOException("Not an event of a watch: " + e.getMessage(), e);
    }
  }

  /** Ends a wait in {@link #next}; for any thread. */
  void cancel() {
    call.cancel();
  }

  /** For the reading thread. */
  @Override
  public void close() {
    call.cancel();
    response.close();
  }
}
