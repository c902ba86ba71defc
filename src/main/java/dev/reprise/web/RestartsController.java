package dev.reprise.web;

import dev.reprise.progress.LiveProgress;
import dev.reprise.restart.Caller;
import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.RestartWaiting;
import dev.reprise.restart.Restarts;
import dev.reprise.restart.StartOutcome;
import dev.reprise.restart.StartRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Starts restarts and shows them. */
@RestController
@RequestMapping("/namespaces/{namespace}/restarts")
@Tag(name = "Restarts")
class RestartsController {

  /** Kept under the 60 s after which proxies cut a silent connection. */
  private static final Duration RESULT_WAIT = Duration.ofSeconds(50);

  private static final String POLL_SECONDS = "2";

  private final Restarts restarts;
  private final RestartStore store;
  private final RestartWaiting waiting;
  private final LiveProgress progress;

  RestartsController(
      Restarts restarts, RestartStore store, RestartWaiting waiting, LiveProgress progress) {
    this.restarts = restarts;
    this.store = store;
    this.waiting = waiting;
    this.progress = progress;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Restart a workload",
      description =
          "Answers as soon as the restart has begun, or with 'Prefer: wait=N' when it has ended or"
              + " N seconds have gone by.")
  @ApiAnswers.Start
  ResponseEntity<Object> start(
      @PathVariable String namespace,
      @RequestBody RestartBody body,
      @Parameter(description = "Repeat it to be sure that a lost answer doesn't restart twice")
          @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String idempotencyKey,
      @Parameter(description = "wait=N: answer when it has ended, after N seconds at most")
          @RequestHeader(name = "Prefer", required = false)
          @Nullable String prefer,
      @Parameter(hidden = true) @RequestParam(required = false) @Nullable String dryRun)
      throws InterruptedException {
    if (dryRun != null) {
      throw new InvalidRequest("dryRun", "is not available yet; nothing was restarted");
    }
    StartRequest request =
        body.toRequest(Caller.ANONYMOUS, namespace, RequestHeaders.idempotencyKey(idempotencyKey));
    return switch (restarts.start(request)) {
      case StartOutcome.Accepted(Restart restart) -> accepted(restart, prefer);
      case StartOutcome.Refused(var plan) -> problem(Problems.refused(plan));
      case StartOutcome.Busy(RestartKey other) -> problem(Problems.busy(other));
      case StartOutcome.KeyReused(Restart earlier) -> problem(Problems.keyReused(earlier));
      case StartOutcome.NoSuchNamespace() -> problem(Problems.noSuchNamespace(request.target()));
      case StartOutcome.NoSuchWorkload() -> problem(Problems.noSuchWorkload(request.target()));
      case StartOutcome.NotCovered() -> problem(Problems.notCovered(request.target()));
      case StartOutcome.NoSuchKind() -> problem(Problems.noSuchKind(request.target().kind()));
    };
  }

  private ResponseEntity<Object> accepted(Restart restart, @Nullable String prefer)
      throws InterruptedException {
    if (restart.hasFailedBeforeWriting()) {
      return problem(Problems.notBegun(restart));
    }
    Optional<Duration> wait = RequestHeaders.waitOf(prefer);
    Restart seen = wait.isPresent() ? awaitEndOfRecorded(restart, wait.get()) : restart;
    boolean done = wait.isPresent() && seen.isFinished();
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(done ? HttpStatus.OK : HttpStatus.ACCEPTED)
            .location(URI.create(RestartResource.path(seen)));
    wait.ifPresent(limit -> answer.header("Preference-Applied", "wait=" + limit.toSeconds()));
    if (!seen.isFinished()) {
      answer.header("Retry-After", POLL_SECONDS);
    }
    return answer.body(RestartResource.of(progress.now(seen)));
  }

  @GetMapping("/{name}")
  @Operation(
      summary = "Look at a restart",
      description = "With its progress at this moment; 'Prefer: wait=N' waits for its end.")
  @ApiAnswers.Get
  ResponseEntity<Object> get(
      @PathVariable String namespace,
      @PathVariable String name,
      @RequestHeader(name = "Prefer", required = false) @Nullable String prefer)
      throws InterruptedException {
    RestartKey key = keyOf(namespace, name);
    Optional<Restart> found = store.find(key);
    if (found.isEmpty()) {
      return problem(Problems.noSuchRestart(key));
    }
    Optional<Duration> wait = RequestHeaders.waitOf(prefer);
    Restart seen = wait.isPresent() ? awaitEnd(found.get(), wait.get()) : found.get();
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
    wait.ifPresent(limit -> answer.header("Preference-Applied", "wait=" + limit.toSeconds()));
    return answer.body(RestartResource.of(progress.now(seen)));
  }

  @GetMapping("/{name}/result")
  @Operation(
      summary = "Wait for a restart's result",
      description =
          "200 only when it succeeded; made for 'curl --fail-with-body --retry': after 50 s it"
              + " answers 504, which curl tries again.")
  @ApiAnswers.Result
  ResponseEntity<Object> result(@PathVariable String namespace, @PathVariable String name)
      throws InterruptedException {
    RestartKey key = keyOf(namespace, name);
    Optional<Restart> ended = waiting.await(key, Restart::isFinished, RESULT_WAIT);
    if (ended.isEmpty()) {
      return problem(Problems.noSuchRestart(key));
    }
    return Results.answer(ended.get());
  }

  /** It is recorded by now, so whatever goes wrong here must not sound as if it were not. */
  private Restart awaitEndOfRecorded(Restart restart, Duration limit) throws InterruptedException {
    try {
      return awaitEnd(restart, limit);
    } catch (ClusterUnavailable | ClusterRefused _) {
      return restart;
    }
  }

  private Restart awaitEnd(Restart restart, Duration limit) throws InterruptedException {
    return waiting.await(restart.key(), Restart::isFinished, limit).orElse(restart);
  }

  private static RestartKey keyOf(String namespace, String name) {
    return new RestartKey(
        KubernetesNames.namespace(namespace), KubernetesNames.workload("name", name));
  }

  private static ResponseEntity<Object> problem(ProblemDetail problem) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus());
    if (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
      answer.header("Retry-After", POLL_SECONDS);
    }
    return answer.body(problem);
  }
}
