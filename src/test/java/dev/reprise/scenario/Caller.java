package dev.reprise.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who calls the service over HTTP. */
public record Caller(URI address, String token) {

  /** Somebody whom nobody knows. */
  public Caller(URI address) {
    this(address, "");
  }

  /** The same, who shows this token. */
  Caller with(String bearer) {
    return new Caller(address, bearer);
  }

  /** Far more than anything takes here: what is tested is never how fast this machine is. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  private static final JsonMapper JSON = JsonMapper.shared();

  /** What came back; the body is null when it is not JSON. */
  public record Answer(int status, HttpHeaders headers, JsonNode body) {

    public String text(String field) {
      return body.path(field).asString("");
    }

    int number(String object, String field) {
      return body.path(object).path(field).asInt(-1);
    }

    public String location() {
      return headers.firstValue("Location").orElse("");
    }

    /** The commands of what stands in the way. */
    List<String> nextSteps() {
      return body.path("blockers").values().stream()
          .map(blocker -> blocker.path("command").asString(""))
          .toList();
    }

    boolean isFinished() {
      return body.has("finishedAt");
    }

    /** Whether the trigger is known to have taken effect, or never will. */
    private boolean isTriggered() {
      boolean isUnderWay = text("phase").equals("Progressing");
      return isFinished() || (isUnderWay && !text("reason").equals("Triggering"));
    }
  }

  /** Asks for a restart; {@code headers} are names and values in turn. */
  public Answer post(String namespace, String body, String... headers) {
    return send(
        request("/namespaces/" + namespace + "/restarts", headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  /** Asks what a restart would come to. */
  Answer dryRun(String namespace, String body) {
    return send(
        request("/namespaces/" + namespace + "/restarts?dryRun=All")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  public Answer restart(String namespace, String kind, String name, String... headers) {
    return post(namespace, "{\"kind\": \"%s\", \"name\": \"%s\"}".formatted(kind, name), headers);
  }

  Answer newRevision(String namespace, String kind, String name) {
    return post(
        namespace,
        "{\"kind\": \"%s\", \"name\": \"%s\", \"strategy\": \"NewRevision\"}"
            .formatted(kind, name));
  }

  /**
   * Asks for a restart and returns the answer once the workload has been triggered. The service
   * itself waits 2 s for that and then answers all the same.
   */
  Answer begin(String namespace, String kind, String name) {
    return triggered(restart(namespace, kind, name));
  }

  Answer triggered(Answer accepted) {
    assertThat(accepted.status()).as(accepted.body().toString()).isEqualTo(202);
    await().atMost(PATIENCE).until(() -> get(accepted.location()), Answer::isTriggered);
    return accepted;
  }

  /** Asks for a restart and waits for its end, unless it is refused. */
  Answer restartAndWait(String namespace, String kind, String name) {
    return ended(restart(namespace, kind, name, "Prefer", "wait=50"));
  }

  /** What has become of it in the end; a refusal stays one. */
  Answer ended(Answer answer) {
    return answer.status() == 202 ? awaitEnd(answer.location()) : answer;
  }

  /** Cancels the restart that is found there. */
  Answer cancel(String location, String... headers) {
    return send(request(location + "/cancel", headers).POST(BodyPublishers.noBody()));
  }

  /** The restart as soon as so many of its pods are available. */
  Answer awaitReplaced(String location, int pods) {
    return awaitUntil(location, answer -> answer.number("progress", "replaced") >= pods);
  }

  public Answer get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  /** The restart as it is when it has ended. */
  public Answer awaitEnd(String location) {
    return awaitEnd(location, PATIENCE);
  }

  Answer awaitEnd(String location, Duration patience) {
    return await()
        .atMost(patience)
        .until(() -> get(location, "Prefer", "wait=50"), Answer::isFinished);
  }

  /** The restart as soon as something blocks it. */
  Answer awaitBlocked(String location) {
    return awaitUntil(location, answer -> !answer.body().path("blockers").isEmpty());
  }

  /** The restart as soon as so many revisions have pods. */
  Answer awaitRevisions(String location, int count) {
    return awaitUntil(
        location, answer -> answer.body().path("revisions").path("withPods").size() == count);
  }

  /** The restart as soon as it is so. */
  Answer awaitUntil(String location, Predicate<Answer> isSo) {
    return await().atMost(PATIENCE).until(() -> get(location), isSo);
  }

  /** The lines of an answer as they come. */
  Stream<String> lines(String path, String accept) {
    try {
      return CLIENT
          .send(request(path, "Accept", accept).GET().build(), BodyHandlers.ofLines())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What so many ask at once, each in a thread of their own. */
  static <T> Stream<CompletableFuture<T>> atOnce(int count, Supplier<T> ask) {
    return Stream.generate(() -> CompletableFuture.supplyAsync(ask, Thread::startVirtualThread))
        .limit(count);
  }

  /** How many calls are kept open, by the service's own count. */
  int openCalls() {
    return (int) metric("reprise_streams_open ").orElseThrow();
  }

  /** For how many seconds the oldest call, of any kind, has been open; 0 when none is. */
  double secondsOfOldestOpenCall() {
    return metric("http_server_requests_active_seconds_max{").orElse(0);
  }

  private OptionalDouble metric(String prefix) {
    try (Stream<String> lines = lines("/actuator/prometheus", "text/plain")) {
      return lines
          .filter(line -> line.startsWith(prefix))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .max();
    }
  }

  /** Waits until the service says that it is ready. */
  void awaitReady() {
    await()
        .atMost(PATIENCE)
        .ignoreException(UncheckedIOException.class)
        .untilAsserted(() -> {
          Answer health = get("/readyz");
          assertThat(health.status()).as(health.body().toString()).isEqualTo(200);
        });
  }

  /** With a method that may be none of HTTP's own. */
  Answer call(String method, String path) {
    return send(request(path).method(method, BodyPublishers.noBody()));
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      var answer = CLIENT.send(request.build(), BodyHandlers.ofString());
      boolean isJson =
          answer.headers().allValues("Content-Type").stream()
              .anyMatch(type -> type.contains("json"));
      return new Answer(
          answer.statusCode(),
          answer.headers(),
          isJson ? JSON.readTree(answer.body()) : JSON.nullNode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static List<String> names(JsonNode list) {
    return list.path("items").valueStream().map(item -> item.path("name").asString("")).toList();
  }
}
