package dev.reprise.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.plan.GroupPlan.Member;
import dev.reprise.restart.Samples;
import dev.reprise.workload.AnnotationRoom;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.BudgetSnapshot;
import dev.reprise.workload.LabelSelector;
import dev.reprise.workload.References;
import dev.reprise.workload.RestartPolicy;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadMetadata;
import dev.reprise.workload.WorkloadSelection;
import dev.reprise.workload.WorkloadSelection.All;
import dev.reprise.workload.WorkloadState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupPlannerTests {

  private static final WorkloadSelection ALL = new WorkloadSelection(Set.of(), new All());

  private final GroupPlanner planner = new GroupPlanner(Samples.PLANNER);

  @Test
  void takesInWhatIsSelectedByNameAndKind() {
    GroupPlan plan = plan(Samples.rollout(3), Samples.named("b", 3), Samples.named("a", 3));

    assertThat(plan.members())
        .extracting(member -> member.target().name())
        .containsExactly("a", "b", Samples.CANARY.name());
  }

  @Test
  void leavesOutOtherKinds() {
    WorkloadSelection rollouts = new WorkloadSelection(Set.of(WorkloadKind.ArgoRollout), new All());

    GroupPlan plan =
        planner.plan(
            List.of(Samples.rollout(3), Samples.named("a", 3)), rollouts, Strategy.Auto, false);

    assertThat(plan.members()).extracting(Member::target).containsExactly(Samples.CANARY);
  }

  @Test
  void leavesOutWhatIsScaledToZero() {
    GroupPlan plan = plan(Samples.named("a", 0), Samples.named("b", 3));

    assertThat(plan.members()).extracting(member -> member.target().name()).containsExactly("b");
    assertThat(plan.skipped())
        .extracting(GroupPlan.Skipped::reason)
        .containsExactly("NothingToRestart");
  }

  @Test
  void tellsEachThatWouldBeRefusedAlone() {
    GroupPlan plan = plan(Samples.statefulSet(1), Samples.named("b", 3));

    assertThat(plan.refused())
        .extracting(one -> one.plan().refusal().code())
        .containsExactly(Finding.Code.CertainDowntime);
    assertThat(plan.skippingRefused().refused()).isEmpty();
    assertThat(plan.skippingRefused().skipped())
        .extracting(GroupPlan.Skipped::target)
        .containsExactly(Samples.LEDGER);
  }

  @Test
  void countsADeploymentThatARolloutRefersToAsThatRolloutOnce() {
    WorkloadState rollout = Samples.rollout(3);
    WorkloadState deployment =
        Samples.named("template", 0)
            .with(new References(null, List.of((ArgoRolloutSnapshot) rollout.workload())));

    GroupPlan plan = plan(deployment, rollout);

    assertThat(plan.members()).extracting(Member::target).containsExactly(Samples.CANARY);
    assertThat(plan.size()).isEqualTo(1);
  }

  @Test
  void keepsOutWhatItsOwnerKeepsOutOfGroups() {
    GroupPlan plan =
        plan(withPolicy(Samples.named("a", 3), RestartPolicy.NeverInGroups), Samples.named("b", 3));

    assertThat(plan.members()).extracting(member -> member.target().name()).containsExactly("b");
    assertThat(plan.skipped())
        .extracting(GroupPlan.Skipped::reason)
        .containsExactly("NeverInGroups");
  }

  @Test
  void refusesWhatItsOwnerDenies() {
    GroupPlan plan =
        plan(withPolicy(Samples.named("a", 3), RestartPolicy.Deny), Samples.named("b", 3));

    assertThat(plan.refused())
        .extracting(one -> one.plan().refusal().code())
        .containsExactly(Finding.Code.RestartDenied);
  }

  @Test
  void tellsTheBudgetsThatTwoShareAndNoOthers() {
    BudgetSnapshot shared = budget("shared");

    GroupPlan plan =
        plan(
            withBudgets(Samples.named("a", 3), shared, budget("own")),
            withBudgets(Samples.named("b", 3), shared),
            Samples.named("c", 3));

    assertThat(plan.members())
        .extracting(Member::sharedBudgets)
        .containsExactly(List.of("shared"), List.of("shared"), List.of());
  }

  private GroupPlan plan(WorkloadState... namespace) {
    return planner.plan(List.of(namespace), ALL, Strategy.Auto, false);
  }

  private static WorkloadState withPolicy(WorkloadState state, RestartPolicy policy) {
    WorkloadMetadata old = state.workload().metadata();
    return Samples.with(
        state,
        Samples.with(
            state.workload(),
            new WorkloadMetadata(
                old.ref(),
                old.uid(),
                old.resourceVersion(),
                old.generation(),
                old.claim(),
                old.deleting(),
                old.managedBy(),
                old.historyLimit(),
                Map.of(),
                policy,
                AnnotationRoom.EMPTY)));
  }

  private static WorkloadState withBudgets(WorkloadState state, BudgetSnapshot... budgets) {
    return new WorkloadState(
        state.workload(), state.revisions(), state.pods(), List.of(budgets), References.NONE);
  }

  private static BudgetSnapshot budget(String name) {
    return new BudgetSnapshot("demo", name, new LabelSelector(List.of()), 1, 3, 2, 3, false);
  }
}
