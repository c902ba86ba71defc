package dev.reprise.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reprise.plan.RestartPlan.Alternative;
import dev.reprise.plan.Strategy;
import dev.reprise.restart.Caller;
import dev.reprise.restart.RestartSpec;
import dev.reprise.restart.StartRequest;
import dev.reprise.restart.WhenBusy;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The body of a POST, as it came: every field is text until it is checked. */
@Schema(name = "RestartRequest", description = "Which workload to restart, and how")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RestartBody(
    @Schema(
            description =
                "Deployment, StatefulSet, DaemonSet or Rollout; in any case, or kubectl's short name",
            example = "Deployment",
            requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable String kind,
    @Schema(
            description = "The workload's name",
            example = "checkout",
            requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable String name,
    @Schema(
            description =
                "NewRevision rolls out a new revision; RecreatePods replaces the pods of the present"
                    + " one; Auto chooses what suits the kind",
            allowableValues = {"Auto", "NewRevision", "RecreatePods"},
            defaultValue = "Auto")
        @Nullable String strategy,
    @Schema(description = "Why, in your own words", example = "rotated the database password")
        @Nullable String reason,
    @Schema(
            description = "Restart even if nothing is available for a while",
            defaultValue = "false")
        @Nullable Boolean acceptDowntime,
    @Schema(
            description =
                "What to do while another restart of the workload is under way. Reject answers 409."
                    + " Wait begins when those before have ended, in the order of asking. Join"
                    + " answers with the one that waits already and asks the same; where there is"
                    + " none, or with an Idempotency-Key, it waits. Supersede takes its place, and"
                    + " that one ends Superseded",
            allowableValues = {"Reject", "Wait", "Join", "Supersede"},
            defaultValue = "Reject")
        @Nullable String whenBusy,
    @Schema(
            description = "How long the restart may take, ISO 8601",
            example = "PT30M",
            defaultValue = "PT1H")
        @Nullable String timeout) {

  private static final int LONGEST_REASON = 1024;
  private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(7);

  /** The least that restarts this workload. */
  static RestartBody of(WorkloadRef workload) {
    return new RestartBody(workload.kind().kind(), workload.name(), null, null, null, null, null);
  }

  /** The same, asking for this instead. */
  RestartBody with(Alternative alternative) {
    return new RestartBody(
        kind,
        name,
        alternative.strategy().name(),
        reason,
        alternative.acceptDowntime() ? Boolean.TRUE : acceptDowntime,
        whenBusy,
        timeout);
  }

  StartRequest toRequest(Caller caller, String namespace, @Nullable String idempotencyKey) {
    return new StartRequest(
        caller,
        new WorkloadRef(
            kindOf(required("kind", kind)),
            KubernetesNames.namespace(namespace),
            KubernetesNames.workload("name", required("name", name))),
        oneOf("strategy", Strategy.class, strategy, Strategy.Auto),
        checkedReason(),
        acceptDowntime != null && acceptDowntime,
        oneOf("whenBusy", WhenBusy.class, whenBusy, WhenBusy.Reject),
        checkedTimeout(),
        idempotencyKey);
  }

  static WorkloadKind kindOf(String text) {
    return WorkloadKind.parse(text)
        .orElseThrow(
            () -> new InvalidRequest("kind", "must be one of " + listed(WorkloadKind.values())));
  }

  static <E extends Enum<E>> E oneOf(
      String field, Class<E> type, @Nullable String text, E otherwise) {
    if (text == null) {
      return otherwise;
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () -> new InvalidRequest(field, "must be one of " + listed(type.getEnumConstants())));
  }

  private @Nullable String checkedReason() {
    if (reason != null && reason.length() > LONGEST_REASON) {
      throw new InvalidRequest("reason", "must have at most " + LONGEST_REASON + " characters");
    }
    return reason == null || reason.isBlank() ? null : reason.strip();
  }

  private Duration checkedTimeout() {
    if (timeout == null) {
      return RestartSpec.DEFAULT_TIMEOUT;
    }
    try {
      Duration parsed = Duration.parse(timeout);
      if (parsed.compareTo(SHORTEST_TIMEOUT) < 0 || parsed.compareTo(LONGEST_TIMEOUT) > 0) {
        throw new InvalidRequest("timeout", "must lie between PT1S and P7D");
      }
      return parsed;
    } catch (DateTimeParseException _) {
      throw new InvalidRequest("timeout", "must be an ISO 8601 duration, for instance PT30M");
    }
  }

  private static String required(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new InvalidRequest(field, "is required");
    }
    return value;
  }

  private static String listed(Object[] values) {
    return Arrays.stream(values).map(Object::toString).collect(Collectors.joining(", "));
  }
}
