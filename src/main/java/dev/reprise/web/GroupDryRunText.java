package dev.reprise.web;

import dev.reprise.plan.Disruption;
import dev.reprise.plan.GroupPlan;
import dev.reprise.restart.GroupDryRun;
import java.util.List;
import java.util.stream.Stream;

/** What a request for a group would come to, as a person reads it on a terminal. */
final class GroupDryRunText {

  private static final List<String> HEAD =
      List.of("KIND", "NAME", "VERDICT", "MECHANISM", "AVAILABLE", "LOWEST");

  private GroupDryRunText() {}

  static String of(GroupDryRun dryRun) {
    GroupPlan plan = dryRun.plan();
    String page =
        PlainText.field("Dry run", "nothing was changed")
            + PlainText.field("Workloads", dryRun.request().asked().selection().words())
            + PlainText.field("Verdict", GroupDryRunResource.message(dryRun));
    return plan.isEmpty()
        ? page
        : page
            + "\n"
            + PlainText.table(
                HEAD,
                Stream.of(
                        plan.refused().stream().map(GroupDryRunText::row),
                        plan.members().stream().map(GroupDryRunText::row),
                        plan.skipped().stream().map(GroupDryRunText::row))
                    .flatMap(rows -> rows)
                    .toList());
  }

  private static List<String> row(GroupPlan.Member member) {
    Disruption disruption = member.plan().disruption();
    return List.of(
        member.target().kind().kind(),
        member.target().name(),
        "would restart",
        member.plan().mechanism().name(),
        "%d of %d".formatted(disruption.available(), disruption.desired()),
        PlanText.lowest(disruption));
  }

  private static List<String> row(GroupPlan.Refused refused) {
    return List.of(
        refused.target().kind().kind(),
        refused.target().name(),
        "refused: " + refused.plan().refusal().code(),
        "",
        "",
        "");
  }

  private static List<String> row(GroupPlan.Skipped skipped) {
    return List.of(
        skipped.target().kind().kind(),
        skipped.target().name(),
        "left out: " + skipped.reason(),
        "",
        "",
        "");
  }
}
