package dev.reprise.cluster;

import dev.reprise.workload.ArgoStep;
import dev.reprise.workload.ArgoStrategy;
import dev.reprise.workload.ArgoUpdate;
import dev.reprise.workload.IntOrPercent;
import dev.reprise.workload.TemplateReference;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What only an Argo Rollout has, from the API server's JSON. */
final class ArgoMapping {

  private ArgoMapping() {}

  /** Argo's default is 25 % of either, of a blue-green Rollout as well (utils/defaults). */
  static ArgoStrategy strategy(Node strategy) {
    Node canary = strategy.at("canary");
    Node blueGreen = strategy.at("blueGreen");
    return blueGreen.isPresent()
        ? new ArgoStrategy.BlueGreen(
            WorkloadMapping.intOrPercent(blueGreen.at("maxUnavailable"), IntOrPercent.percent(25)),
            promotesItself(blueGreen))
        : new ArgoStrategy.Canary(
            WorkloadMapping.intOrPercent(canary.at("maxSurge"), IntOrPercent.percent(25)),
            WorkloadMapping.intOrPercent(canary.at("maxUnavailable"), IntOrPercent.percent(25)),
            canary.at("steps").items().map(ArgoMapping::step).toList(),
            canary.at("trafficRouting").isPresent());
  }

  /** Argo ignores {@code autoPromotionSeconds} where that is false (its own types.go). */
  private static boolean promotesItself(Node blueGreen) {
    Node enabled = blueGreen.at("autoPromotionEnabled");
    return !enabled.isPresent() || enabled.isTrue();
  }

  private static ArgoStep step(Node step) {
    if (step.at("setWeight").isPresent()) {
      return new ArgoStep.SetWeight(step.at("setWeight").intOr(0));
    }
    if (step.at("pause").isPresent()) {
      return new ArgoStep.Pause(duration(step.at("pause", "duration")));
    }
    if (step.at("analysis").isPresent()) {
      return new ArgoStep.Analysis();
    }
    return new ArgoStep.Other(step.firstField());
  }

  /** Seconds, or Go's form of a duration: {@code 30s}, {@code 1h30m}. */
  private static @Nullable Duration duration(Node node) {
    String text = node.text();
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return Duration.parse(
          "PT" + text.toUpperCase(Locale.ROOT) + (text.matches("\\d+") ? "S" : ""));
    } catch (DateTimeException _) {
      // Not for a person to end: Argo calls the spec invalid.
      return Duration.ZERO;
    }
  }

  static ArgoUpdate update(Node rollout) {
    Node status = rollout.at("status");
    Node step = status.at("currentStepIndex");
    Node weight = status.at("canary", "weights", "canary", "weight");
    return new ArgoUpdate(
        status.at("stableRS").textOr(""),
        status.at("currentPodHash").textOr(""),
        step.isPresent() ? (Integer) step.intOr(0) : null,
        weight.isPresent() ? (Integer) weight.intOr(0) : null,
        rollout.at("spec", "paused").isTrue(),
        status.at("abort").isTrue(),
        status
            .at("pauseConditions")
            .items()
            .map(pause ->
                new ArgoUpdate.Pause(
                    pause.at("reason").textOr(""), pause.at("startTime").instant()))
            .toList());
  }

  static @Nullable TemplateReference reference(Node rollout) {
    Node reference = rollout.at("spec", "workloadRef");
    return reference.isPresent()
        ? new TemplateReference(
            reference.at("kind").textOr(""),
            reference.at("name").textOr(""),
            rollout.at("status", "workloadObservedGeneration").longOr(0))
        : null;
  }
}
