package dev.reprise.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Carries one request to the API server, once, and translates what comes back. */
final class ApiTransport {

  /** {@code SegmentPool.MAX_SIZE}. */
  private static final int SEGMENTS_KEPT = 64 * 1024;

  private final ApiConnection.Source source;

  ApiTransport(ApiConnection.Source source) {
    this.source = source;
  }

  /**
   * @param atMost how long this may take, when that is shorter than the client's own time-out
   * @throws ApiFailure for anything but success
   */
  ApiAnswer exchange(ApiRequest request, Duration atMost) {
    return exchange(request, atMost, ApiConnection::requests);
  }

  /** The same, and afterwards nothing is left in any buffer of what came back. */
  ApiAnswer exchangeConfidential(ApiRequest request, Duration atMost) {
    try {
      return exchange(request, atMost, ApiConnection::confidential);
    } finally {
      overwriteSegments();
    }
  }

  /**
   * Okio keeps used segments, as they are, for the next that needs one: up to 64 KiB of them for
   * threads like this one, which over HTTP/1.1 is the only one to read.
   */
  private static void overwriteSegments() {
    Buffer buffer = new Buffer();
    buffer.write(new byte[SEGMENTS_KEPT]);
    buffer.clear();
  }

  private ApiAnswer exchange(
      ApiRequest request, Duration atMost, Function<ApiConnection, OkHttpClient> client) {
    SentMark.Mark mark = new SentMark.Mark();
    try {
      ApiConnection connection = source.connection();
      Call call = call(connection, client.apply(connection), request, mark);
      shorten(call, atMost);
      try (Response response = call.execute()) {
        if (!response.isSuccessful()) {
          throw refused(request, response);
        }
        return new ApiAnswer(object(response), date(response));
      }
    } catch (ApiFailure failure) {
      throw failure;
    } catch (Exception e) {
      throw noAnswer(request, mark, e);
    }
  }

  /**
   * Opens a watch.
   *
   * @throws ApiFailure when it is refused, or there is no answer
   */
  WatchStream watch(ApiRequest request) {
    SentMark.Mark mark = new SentMark.Mark();
    try {
      ApiConnection connection = source.connection();
      Call call = call(connection, connection.watches(), request, mark);
      Response response = call.execute();
      if (!response.isSuccessful()) {
        try (response) {
          throw refused(request, response);
        }
      }
      return new WatchStream(request, call, response);
    } catch (ApiFailure failure) {
      throw failure;
    } catch (Exception e) {
      throw noAnswer(request, mark, e);
    }
  }

  private static Call call(
      ApiConnection connection, OkHttpClient client, ApiRequest request, SentMark.Mark mark) {
    HttpUrl base = connection.server();
    String path = base.encodedPath().replaceFirst("/$", "") + request.path().escaped();
    HttpUrl.Builder url = base.newBuilder().encodedPath(path);
    request.query().forEach(url::addQueryParameter);
    JsonObject body = request.body();
    MediaType type = MediaType.get(request.verb().contentType());
    return client.newCall(
        new Request.Builder()
            .url(url.build())
            .header("Accept", request.accepts())
            .header("User-Agent", connection.userAgent())
            // As bytes, since from a String OkHttp would add a charset to the media type.
            .method(
                request.verb().method(),
                body == null ? null : RequestBody.create(body.toString().getBytes(UTF_8), type))
            .tag(SentMark.Mark.class, mark)
            .tag(ApiRequest.class, request)
            .build());
  }

  private static void shorten(Call call, Duration atMost) {
    long usual = call.timeout().timeoutNanos();
    if (usual == 0 || atMost.toNanos() < usual) {
      call.timeout().timeout(Math.max(1, atMost.toNanos()), TimeUnit.NANOSECONDS);
    }
  }

  private static JsonObject object(Response response) {
    return JsonParser.parseReader(response.body().charStream()).getAsJsonObject();
  }

  private static @Nullable Instant date(Response response) {
    Date date = response.headers().getDate("Date");
    return date == null ? null : date.toInstant();
  }

  /** For any exception: OkHttp, written in Kotlin, throws InterruptedException undeclared. */
  private static ApiFailure noAnswer(ApiRequest request, SentMark.Mark mark, Exception cause) {
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    String message = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    return new ApiFailure(
        request, new ApiFailure.Answer(0, "", message, Set.of(), null, mark.isSent()), cause);
  }

  private static ApiFailure refused(ApiRequest request, Response response) throws IOException {
    String text = response.body().string();
    JsonObject status = status(text);
    String message = text(status, "message");
    return new ApiFailure(
        request,
        new ApiFailure.Answer(
            response.code(),
            text(status, "reason"),
            message.isEmpty() ? shortened(text) : message,
            causes(status),
            retryAfter(response, status),
            true),
        null);
  }

  /** A failure that came inside a watch, as the Status object of an ERROR event. */
  static ApiFailure failure(ApiRequest request, JsonObject status) {
    JsonElement code = status.get("code");
    return new ApiFailure(
        request,
        new ApiFailure.Answer(
            code == null ? 500 : code.getAsInt(),
            text(status, "reason"),
            text(status, "message"),
            causes(status),
            null,
            true),
        null);
  }

  /** Proxies, and the API server for an unknown path, answer with something other than a Status. */
  private static JsonObject status(String body) {
    try {
      return JsonParser.parseString(body) instanceof JsonObject object ? object : new JsonObject();
    } catch (JsonParseException e) {
      return new JsonObject();
    }
  }

  private static String text(JsonObject object, String field) {
    JsonElement value = object.get(field);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }

  private static String shortened(String body) {
    String line = body.strip().replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }

  private static Set<String> causes(JsonObject status) {
    Set<String> causes = new HashSet<>();
    if (status.get("details") instanceof JsonObject details && details.has("causes")) {
      details
          .getAsJsonArray("causes")
          .forEach(cause -> causes.add(text(cause.getAsJsonObject(), "reason")));
    }
    return causes;
  }

  /** The API server gives seconds; the details of its Status say the same. */
  private static @Nullable Duration retryAfter(Response response, JsonObject status) {
    String header = response.header("Retry-After");
    if (header != null && header.matches("\\d{1,6}")) {
      return Duration.ofSeconds(Long.parseLong(header));
    }
    if (status.get("details") instanceof JsonObject details
        && details.get("retryAfterSeconds") instanceof JsonPrimitive seconds) {
      return Duration.ofSeconds(seconds.getAsLong());
    }
    return null;
  }
}
