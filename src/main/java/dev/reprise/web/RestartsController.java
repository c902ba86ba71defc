package dev.reprise.web;

import dev.reprise.restart.Caller;
import dev.reprise.restart.DryRun;
import dev.reprise.restart.DryRunOutcome;
import dev.reprise.restart.DryRuns;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.Restarts;
import dev.reprise.restart.StartOutcome;
import dev.reprise.restart.StartRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Starts restarts. */
@RestController
@RequestMapping("/namespaces/{namespace}/restarts")
@Tag(name = "Restarts", description = "Start them, look at them, wait for them")
class RestartsController {

  /** The only kind of dry run that Kubernetes has. */
  private static final String DRY_RUN = "All";

  private final Restarts restarts;
  private final DryRuns dryRuns;
  private final Acceptance acceptance;

  RestartsController(Restarts restarts, DryRuns dryRuns, Acceptance acceptance) {
    this.restarts = restarts;
    this.dryRuns = dryRuns;
    this.acceptance = acceptance;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "startRestart",
      summary = "Restart a workload",
      description =
          """
          Answers as soon as the restart has begun, or is seen to wait for its turn. With \
          `Prefer: wait=N` the answer comes when it has ended, or after N seconds. With `dryRun=All` \
          nothing is changed: the answer is the plan, and what the API server says of each request \
          that the restart would send.
          """,
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      examples = {
                        @ExampleObject(name = "Deployment", ref = "Deployment"),
                        @ExampleObject(name = "DeploymentWithReason", ref = "DeploymentWithReason"),
                        @ExampleObject(name = "DeploymentInTurn", ref = "DeploymentInTurn"),
                        @ExampleObject(name = "RolloutWithDowntime", ref = "RolloutWithDowntime")
                      })))
  @ApiAnswers.Start
  ResponseEntity<Object> start(
      @Parameter(description = ApiParameters.NAMESPACE, example = "demo") @PathVariable
          String namespace,
      @RequestBody RestartBody body,
      @Parameter(description = ApiParameters.IDEMPOTENCY_KEY)
          @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String idempotencyKey,
      @Parameter(description = ApiParameters.PREFER)
          @RequestHeader(name = "Prefer", required = false)
          @Nullable String prefer,
      @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false)
          @Nullable String accept,
      @Parameter(
              description = ApiParameters.DRY_RUN,
              schema = @Schema(type = "string", allowableValues = DRY_RUN))
          @RequestParam(required = false)
          @Nullable String dryRun,
      HttpServletRequest call)
      throws InterruptedException {
    boolean isDryRun = isDryRun(call, dryRun);
    StartRequest request =
        body.toRequest(Caller.ANONYMOUS, namespace, RequestHeaders.idempotencyKey(idempotencyKey));
    if (isDryRun) {
      return dryRun(request, body, accept);
    }
    return switch (restarts.start(request)) {
      case StartOutcome.Accepted(Restart restart) when restart.hasFailedBeforeWriting() ->
          Problems.answer(Problems.notBegun(restart, restarts.plan(request), body));
      case StartOutcome.Accepted(Restart restart) ->
          acceptance.answer(restart, prefer, accept, call);
      case StartOutcome.Refused(var plan) -> Problems.answer(Problems.refused(plan, body));
      case StartOutcome.Busy(RestartKey other) -> Problems.answer(Problems.busy(other));
      case StartOutcome.KeyReused(Restart earlier) -> Problems.answer(Problems.keyReused(earlier));
      case StartOutcome.Missing(var what) ->
          Problems.answer(Problems.missing(what, request.target()));
    };
  }

  /** Who says it wrong, be it the name or the value, must not get a restart. */
  private static boolean isDryRun(HttpServletRequest call, @Nullable String value) {
    Set<String> given = call.getParameterMap().keySet();
    given.stream()
        .filter(name -> !name.equals("dryRun"))
        .findFirst()
        .ifPresent(name -> {
          throw new InvalidRequest(name, "is not a parameter that is known here");
        });
    if (!given.isEmpty() && !DRY_RUN.equals(value)) {
      throw new InvalidRequest("dryRun", "must be All; nothing was restarted");
    }
    return !given.isEmpty();
  }

  private ResponseEntity<Object> dryRun(
      StartRequest request, RestartBody body, @Nullable String accept) {
    return switch (dryRuns.of(request)) {
      case DryRunOutcome.Told(DryRun told) -> Representation.of(told, body, accept);
      case DryRunOutcome.Missing(var what) ->
          Problems.answer(Problems.missing(what, request.target()));
    };
  }
}
