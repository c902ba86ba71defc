package dev.reprise.web;

import static java.time.temporal.ChronoUnit.SECONDS;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reprise.plan.GroupPlan;
import dev.reprise.progress.LiveGroup;
import dev.reprise.restart.GroupCounts;
import dev.reprise.restart.GroupStanding;
import dev.reprise.restart.GroupStanding.Standing;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A group as callers see it. */
@Schema(name = "RestartGroup", description = "A restart of a group of workloads")
@JsonInclude(JsonInclude.Include.NON_NULL)
record GroupResource(
    @Schema(example = "group-7k2m9x") String name,
    @Schema(example = "demo") String namespace,
    @Schema(description = "What was asked for") GroupAsked request,
    @Schema(example = "system:anonymous") String requestedBy,
    Instant requestedAt,
    @Schema(
            description = "The first two are under way, the others are ends",
            allowableValues = {"Pending", "Progressing", "Succeeded", "Failed", "Cancelled"})
        String phase,
    @Schema(description = "Why it is in this phase, in one word", example = "RestartingMembers")
        String reason,
    @Schema(
            description = "The same in a sentence",
            example = "5 under way, 12 succeeded, 20 not begun")
        String message,
    @Schema(description = "True when somebody has asked to cancel it; absent otherwise")
        @Nullable Boolean cancelRequested,
    @Schema(description = "Absent before its members are chosen") @Nullable Instant startedAt,
    @Schema(description = "Absent before it ends") @Nullable Instant finishedAt,
    @Schema(description = "Since its beginning, until its end or now", example = "PT1M12S")
        @Nullable String elapsed,
    @Schema(description = "How many members stand how") Counts counts,
    @Schema(
            description =
                "The members in the order in which they begin; absent in a list. In an event, those"
                    + " under way and those that did not succeed")
        @Nullable List<Member> members,
    @Schema(description = "Workloads that were selected, and left out; absent in a list")
        @Nullable List<Skipped> skipped,
    @Schema(description = "Where to look next") RestartResource.Links links)
    implements AnyResource {

  @Schema(name = "RestartGroupCounts", description = "Counts of members")
  record Counts(
      @Schema(description = "Those that restart; the skipped ones are none of them") int total,
      @Schema(description = "Not begun") int waiting,
      int running,
      int succeeded,
      int failed,
      int cancelled,
      int superseded,
      int skipped) {

    static Counts of(GroupCounts counts) {
      return new Counts(
          counts.total(),
          counts.waiting(),
          counts.running(),
          counts.succeeded(),
          counts.failed(),
          counts.cancelled(),
          counts.superseded(),
          counts.skipped());
    }
  }

  @Schema(name = "RestartGroupMember")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Member(
      @Schema(example = "Deployment") String kind,
      @Schema(example = "checkout") String name,
      @Schema(
              allowableValues = {
                "Waiting",
                "Running",
                "Succeeded",
                "Failed",
                "Cancelled",
                "Superseded"
              })
          String state,
      @Schema(
              description = "Its own restart, which can be looked at and followed; absent before",
              example = "checkout-7k2m9x")
          @Nullable String restart,
      @Schema(description = "Of its own restart; absent before") @Nullable String reason,
      @Schema(description = "Of its own restart; absent before") @Nullable String message,
      @Schema(
              description =
                  "Disruption budgets that it shares with other members, so that they take turns;"
                      + " absent when there are none")
          @Nullable List<String> sharedBudgets) {

    static Member of(Standing standing) {
      Restart restart = standing.restart();
      List<String> budgets = standing.member().budgets();
      return new Member(
          standing.member().target().kind().kind(),
          standing.member().target().name(),
          standing.state().name(),
          restart == null ? null : restart.key().name(),
          restart == null ? null : restart.status().reason(),
          restart == null ? null : restart.status().message(),
          budgets.isEmpty() ? null : budgets);
    }
  }

  @Schema(name = "RestartGroupSkipped")
  record Skipped(
      String kind,
      String name,
      @Schema(description = "Why, in one word", example = "NothingToRestart") String reason,
      String message) {

    static Skipped of(GroupPlan.Skipped skipped) {
      return new Skipped(
          skipped.target().kind().kind(),
          skipped.target().name(),
          skipped.reason(),
          skipped.message());
    }
  }

  static GroupResource of(LiveGroup live) {
    return of(live, _ -> true, live.group().status().skipped());
  }

  /** With those members alone that are under way or did not succeed. */
  static GroupResource brief(LiveGroup live) {
    return of(live, GroupResource::isOfInterest, null);
  }

  /** As it was last recorded, without its members. */
  static GroupResource listed(RestartGroup group) {
    return of(group, group.status().counts(), null, null, null);
  }

  private static boolean isOfInterest(Standing member) {
    return switch (member.state()) {
      case Waiting, Succeeded -> false;
      case Running, Failed, Cancelled, Superseded -> true;
    };
  }

  private static GroupResource of(
      LiveGroup live, Predicate<Standing> wanted, @Nullable List<GroupPlan.Skipped> skipped) {
    GroupStanding standing = live.standing();
    RestartGroup group = live.group();
    return of(
        group,
        group.status().counts(),
        standing.members().stream().filter(wanted).map(Member::of).toList(),
        skipped == null ? null : skipped.stream().map(Skipped::of).toList(),
        group.hasBegun() ? live.elapsed().truncatedTo(SECONDS).toString() : null);
  }

  private static GroupResource of(
      RestartGroup group,
      GroupCounts counts,
      @Nullable List<Member> members,
      @Nullable List<Skipped> skipped,
      @Nullable String elapsed) {
    GroupStatus status = group.status();
    return new GroupResource(
        group.key().name(),
        group.key().namespace(),
        GroupAsked.of(group.spec()),
        group.requestedBy().user(),
        group.requestedAt(),
        status.phase().name(),
        status.reason(),
        status.message(),
        group.isToBeCancelled() ? true : null,
        status.startedAt(),
        status.finishedAt(),
        elapsed,
        Counts.of(counts),
        members,
        skipped,
        AnyResource.links(group));
  }

  @Override
  public GroupResource timeless() {
    return new GroupResource(
        name,
        namespace,
        request,
        requestedBy,
        requestedAt,
        phase,
        reason,
        message,
        cancelRequested,
        startedAt,
        finishedAt,
        null,
        counts,
        members,
        skipped,
        links);
  }
}
