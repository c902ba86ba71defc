package dev.reprise.cluster;

import dev.reprise.rollout.Blockers;
import dev.reprise.rollout.RevisionChange;
import dev.reprise.rollout.RolloutStatus;
import dev.reprise.rollout.WayBackRules;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * What the rules of {@code rollout} make of real objects of a restart that was cancelled. {@code
 * restart} is as {@link RolloutGoldenTests} has it, with what taking its trigger back left in
 * {@code takenBack}.
 */
class WayBackGoldenTests {

  private static final GoldenTree TREE = new GoldenTree("wayback", "objects.yaml", "restart");

  @TestFactory
  Stream<DynamicNode> judgesRealObjects() {
    return TREE.tests(WayBackGoldenTests::outcome);
  }

  private static Map<String, Object> outcome(GoldenTree.Case golden) {
    Node restart = golden.given();
    Instant value = Objects.requireNonNull(restart.at("value").instant());
    Trigger trigger =
        new Trigger(
            Mechanism.valueOf(restart.at("mechanism").required()),
            value,
            golden.ref(),
            restart.at("uid").required(),
            restart.at("generation").longOr(0) - 1,
            null,
            "",
            1);
    Landed landed = landed(golden, restart);
    Landed takenBack = landed(golden, restart.at("takenBack"));
    WorkloadState state = golden.state().orElseThrow();
    RolloutStatus status = WayBackRules.judge(trigger, landed, takenBack, state);
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("status", status.getClass().getSimpleName());
    outcome.put("reason", status.reason());
    outcome.put("message", status.message());
    outcome.put(
        "evict",
        WayBackRules.toEvict(trigger, landed, takenBack, state).stream()
            .map(PodSnapshot::name)
            .collect(Collectors.joining(", ")));
    RevisionChange change = RevisionChange.ofWayBack(trigger, landed, takenBack, state);
    outcome.put("revisions", change.from() + " -> " + change.to());
    outcome.put(
        "blockers",
        RolloutGoldenTests.fields(
            Blockers.ofWayBack(
                status, trigger, landed, takenBack, state, RolloutGoldenTests.now(golden))));
    return outcome;
  }

  private static Landed landed(GoldenTree.Case golden, Node left) {
    return new Landed(
        left.at("generation").longOr(0),
        RolloutGoldenTests.templateHash(golden, left.at("template").required()),
        left.at("partition").integer());
  }
}
