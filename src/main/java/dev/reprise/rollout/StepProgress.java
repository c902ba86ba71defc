package dev.reprise.rollout;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.ArgoStep;
import dev.reprise.workload.ArgoStrategy.BlueGreen;
import dev.reprise.workload.ArgoStrategy.Canary;
import dev.reprise.workload.ArgoUpdate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an Argo Rollout has come with the steps to its new revision.
 *
 * @param current the step it is at, counted from 1; one more than {@code total} when all are done,
 *     0 when there are none
 * @param total how many steps there are; 0 for a blue-green Rollout, too
 * @param weight the share of the new revision, in percent; null when none was set yet
 * @param pausedSince since when it waits; null when it does not
 * @param needsPerson whether it waits until somebody promotes it
 */
public record StepProgress(
    int current,
    int total,
    @Nullable Integer weight,
    @Nullable Instant pausedSince,
    boolean needsPerson) {

  /** Whether it is the steps that tell how long it takes, and not the pods. */
  public boolean areAhead() {
    return current <= total && total > 0;
  }

  /** Whether there is nothing to tell: without steps, and no wait to be promoted. */
  boolean areNone() {
    return total == 0 && pausedSince == null && !needsPerson;
  }

  static StepProgress of(ArgoRolloutSnapshot rollout) {
    ArgoUpdate update = rollout.update();
    List<ArgoStep> steps =
        switch (rollout.strategy()) {
          case Canary canary -> canary.steps();
          case BlueGreen _ -> List.of();
        };
    Integer index = update.step();
    int at = index == null || steps.isEmpty() ? 0 : Math.min(index, steps.size()) + 1;
    @Nullable Instant pausedSince =
        update.pauses().stream().map(ArgoUpdate.Pause::since).findFirst().orElse(null);
    return new StepProgress(
        at,
        steps.size(),
        weight(update, steps, at),
        pausedSince,
        update.isPaused() || (!update.pauses().isEmpty() && waitsForPerson(rollout, steps, at)));
  }

  /** Without a traffic router the controller records no weights; the last step passed tells it. */
  private static @Nullable Integer weight(ArgoUpdate update, List<ArgoStep> steps, int at) {
    if (at > steps.size()) {
      return 100;
    }
    Integer recorded = update.weight();
    if (recorded != null) {
      return recorded;
    }
    @Nullable Integer weight = null;
    for (ArgoStep step : steps.subList(0, Math.min(at, steps.size()))) {
      weight =
          switch (step) {
            case ArgoStep.SetWeight(int percent) -> (Integer) percent;
            case ArgoStep.Pause _, ArgoStep.Analysis _, ArgoStep.Other _ -> weight;
          };
    }
    return weight;
  }

  private static boolean waitsForPerson(ArgoRolloutSnapshot rollout, List<ArgoStep> steps, int at) {
    // Of an inconclusive analysis or experiment a person has to judge.
    if (rollout.update().pauses().stream().anyMatch(ArgoUpdate.Pause::isInconclusive)) {
      return true;
    }
    return switch (rollout.strategy()) {
      case BlueGreen(_, boolean promotesItself) -> !promotesItself;
      // Paused though no step says so, it waits for one too.
      case Canary _ ->
          at == 0
              || at > steps.size()
              || !(steps.get(at - 1) instanceof ArgoStep.Pause pause)
              || pause.needsPerson();
    };
  }

  /** For people: {@code Step 2 of 5, weight 40 %, waits for a person since ...}. */
  public String words() {
    StringBuilder words =
        new StringBuilder(
            total == 0
                ? "The new revision is on its way"
                : "Step %d of %d".formatted(Math.min(current, total), total));
    if (weight != null) {
      words.append(", weight ").append(weight).append(" %");
    }
    if (needsPerson) {
      words.append(", waits for a person");
    } else if (pausedSince != null) {
      words.append(", pauses");
    }
    if (pausedSince != null) {
      words.append(" since ").append(pausedSince);
    }
    return words.toString();
  }
}
