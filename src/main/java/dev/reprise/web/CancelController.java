package dev.reprise.web;

import dev.reprise.progress.LiveProgress;
import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.AuditLog;
import dev.reprise.restart.Caller;
import dev.reprise.restart.CancelOutcome;
import dev.reprise.restart.Cancellations;
import dev.reprise.restart.RestartKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Cancels restarts. */
@RestController
@Tag(name = "Restarts")
class CancelController {

  private final Cancellations cancellations;
  private final Acceptance acceptance;
  private final LiveProgress progress;

  CancelController(Cancellations cancellations, Acceptance acceptance, LiveProgress progress) {
    this.cancellations = cancellations;
    this.acceptance = acceptance;
    this.progress = progress;
  }

  @PostMapping("/namespaces/{namespace}/restarts/{name}/cancel")
  @Operation(
      operationId = "cancelRestart",
      summary = "Cancel a restart",
      description =
          """
          Stops what has not begun. A new revision goes back to the one before, and is `Cancelled` \
          when all pods are back; with `restartAt`, those that were restarted stay so. May be \
          repeated. If the restart comes to its end first, that end stands, and is what the answer \
          shows. Of a group, no further member begins, and those under way are cancelled. \
          `Prefer: wait=N` waits for the end.
          """)
  @ApiAnswers.Cancel
  ResponseEntity<Object> cancel(
      @Parameter(description = ApiParameters.NAMESPACE, example = "demo") @PathVariable
          String namespace,
      @Parameter(description = ApiParameters.NAME) @PathVariable String name,
      @Parameter(description = ApiParameters.PREFER)
          @RequestHeader(name = "Prefer", required = false)
          @Nullable String prefer,
      @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false)
          @Nullable String accept,
      HttpServletRequest call)
      throws InterruptedException {
    RestartKey key = KubernetesNames.restart(namespace, name);
    Caller caller = Callers.current();
    return switch (cancellations.cancel(caller, key)) {
      case CancelOutcome.Accepted(AnyRestart restart) -> {
        AuditLog.cancelled(caller, key);
        yield acceptance.answer(restart, prefer, accept, call);
      }
      case CancelOutcome.AlreadyFinished(AnyRestart restart) ->
          Problems.answer(Problems.alreadyFinished(progress.now(restart)));
      case CancelOutcome.NoSuchRestart() -> Problems.answer(Problems.noSuchRestart(key));
    };
  }
}
