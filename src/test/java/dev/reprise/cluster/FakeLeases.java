package dev.reprise.cluster;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/** One Lease, with the API server's clock and its optimistic locking. */
final class FakeLeases extends Dispatcher {

  private final Deque<Runnable> beforeWrites = new ArrayDeque<>();
  private JsonObject lease;
  private int version;
  private boolean losesAnswers;
  private boolean down;
  Instant clock = Instant.parse("2026-09-29T10:00:00Z");

  synchronized JsonObject spec() {
    return lease.getAsJsonObject("spec");
  }

  synchronized String holder() {
    return spec().get("holderIdentity").getAsString();
  }

  /** Writes as somebody else would. */
  synchronized void put(String spec) {
    lease = JsonParser.parseString("{\"metadata\":{\"name\":\"reprise\"}}").getAsJsonObject();
    lease.add("spec", JsonParser.parseString(spec));
    stamp();
  }

  /** Something that happens between a read and the write that follows. */
  synchronized void beforeNextWrite(Runnable happens) {
    beforeWrites.add(happens);
  }

  synchronized void loseAnswersToWrites(boolean lose) {
    losesAnswers = lose;
  }

  synchronized void setDown(boolean isDown) {
    down = isDown;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    Runnable first = request.getMethod().equals("PUT") ? next() : null;
    if (first != null) {
      first.run();
    }
    return answer(request);
  }

  private synchronized Runnable next() {
    return beforeWrites.poll();
  }

  private synchronized MockResponse answer(RecordedRequest request) {
    if (down) {
      return dated(FakeApiServer.refusal(403, "Forbidden", "down"));
    }
    return switch (request.getMethod()) {
      case "GET" -> lease == null ? refusal(404, "NotFound") : found();
      case "POST" -> lease == null ? write(request) : refusal(409, "AlreadyExists");
      case "PUT" -> isCurrent(request) ? write(request) : refusal(409, "Conflict");
      default -> throw new AssertionError(request);
    };
  }

  private boolean isCurrent(RecordedRequest request) {
    return version(body(request)).equals(version(lease));
  }

  private static String version(JsonObject object) {
    return object.getAsJsonObject("metadata").get("resourceVersion").getAsString();
  }

  private static JsonObject body(RecordedRequest request) {
    return JsonParser.parseString(request.getBody().utf8()).getAsJsonObject();
  }

  private MockResponse write(RecordedRequest request) {
    lease = body(request);
    stamp();
    return losesAnswers
        ? new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build()
        : found();
  }

  private void stamp() {
    version++;
    lease.getAsJsonObject("metadata").addProperty("resourceVersion", Integer.toString(version));
  }

  private MockResponse found() {
    return dated(new MockResponse.Builder().body(lease.toString()));
  }

  private MockResponse refusal(int code, String reason) {
    return dated(FakeApiServer.refusal(code, reason, ""));
  }

  private MockResponse dated(MockResponse.Builder response) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.atZone(ZoneOffset.UTC));
    return response.addHeader("Date", date).build();
  }
}
