package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.plan.CertainDowntime;
import dev.reprise.plan.Disruption;
import dev.reprise.plan.Finding;
import dev.reprise.plan.RestartPlan;
import dev.reprise.plan.RestartPlanner;
import dev.reprise.plan.Strategy;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.WorkloadState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the planner makes of real workloads. In {@code expected.yaml}, {@code request} is what the
 * caller asks for; with a {@code mechanism} instead of a strategy, what was chosen before is
 * checked again.
 */
class PlanGoldenTests {

  private static final RestartPlanner PLANNER = new RestartPlanner(CertainDowntime.Refuse);
  private static final GoldenTree TREE = new GoldenTree("plan", "workload.yaml", "request");

  @TestFactory
  Stream<DynamicNode> plansForRealWorkloads() {
    return TREE.tests(PlanGoldenTests::outcome);
  }

  /** All but the one that is no property of the workload: who asks may not restart it. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "Forbidden")
  void everyFindingHasACase(Finding.Code code) {
    assertThat(TREE.expectations().stream().filter(text -> text.contains("code: " + code)))
        .as("cases with %s", code)
        .isNotEmpty();
  }

  private static Map<String, Object> outcome(GoldenTree.Case golden) {
    RestartPlan plan = plan(golden, golden.given());
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("plan", plan.getClass().getSimpleName());
    switch (plan) {
      case RestartPlan.Proceed proceed -> {
        outcome.put("mechanism", proceed.mechanism().name());
        outcome.put("workload", proceed.workload().toString());
        outcome.put("why", proceed.why());
        outcome.put("disruption", fields(proceed.disruption()));
      }
      case RestartPlan.NothingToRestart(String message) -> outcome.put("message", message);
      case RestartPlan.Refused refused -> {
        outcome.put("refusal", refused.refusal().code().name());
        outcome.put(
            "alternatives", refused.alternatives().stream().map(PlanGoldenTests::text).toList());
      }
    }
    outcome.put("findings", plan.findings().stream().map(PlanGoldenTests::fields).toList());
    return outcome;
  }

  private static RestartPlan plan(GoldenTree.Case golden, Node request) {
    WorkloadState state = golden.state().orElseThrow();
    boolean acceptDowntime = request.at("acceptDowntime").isTrue();
    return request.at("mechanism").isPresent()
        ? PLANNER.check(
            state, Mechanism.valueOf(request.at("mechanism").required()), acceptDowntime)
        : PLANNER.plan(
            state,
            golden.surroundings().orElseThrow(),
            Strategy.valueOf(request.at("strategy").required()),
            acceptDowntime);
  }

  private static Map<String, Object> fields(Disruption disruption) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("desired", disruption.desired());
    fields.put("available", disruption.available());
    fields.put("surge", disruption.surge());
    fields.put("unavailable", disruption.unavailable());
    if (disruption.budget() != null) {
      fields.put("budget", disruption.budget());
    }
    fields.put("lowestAvailable", disruption.lowestAvailable());
    fields.put("lowestAvailableAtMost", disruption.lowestAvailableAtMost());
    fields.put("waves", disruption.waves());
    return fields;
  }

  private static String text(RestartPlan.Alternative alternative) {
    return "%s%s by %s, lowest %d"
        .formatted(
            alternative.strategy(),
            alternative.acceptDowntime() ? " with downtime" : "",
            alternative.plan().mechanism(),
            alternative.plan().disruption().lowestAvailable());
  }

  private static Map<String, Object> fields(Finding finding) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", finding.code().name());
    fields.put("severity", finding.severity().name());
    fields.put("message", finding.message());
    fields.put("nextStep", finding.nextStep());
    return fields;
  }
}
