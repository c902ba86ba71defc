package dev.reprise.web;

import dev.reprise.progress.Live;
import dev.reprise.progress.LiveFeeds;
import dev.reprise.progress.LiveProgress;
import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.VisibleRestarts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows one restart: as it is, as it changes, and what came of it. */
@RestController
@RequestMapping("/namespaces/{namespace}/restarts/{name}")
@Tag(name = "Restarts")
class RestartController {

  /** Kept under the 60 s after which proxies cut a silent connection. */
  private static final Duration RESULT_WAIT = Duration.ofSeconds(50);

  private final VisibleRestarts restarts;
  private final LiveProgress progress;
  private final LiveFeeds<Rendered> feeds;
  private final Rendering rendering;
  private final Waits waits;
  private final OpenCalls calls;
  private final StreamProperties streams;

  RestartController(
      VisibleRestarts restarts,
      LiveProgress progress,
      LiveFeeds<Rendered> feeds,
      Rendering rendering,
      Waits waits,
      OpenCalls calls,
      StreamProperties streams) {
    this.restarts = restarts;
    this.progress = progress;
    this.feeds = feeds;
    this.rendering = rendering;
    this.waits = waits;
    this.calls = calls;
    this.streams = streams;
  }

  @GetMapping
  @Operation(
      operationId = "getRestart",
      summary = "Look at a restart",
      description =
          """
          With its progress at this moment. `Prefer: wait=N` waits for its end; with \
          `If-None-Match` for anything new. `Accept: text/plain` for people.
          """)
  @ApiAnswers.Get
  ResponseEntity<Object> get(
      @Parameter(description = ApiParameters.NAMESPACE, example = "demo") @PathVariable
          String namespace,
      @Parameter(description = ApiParameters.NAME) @PathVariable String name,
      @Parameter(description = ApiParameters.PREFER)
          @RequestHeader(name = "Prefer", required = false)
          @Nullable String prefer,
      @Parameter(description = "The ETag of an earlier answer; 304 while nothing has changed")
          @RequestHeader(name = "If-None-Match", required = false)
          @Nullable String known,
      @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false)
          @Nullable String accept,
      HttpServletRequest call)
      throws InterruptedException {
    RestartKey key = KubernetesNames.restart(namespace, name);
    Optional<AnyRestart> found = restarts.find(Callers.current(), key);
    if (found.isEmpty()) {
      return Problems.answer(Problems.noSuchRestart(key));
    }
    Optional<Duration> wait = RequestHeaders.waitOf(prefer);
    Optional<Live> waited =
        wait.isPresent() ? await(found.get(), known, wait.get(), call) : Optional.empty();
    Live seen = waited.orElseGet(() -> progress.now(found.get()));
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok().eTag(rendering.etag(seen));
    waited.ifPresent(
        _ -> answer.header("Preference-Applied", "wait=" + wait.orElseThrow().toSeconds()));
    return Representation.of(seen, accept, answer);
  }

  private Optional<Live> await(
      AnyRestart restart, @Nullable String known, Duration limit, HttpServletRequest call)
      throws InterruptedException {
    return known == null
        ? waits.untilFinished(restart, limit, call).map(progress::now)
        : waits.untilChanged(restart, known, limit, call);
  }

  @GetMapping("/events")
  @Operation(
      operationId = "followRestart",
      summary = "Follow a restart",
      description =
          """
          How it stands, then each change, until it has ended: server-sent events, or with \
          `Accept: text/plain` lines as `kubectl rollout status` prints them. 204 when it has ended \
          and `Last-Event-ID` shows that this has been seen.
          """)
  @ApiAnswers.Events
  @Nullable ResponseEntity<Object> events(
      @Parameter(description = ApiParameters.NAMESPACE, example = "demo") @PathVariable
          String namespace,
      @Parameter(description = ApiParameters.NAME) @PathVariable String name,
      @Parameter(description = "The id of the last event seen; browsers send it by themselves")
          @RequestHeader(name = "Last-Event-ID", required = false)
          @Nullable String lastEventId,
      @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false)
          @Nullable String accept,
      HttpServletRequest call,
      HttpServletResponse response)
      throws InterruptedException, IOException {
    RestartKey key = KubernetesNames.restart(namespace, name);
    Optional<AnyRestart> found = restarts.find(Callers.current(), key);
    if (found.isEmpty()) {
      return Problems.answer(Problems.noSuchRestart(key));
    }
    AnyRestart restart = found.get();
    if (restart.isFinished() && isSeen(restart, lastEventId)) {
      return ResponseEntity.noContent().build();
    }
    StreamFormat format =
        RequestHeaders.prefersText(accept) ? new StatusLines() : new ServerSentEvents();
    if (call.getMethod().equals("HEAD")) {
      // Nobody would ever be seen to have gone: what is written is thrown away.
      return ResponseEntity.ok().contentType(MediaType.valueOf(format.contentType())).build();
    }
    Optional<OpenCalls.Open> place = calls.enter(Callers.current(), call.getRemoteAddr());
    if (place.isEmpty()) {
      return tooMany();
    }
    try (OpenCalls.Open _ = place.get();
        LiveFeeds.Reader<Rendered> reader = feeds.open(restart)) {
      new EventStream(response, format, streams.heartbeat()).write(reader);
    }
    return null;
  }

  private boolean isSeen(AnyRestart restart, @Nullable String lastEventId) {
    return rendering.etag(progress.now(restart)).equals(lastEventId);
  }

  @GetMapping("/result")
  @Operation(
      operationId = "getRestartResult",
      summary = "Wait for a restart's result",
      description =
          """
          200 only when it succeeded. Made for `curl --fail-with-body --retry 100`: after 50 s it \
          answers 504, which curl tries again.
          """)
  @ApiAnswers.Result
  ResponseEntity<Object> result(
      @Parameter(description = ApiParameters.NAMESPACE, example = "demo") @PathVariable
          String namespace,
      @Parameter(description = ApiParameters.NAME) @PathVariable String name,
      @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false)
          @Nullable String accept,
      HttpServletRequest call)
      throws InterruptedException {
    RestartKey key = KubernetesNames.restart(namespace, name);
    Optional<AnyRestart> found = restarts.find(Callers.current(), key);
    if (found.isEmpty()) {
      return Problems.answer(Problems.noSuchRestart(key));
    }
    Optional<AnyRestart> ended = waits.untilFinished(found.get(), RESULT_WAIT, call);
    return ended.isEmpty() ? tooMany() : Results.answer(progress.now(ended.get()), accept);
  }

  private ResponseEntity<Object> tooMany() {
    return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
        .header("Retry-After", "10")
        .body(Problems.tooManyStreams(streams));
  }
}
