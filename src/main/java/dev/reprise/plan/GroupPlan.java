package dev.reprise.plan;

import dev.reprise.plan.RestartPlan.Proceed;
import dev.reprise.workload.WorkloadRef;
import java.util.List;
import java.util.stream.Stream;

/**
 * What would be done for a group of workloads, decided before anything is done; each list is by
 * name and kind.
 *
 * @param members those that restart
 * @param refused those whose restart must not be made, because of which the whole group is refused
 * @param skipped those that are left out, though nothing is wrong with them
 */
public record GroupPlan(List<Member> members, List<Refused> refused, List<Skipped> skipped) {

  public GroupPlan {
    members = List.copyOf(members);
    refused = List.copyOf(refused);
    skipped = List.copyOf(skipped);
  }

  /**
   * One that restarts.
   *
   * @param sharedBudgets the disruption budgets that are about pods of other members, too, so that
   *     they must not restart at the same time
   */
  public record Member(WorkloadRef target, Proceed plan, List<String> sharedBudgets) {

    public Member {
      sharedBudgets = List.copyOf(sharedBudgets);
    }
  }

  /** One whose restart must not be made. */
  public record Refused(WorkloadRef target, RestartPlan.Refused plan) {

    /** {@code StatefulSet demo/ledger (CertainDowntime)}. */
    public String words() {
      return "%s (%s)".formatted(target, plan.refusal().code());
    }
  }

  /**
   * One that is left out.
   *
   * @param reason one PascalCase word
   */
  public record Skipped(WorkloadRef target, String reason, String message) {}

  /** Whether nothing at all was selected. */
  public boolean isEmpty() {
    return size() == 0;
  }

  /** How many were selected. */
  public int size() {
    return members.size() + refused.size() + skipped.size();
  }

  /** The same, where those that would be refused are left out instead. */
  public GroupPlan skippingRefused() {
    return new GroupPlan(
        members,
        List.of(),
        Stream.concat(skipped.stream(), refused.stream().map(GroupPlan::skipped))
            .sorted(GroupPlanner.byName(Skipped::target))
            .toList());
  }

  private static Skipped skipped(Refused refused) {
    Finding refusal = refused.plan().refusal();
    return new Skipped(refused.target(), refusal.code().name(), refusal.message());
  }
}
