package dev.reprise.web;

import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.DryRun;
import dev.reprise.restart.DryRunOutcome;
import dev.reprise.restart.DryRuns;
import dev.reprise.restart.GroupDryRunOutcome;
import dev.reprise.restart.GroupObstacle;
import dev.reprise.restart.GroupOutcome;
import dev.reprise.restart.GroupRequest;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartGroups;
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
import java.time.InstantSource;
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
  private final RestartGroups groups;
  private final Acceptance acceptance;
  private final InstantSource clock;

  RestartsController(
      Restarts restarts,
      DryRuns dryRuns,
      RestartGroups groups,
      Acceptance acceptance,
      InstantSource clock) {
    this.restarts = restarts;
    this.dryRuns = dryRuns;
    this.groups = groups;
    this.acceptance = acceptance;
    this.clock = clock;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "startRestart",
      summary = "Restart a workload, or a group of them",
      description =
          """
          Answers as soon as the restart has begun, or is seen to wait for its turn. With \
          `Prefer: wait=N` the answer comes when it has ended, or after N seconds. With `dryRun=All` \
          nothing is changed: the answer is the plan, and what the API server says of each request \
          that the restart would send.

          With `selector`, `uses` or `all` instead of `name`, a group of workloads is restarted at a \
          pace: `maxParallel` at once. One that would be refused alone refuses the group before \
          anything begins, unless `skipRefused`.
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
                        @ExampleObject(name = "RolloutWithDowntime", ref = "RolloutWithDowntime"),
                        @ExampleObject(name = "GroupByLabels", ref = "GroupByLabels"),
                        @ExampleObject(name = "GroupBySecret", ref = "GroupBySecret")
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
    String key = RequestHeaders.idempotencyKey(idempotencyKey);
    CheckedBody checked = new CheckedBody(body, clock.instant());
    if (body.isForGroup()) {
      GroupRequest request = checked.group(Callers.current(), namespace, key);
      return isDryRun ? dryRun(request, accept) : start(request, body, prefer, accept, call);
    }
    StartRequest request = checked.one(Callers.current(), namespace, key);
    return isDryRun ? dryRun(request, body, accept) : start(request, body, prefer, accept, call);
  }

  private ResponseEntity<Object> start(
      StartRequest request,
      RestartBody body,
      @Nullable String prefer,
      @Nullable String accept,
      HttpServletRequest call)
      throws InterruptedException {
    return switch (restarts.start(request)) {
      case StartOutcome.Accepted(Restart restart) when restart.hasFailedBeforeWriting() ->
          Problems.answer(Problems.notBegun(restart, restarts.plan(request), body));
      case StartOutcome.Accepted(Restart restart) ->
          acceptance.answer(restart, prefer, accept, call);
      case StartOutcome.Refused(var plan) -> Problems.answer(Problems.refused(plan, body));
      case StartOutcome.CoolingDown(var cooling) -> CooldownProblem.answer(cooling);
      case StartOutcome.Busy(RestartKey other) -> Problems.answer(Problems.busy(other));
      case StartOutcome.KeyReused(AnyRestart earlier) ->
          Problems.answer(Problems.keyReused(earlier));
      case StartOutcome.Missing(var what) ->
          Problems.answer(Problems.missing(what, request.target()));
    };
  }

  private ResponseEntity<Object> start(
      GroupRequest request,
      RestartBody body,
      @Nullable String prefer,
      @Nullable String accept,
      HttpServletRequest call)
      throws InterruptedException {
    return switch (groups.start(request)) {
      case GroupOutcome.Accepted(RestartGroup group) when group.hasFailedBeforeBegin() ->
          Problems.answer(GroupProblems.notBegun(group));
      case GroupOutcome.Accepted(RestartGroup group) ->
          acceptance.answer(group, prefer, accept, call);
      case GroupOutcome.TurnedAway(GroupObstacle obstacle) ->
          GroupProblems.answer(obstacle, request.namespace(), body);
      case GroupOutcome.KeyReused(AnyRestart earlier) ->
          Problems.answer(Problems.keyReused(earlier));
      case GroupOutcome.Missing(var what) ->
          Problems.answer(Problems.missing(what, request.namespace()));
    };
  }

  private ResponseEntity<Object> dryRun(GroupRequest request, @Nullable String accept) {
    return switch (groups.dryRun(request)) {
      case GroupDryRunOutcome.Told(var told) -> Representation.of(told, accept);
      case GroupDryRunOutcome.Missing(var what) ->
          Problems.answer(Problems.missing(what, request.namespace()));
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
