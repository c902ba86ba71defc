package dev.reprise.web;

import static java.time.temporal.ChronoUnit.SECONDS;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reprise.progress.LiveRestart;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStatus;
import dev.reprise.rollout.Blocker;
import dev.reprise.rollout.RevisionChange;
import dev.reprise.rollout.RevisionPods;
import dev.reprise.rollout.RolloutDetail;
import dev.reprise.rollout.RolloutProgress;
import dev.reprise.rollout.StepProgress;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Restart as callers see it. */
@Schema(name = "Restart", description = "A restart and what has become of it")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RestartResource(
    @Schema(
            description = "The name of the Restart, not of the workload",
            example = "checkout-7k2m9x")
        String name,
    @Schema(example = "demo") String namespace,
    @Schema(description = "The group that it is a member of; absent when it is of none")
        @Nullable String group,
    @Schema(description = "What was asked for") Request request,
    @Schema(example = "system:anonymous") String requestedBy,
    Instant requestedAt,
    @Schema(
            description = "The first two are under way, the others are ends",
            allowableValues = {
              "Pending",
              "Progressing",
              "Succeeded",
              "Failed",
              "Cancelled",
              "Superseded"
            })
        String phase,
    @Schema(description = "Why it is in this phase, in one word", example = "AllPodsReplaced")
        String reason,
    @Schema(
            description = "The same in a sentence",
            example = "All 3 pods were replaced and are available")
        String message,
    @Schema(description = "True when somebody has asked to cancel it; absent otherwise")
        @Nullable Boolean cancelRequested,
    @Schema(
            description = "What is done to the workload; absent before it begins",
            example = "TemplateAnnotation")
        @Nullable String mechanism,
    @Schema(
            description = "What is written into the workload; absent before it begins",
            example = "2026-11-24T10:34:43Z")
        @Nullable String trigger,
    @Schema(
            description =
                "Whose pods restart, where that is another workload than the one asked for: the Rollout that takes its pod template from this Deployment")
        @Nullable Followed followed,
    @Schema(description = "Absent before it begins") @Nullable Instant startedAt,
    @Schema(description = "Absent before it ends") @Nullable Instant finishedAt,
    @Schema(description = "Since its beginning, until its end or now", example = "PT12S")
        @Nullable String elapsed,
    @Schema(
            description =
                "How much longer, if it goes on as until now; absent where nobody can tell",
            example = "PT8S")
        @Nullable String remaining,
    @Schema(description = "Absent before there is any") @Nullable Progress progress,
    @Schema(description = "From which revision to which; absent before it is known")
        @Nullable Revisions revisions,
    @Schema(
            description =
                "How far an Argo Rollout has come with the steps to its new revision; while it is under way")
        @Nullable Steps steps,
    @Schema(description = "What keeps it from moving, the most telling first")
        List<Blocker> blockers,
    @Schema(description = "Where to look next") Links links)
    implements AnyResource {

  @Schema(name = "RestartAsked", description = "The request, with what was left out filled in")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Request(
      String kind,
      String name,
      String strategy,
      @Nullable String reason,
      boolean acceptDowntime,
      String whenBusy,
      @Schema(description = "Absent where it was to begin at once") @Nullable Instant notBefore,
      @Schema(example = "PT1H") String timeout) {}

  @Schema(name = "RestartProgress", description = "Counts of pods")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Progress(
      @Schema(description = "Pods that there should be") int desired,
      @Schema(description = "Pods to be replaced; less than desired where a partition is set")
          int total,
      @Schema(description = "New pods that are available") int replaced,
      @Schema(description = "All pods that are available") int available,
      @Schema(description = "Pods from before, terminating ones included") int old,
      @Schema(description = "The fewest pods seen available since the start")
          @Nullable Integer lowestAvailable,
      @Schema(description = "Since when that was looked at") @Nullable Instant observedSince) {}

  @Schema(name = "RestartRevisions")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Revisions(
      @Schema(description = "The revision before; 0 when it had no number") long from,
      @Schema(
              description =
                  "Its own; the same where pods are recreated within it; when cancelled, the one that it goes back to")
          @Nullable Long to,
      @Schema(description = "Those that have pods now, the newest first; while it is under way")
          @Nullable List<RevisionPods> withPods) {}

  @Schema(name = "RestartFollowed")
  record Followed(@Schema(example = "Rollout") String kind, String name) {}

  @Schema(name = "RestartSteps")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Steps(
      @Schema(
              description =
                  "The step it is at, from 1; one more than total when all are done, 0 when there are none",
              example = "2")
          int current,
      @Schema(description = "0 for a blue-green Rollout, too", example = "5") int total,
      @Schema(description = "The share of the new revision, in percent", example = "40")
          @Nullable Integer weight,
      @Schema(description = "Since when it waits; absent when it does not")
          @Nullable Instant pausedSince,
      @Schema(description = "Whether it waits until somebody promotes it") boolean needsPerson) {}

  @Schema(name = "RestartLinks", description = "Paths of this service")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Links(
      @Schema(example = "/namespaces/demo/restarts/checkout-7k2m9x") String self,
      @Schema(example = "/namespaces/demo/restarts/checkout-7k2m9x/events") String events,
      @Schema(example = "/namespaces/demo/restarts/checkout-7k2m9x/result") String result,
      @Schema(
              description =
                  "POST cancels it; absent when it has ended or somebody has asked for that",
              example = "/namespaces/demo/restarts/checkout-7k2m9x/cancel")
          @Nullable String cancel) {}

  static RestartResource of(LiveRestart live) {
    Restart restart = live.restart();
    RestartStatus status = restart.status();
    Optional<Trigger> trigger = Optional.ofNullable(status.trigger());
    return new RestartResource(
        restart.key().name(),
        restart.key().namespace(),
        restart.groupKey().map(RestartKey::name).orElse(null),
        request(restart),
        restart.spec().requestedBy().user(),
        restart.requestedAt(),
        status.phase().name(),
        status.reason(),
        status.message(),
        restart.spec().cancel() ? true : null,
        trigger.map(decided -> decided.mechanism().name()).orElse(null),
        trigger.map(Trigger::text).orElse(null),
        followed(restart),
        status.startedAt(),
        status.finishedAt(),
        status.startedAt() == null ? null : live.elapsed().truncatedTo(SECONDS).toString(),
        live.remaining() == null ? null : live.remaining().toString(),
        progress(status),
        revisions(status.revisions(), live.detail()),
        steps(live.detail()),
        status.blockers(),
        AnyResource.links(restart));
  }

  private static Request request(Restart restart) {
    return new Request(
        restart.target().kind().kind(),
        restart.target().name(),
        restart.spec().strategy().name(),
        restart.spec().reason(),
        restart.spec().acceptDowntime(),
        restart.spec().whenBusy().name(),
        restart.spec().notBefore(),
        restart.spec().timeout().toString());
  }

  private static @Nullable Progress progress(RestartStatus status) {
    RolloutProgress counts = status.progress();
    return counts == null
        ? null
        : new Progress(
            counts.desired(),
            counts.total(),
            counts.replaced(),
            counts.available(),
            counts.old(),
            status.lowestAvailable(),
            status.observedSince());
  }

  private static @Nullable Revisions revisions(
      @Nullable RevisionChange change, @Nullable RolloutDetail detail) {
    return change == null
        ? null
        : new Revisions(change.from(), change.to(), detail == null ? null : detail.revisions());
  }

  private static @Nullable Followed followed(Restart restart) {
    WorkloadRef followed = restart.followed();
    return followed.equals(restart.target())
        ? null
        : new Followed(followed.kind().kind(), followed.name());
  }

  private static @Nullable Steps steps(@Nullable RolloutDetail detail) {
    StepProgress steps = detail == null ? null : detail.steps();
    return steps == null
        ? null
        : new Steps(
            steps.current(),
            steps.total(),
            steps.weight(),
            steps.pausedSince(),
            steps.needsPerson());
  }

  @Override
  public RestartResource timeless() {
    return new RestartResource(
        name,
        namespace,
        group,
        request,
        requestedBy,
        requestedAt,
        phase,
        reason,
        message,
        cancelRequested,
        mechanism,
        trigger,
        followed,
        startedAt,
        finishedAt,
        null,
        null,
        progress,
        revisions,
        steps,
        blockers,
        links);
  }
}
