package dev.reprise.web;

import dev.reprise.plan.Finding;
import dev.reprise.plan.RestartPlan;
import dev.reprise.progress.Live;
import dev.reprise.progress.LiveGroup;
import dev.reprise.progress.LiveRestart;
import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Problem details (RFC 9457), each with a stable type and code, and what to do. */
final class Problems {

  private static final String TYPES = "https://reprise.dev/problems/";

  private Problems() {}

  /**
   * A problem of the given code; its type is made from it.
   *
   * @param code one PascalCase word
   */
  static ProblemDetail of(HttpStatus status, String code, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create(TYPES + kebab(code)));
    problem.setTitle(words(code));
    problem.setProperty("code", code);
    return problem;
  }

  /** As an answer; whoever is told to come back is also told when. */
  static ResponseEntity<Object> answer(ProblemDetail problem) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus());
    if (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
      answer.header(HttpHeaders.RETRY_AFTER, "2");
    }
    return answer.body(problem);
  }

  static ProblemDetail invalid(String field, String message) {
    ProblemDetail problem =
        of(HttpStatus.BAD_REQUEST, "InvalidRequest", "%s %s".formatted(field, message));
    problem.setProperty("field", field);
    return problem;
  }

  static ProblemDetail noSuchRestart(RestartKey key) {
    return of(
        HttpStatus.NOT_FOUND,
        "RestartNotFound",
        "There is no restart %s in namespace %s".formatted(key.name(), key.namespace()));
  }

  static ProblemDetail missing(Reading.NoNamespace what, String namespace) {
    return switch (what) {
      case Reading.NoSuchNamespace() -> noSuchNamespace(namespace);
      case Reading.NotCovered() -> notCovered(namespace);
    };
  }

  static ProblemDetail missing(Reading.Missing what, WorkloadRef workload) {
    return switch (what) {
      case Reading.NoNamespace namespace -> missing(namespace, workload.namespace());
      case Reading.NoSuchWorkload() -> noSuchWorkload(workload);
      case Reading.NoSuchKind() -> noSuchKind(workload.kind());
    };
  }

  private static ProblemDetail noSuchNamespace(String namespace) {
    return of(HttpStatus.NOT_FOUND, "NamespaceNotFound", "There is no namespace " + namespace);
  }

  private static ProblemDetail notCovered(String namespace) {
    return of(
        HttpStatus.NOT_FOUND,
        "NamespaceNotCovered",
        "This service does not cover the namespace %s; its setting reprise.kubernetes.namespaces"
                .formatted(namespace)
            + " names those that it does");
  }

  private static ProblemDetail noSuchWorkload(WorkloadRef target) {
    return of(HttpStatus.NOT_FOUND, "WorkloadNotFound", "There is no " + target);
  }

  private static ProblemDetail noSuchKind(WorkloadKind kind) {
    return of(
        HttpStatus.UNPROCESSABLE_CONTENT,
        "KindNotFound",
        "The cluster has no kind %s: its custom resource definition (%s.%s) is not installed"
            .formatted(kind, kind.plural(), kind.group()));
  }

  static ProblemDetail busy(RestartKey other) {
    ProblemDetail problem =
        of(
            HttpStatus.CONFLICT,
            "Busy",
            ("The workload is being restarted by %s; follow that one, or send \"whenBusy\": \"Wait\""
                    + " to begin when it has ended, \"Join\" to share one that waits, or"
                    + " \"Supersede\" to take its place")
                .formatted(other.name()));
    problem.setProperty("busyWith", other.name());
    return problem;
  }

  static ProblemDetail keyReused(AnyRestart earlier) {
    ProblemDetail problem =
        of(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "IdempotencyKeyReused",
            "The Idempotency-Key was used for another request; choose a new one");
    problem.setProperty("restart", earlier.key().name());
    return problem;
  }

  /** Nothing is left to cancel; the whole Restart tells how it ended. */
  static ProblemDetail alreadyFinished(Live live) {
    return Results.withRestart(
        of(
            HttpStatus.CONFLICT,
            "AlreadyFinished",
            "The restart has ended already (%s, %s: %s), so nothing is left to cancel%s"
                .formatted(
                    live.any().phase(),
                    Results.reason(live),
                    Results.message(live),
                    switch (live) {
                      case LiveRestart one -> wayBackFrom(one.restart());
                      case LiveGroup _ -> "";
                    })),
        live);
  }

  private static String wayBackFrom(Restart restart) {
    Trigger trigger = restart.status().trigger();
    boolean isInPlace =
        switch (restart.status().phase()) {
          case Succeeded -> true;
          case Failed -> restart.status().landed() != null && restart.status().takenBack() == null;
          case Pending, Progressing, Cancelled, Superseded -> false;
        };
    if (trigger == null || !isInPlace) {
      return "";
    }
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          restart
              .status()
              .verdict()
              .map(verdict -> ". The next step: " + verdict.command())
              .orElseGet(() -> ". To go back to the revision before: " + undo(trigger.workload()));
      case RestartAt, Eviction -> "; pods that were restarted stay so";
    };
  }

  private static String undo(WorkloadRef workload) {
    return switch (workload.kind()) {
      case Deployment, StatefulSet, DaemonSet -> "kubectl rollout undo " + workload.forKubectl();
      case ArgoRollout -> workload.argo("undo");
    };
  }

  /**
   * @param asked the request, which the alternatives vary
   */
  static ProblemDetail refused(RestartPlan.Refused plan, RestartBody asked) {
    Finding refusal = plan.refusal();
    String detail =
        refusal.nextStep().isEmpty()
            ? refusal.message()
            : refusal.message() + ". " + refusal.nextStep();
    return planned(of(statusOf(refusal.code().name()), refusal.code().name(), detail), plan, asked);
  }

  /** With the numbers where the downtime is all that speaks against it. */
  private static ProblemDetail planned(
      ProblemDetail problem, RestartPlan.Refused plan, RestartBody asked) {
    problem.setProperty("findings", plan.findings());
    problem.setProperty("alternatives", AlternativeResource.listed(plan, asked));
    plan.alternatives().stream()
        .filter(RestartPlan.Alternative::acceptDowntime)
        .findFirst()
        .ifPresent(accepted ->
            problem.setProperty("disruption", PlanResource.costs(accepted.plan().disruption())));
    return problem;
  }

  static ProblemDetail tooManyStreams(StreamProperties limits) {
    return of(
        HttpStatus.TOO_MANY_REQUESTS,
        "TooManyStreams",
        ("This replica keeps at most %d calls open for one caller and %d in all; close some, or ask"
                + " without waiting")
            .formatted(limits.perCaller(), limits.total()));
  }

  /**
   * A Restart that its leader ended before anything was written to the workload.
   *
   * @param plan for the same request after that
   * @param asked the request
   */
  static ProblemDetail notBegun(Restart restart, Optional<RestartPlan> plan, RestartBody asked) {
    String reason = restart.status().reason();
    ProblemDetail problem =
        of(statusOf(reason), reason, restart.status().message() + "; nothing was changed");
    problem.setProperty("restart", restart.key().name());
    // Of something else than what the leader found it would only confuse.
    return plan.isPresent()
            && plan.get() instanceof RestartPlan.Refused refused
            && refused.refusal().code().name().equals(reason)
        ? planned(problem, refused, asked)
        : problem;
  }

  static HttpStatus statusOf(String reason) {
    return switch (reason) {
      case "Busy" -> HttpStatus.CONFLICT;
      case "Forbidden" -> HttpStatus.FORBIDDEN;
      case "NamespaceNotFound", "WorkloadNotFound", "WorkloadDeleted", "WorkloadReplaced" ->
          HttpStatus.NOT_FOUND;
      case "WriteRefused", "ReadRefused" -> HttpStatus.BAD_GATEWAY;
      case "TooManyTries" -> HttpStatus.SERVICE_UNAVAILABLE;
      case "Timeout" -> HttpStatus.GATEWAY_TIMEOUT;
      case "CertainDowntime" -> HttpStatus.CONFLICT;
      default -> HttpStatus.UNPROCESSABLE_CONTENT;
    };
  }

  private static String kebab(String code) {
    return words(code).replace(' ', '-').toLowerCase(Locale.ROOT);
  }

  /** {@code IdempotencyKeyReused} as {@code Idempotency key reused}. */
  private static String words(String code) {
    String spaced = code.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }
}
