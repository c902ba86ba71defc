package dev.reprise.prediction;

import java.util.Objects;

/** A situation with what was predicted and what was observed. */
record Row(Situation situation, Prediction predicted, Observation observed) {

  boolean isBorneOut() {
    return observed.outcome().bearsOut(predicted.outcome())
        && (!predicted.isAboutPods()
            || (observed.mechanism().equals(predicted.mechanism()) && isWithinRange()));
  }

  private boolean isWithinRange() {
    Integer lowest = observed.lowest();
    return lowest != null && lowest >= predicted.lowest() && lowest <= predicted.atMost();
  }

  @Override
  public String toString() {
    return "| %s | %s | %s | %d | %s | %s | %s | %s |"
        .formatted(
            situation.strategy(),
            situation.text(),
            predicted.isAboutPods() ? predicted.mechanism() : "",
            predicted.desired(),
            predicted.range(),
            Objects.toString(observed.lowest(), ""),
            predicted.outcome(),
            observed.outcome());
  }
}
