package dev.reprise.web;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reprise.plan.RestartPlan.Alternative;
import dev.reprise.restart.GroupSpec;
import dev.reprise.workload.WorkloadRef;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a POST, as it came: every field is text until it is checked. */
@Schema(
    name = "RestartRequest",
    description = "Which workload to restart, or which group of them, and how")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RestartBody(
    @Schema(
            description =
                "Deployment, StatefulSet, DaemonSet or Rollout; in any case, or kubectl's short name."
                    + " Of a group one or several, or none for all of them",
            example = "Deployment",
            types = {"string", "array"})
        @JsonFormat(
            with = {
              JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
              JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
            })
        @Nullable List<String> kind,
    @Schema(
            description = "The workload's name; for a group, one of selector, uses and all instead",
            pattern = "^" + KubernetesNames.SUBDOMAIN + "$",
            maxLength = KubernetesNames.LONGEST_SUBDOMAIN,
            example = "checkout")
        @Nullable String name,
    @Schema(
            description = "A group by the workloads' own labels, as kubectl -l takes it",
            minLength = 1,
            maxLength = CheckedBody.LONGEST_SELECTOR,
            example = "app.kubernetes.io/part-of=shop,tier!=cache")
        @Nullable String selector,
    @Schema(
            description =
                "A group of those whose pod template refers to this ConfigMap or Secret, in"
                    + " whatever way")
        @Nullable UsesBody uses,
    @Schema(description = "A group of every workload of the namespace", allowableValues = "true")
        @Nullable Boolean all,
    @Schema(
            description =
                "NewRevision rolls out a new revision; RecreatePods replaces the pods of the present"
                    + " one; Auto chooses what suits the kind",
            allowableValues = {"Auto", "NewRevision", "RecreatePods"},
            defaultValue = "Auto")
        @Nullable String strategy,
    @Schema(
            description = "Why, in your own words",
            example = "rotated the database password",
            maxLength = CheckedBody.LONGEST_REASON)
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
            description = "When it may begin at the earliest, RFC 3339; at most 30 days ahead",
            format = "date-time",
            example = "2026-11-27T02:00:00Z")
        @Nullable String notBefore,
    @Schema(
            description = "How long the restart may take, ISO 8601; of a group each member",
            format = "duration",
            example = "PT30M",
            defaultValue = "PT1H")
        @Nullable String timeout,
    @Schema(
            description = "Of a group: at most so many members are under way at once",
            minimum = "1",
            maximum = "" + GroupSpec.MOST_MEMBERS,
            defaultValue = "5")
        @Nullable Integer maxParallel,
    @Schema(
            description =
                "Of a group, when a member does not succeed: Stop begins no further one, Continue"
                    + " goes on with the others, Cancel also cancels those under way. The group then"
                    + " ends Failed in each case",
            allowableValues = {"Stop", "Continue", "Cancel"},
            defaultValue = "Stop")
        @Nullable String onFailure,
    @Schema(
            description =
                "Of a group: leave out members that would be refused, instead of refusing all",
            defaultValue = "false")
        @Nullable Boolean skipRefused) {

  /** The least that restarts this workload. */
  static RestartBody of(WorkloadRef workload) {
    return new RestartBody(
        List.of(workload.kind().kind()),
        workload.name(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** The same, asking for this instead. */
  RestartBody with(Alternative alternative) {
    return new RestartBody(
        kind,
        name,
        selector,
        uses,
        all,
        alternative.strategy().name(),
        reason,
        alternative.acceptDowntime() ? Boolean.TRUE : acceptDowntime,
        whenBusy,
        notBefore,
        timeout,
        maxParallel,
        onFailure,
        skipRefused);
  }

  /** The same group, putting up with this. */
  RestartBody with(@Nullable Boolean downtimeAccepted, @Nullable Boolean refusedSkipped) {
    return new RestartBody(
        kind,
        name,
        selector,
        uses,
        all,
        strategy,
        reason,
        downtimeAccepted,
        whenBusy,
        notBefore,
        timeout,
        maxParallel,
        onFailure,
        refusedSkipped);
  }

  /** Whether it is about a group of workloads, and not one by its name. */
  boolean isForGroup() {
    return selector != null || uses != null || all != null;
  }
}
