package dev.reprise.workload;

/**
 * A pod count, or a share of the desired pods, as in {@code maxSurge} and {@code maxUnavailable}.
 */
public sealed interface IntOrPercent {

  record Count(int pods) implements IntOrPercent {}

  record Percent(int percent) implements IntOrPercent {}

  /** The number of pods, a share rounded up: how the controllers resolve {@code maxSurge}. */
  default int ofRoundedUp(int desired) {
    return switch (this) {
      case Count(int pods) -> pods;
      case Percent(int percent) -> Math.ceilDiv(desired * percent, 100);
    };
  }

  /** The number of pods, a share rounded down: how they resolve {@code maxUnavailable}. */
  default int ofRoundedDown(int desired) {
    return switch (this) {
      case Count(int pods) -> pods;
      case Percent(int percent) -> Math.floorDiv(desired * percent, 100);
    };
  }

  static IntOrPercent count(int pods) {
    return new Count(pods);
  }

  static IntOrPercent percent(int percent) {
    return new Percent(percent);
  }
}
