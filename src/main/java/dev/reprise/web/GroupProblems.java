package dev.reprise.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reprise.plan.Finding;
import dev.reprise.plan.GroupPlan;
import dev.reprise.restart.Cooldown;
import dev.reprise.restart.GroupObstacle;
import dev.reprise.restart.GroupSpec;
import dev.reprise.restart.GroupStanding;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.workload.WorkloadSelection;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** What keeps a group from being restarted, and what to send instead. */
final class GroupProblems {

  private GroupProblems() {}

  /** One of those that can't be restarted. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Refused(String kind, String name, String code, String message, String nextStep) {

    static Refused of(GroupPlan.Refused refused) {
      Finding refusal = refused.plan().refusal();
      return new Refused(
          refused.target().kind().kind(),
          refused.target().name(),
          refusal.code().name(),
          refusal.message(),
          refusal.nextStep());
    }
  }

  /** One that is being restarted. */
  record Busy(String kind, String name, String restart) {

    static Busy of(Restart other) {
      return new Busy(other.target().kind().kind(), other.target().name(), other.key().name());
    }
  }

  static ResponseEntity<Object> answer(
      GroupObstacle obstacle, String namespace, RestartBody asked) {
    return switch (obstacle) {
      case GroupObstacle.Refused(GroupPlan plan) -> Problems.answer(refused(plan, asked));
      case GroupObstacle.Busy(List<Restart> others) -> Problems.answer(busy(others));
      case GroupObstacle.CoolingDown(Cooldown.Cooling cooling) -> CooldownProblem.answer(cooling);
      case GroupObstacle.NothingSelected(WorkloadSelection selection) ->
          Problems.answer(nothingSelected(selection, namespace));
      case GroupObstacle.TooMany(int selected) -> Problems.answer(tooMany(selected));
    };
  }

  /** All of them are listed; the alternatives are bodies that would be carried out. */
  private static ProblemDetail refused(GroupPlan plan, RestartBody asked) {
    boolean isForDowntime =
        plan.refused().stream()
            .allMatch(one -> one.plan().refusal().code() == Finding.Code.CertainDowntime);
    ProblemDetail problem =
        Problems.of(
            isForDowntime ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT,
            "MembersRefused",
            "%d of %d workloads can't be restarted as asked, so none was: %s"
                .formatted(
                    plan.refused().size(),
                    plan.size(),
                    GroupStanding.someOf(
                        plan.refused().stream().map(GroupPlan.Refused::words).toList())));
    problem.setProperty("refused", plan.refused().stream().map(Refused::of).toList());
    problem.setProperty("alternatives", alternatives(plan, asked, isForDowntime));
    return problem;
  }

  private static List<AlternativeResource> alternatives(
      GroupPlan plan, RestartBody asked, boolean isForDowntime) {
    List<AlternativeResource> alternatives = new ArrayList<>();
    if (!plan.members().isEmpty()) {
      alternatives.add(AlternativeResource.of(asked.with(asked.acceptDowntime(), Boolean.TRUE)));
    }
    if (isForDowntime) {
      alternatives.add(AlternativeResource.of(asked.with(Boolean.TRUE, asked.skipRefused())));
    }
    return alternatives;
  }

  private static ProblemDetail busy(List<Restart> others) {
    ProblemDetail problem =
        Problems.of(
            HttpStatus.CONFLICT,
            "Busy",
            ("Being restarted already: %s. Follow these, or send \"whenBusy\": \"Wait\" to have"
                    + " each begin when that has ended")
                .formatted(
                    GroupStanding.someOf(
                        others.stream()
                            .map(other -> "%s by %s".formatted(other.target(), other.key().name()))
                            .toList())));
    problem.setProperty("busyMembers", others.stream().map(Busy::of).toList());
    return problem;
  }

  private static ProblemDetail nothingSelected(WorkloadSelection selection, String namespace) {
    return Problems.of(
        HttpStatus.UNPROCESSABLE_CONTENT,
        "NothingSelected",
        "Nothing is selected by %s in namespace %s; GET /namespaces/%s/workloads lists those that there are"
            .formatted(selection.words(), namespace, namespace));
  }

  private static ProblemDetail tooMany(int selected) {
    return Problems.of(
        HttpStatus.UNPROCESSABLE_CONTENT,
        "TooManySelected",
        "%d workloads are selected, and a group has at most %d members; select fewer"
            .formatted(selected, GroupSpec.MOST_MEMBERS));
  }

  /** A group that its leader ended before anything was restarted. */
  static ProblemDetail notBegun(RestartGroup group) {
    GroupStatus status = group.status();
    ProblemDetail problem =
        Problems.of(
            Problems.statusOf(status.reason()),
            status.reason(),
            status.message() + "; nothing was restarted");
    problem.setProperty("restart", group.key().name());
    return problem;
  }
}
