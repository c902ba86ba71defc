package dev.reprise.prediction;

import dev.reprise.plan.Finding;
import dev.reprise.plan.Strategy;
import dev.reprise.prediction.Outcome.What;
import tools.jackson.databind.JsonNode;

/**
 * What the service says before a restart.
 *
 * @param mechanism empty where nothing would be done
 * @param lowest the fewest pods that will be available on the way, where timing is unkind
 * @param atMost the same where timing is kind
 */
record Prediction(String mechanism, int desired, int lowest, int atMost, Outcome outcome) {

  static Prediction of(Strategy strategy, JsonNode workload) {
    JsonNode plan =
        workload
            .path("plans")
            .valueStream()
            .filter(one -> one.path("strategy").asString("").equals(strategy.name()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("No plan: " + workload));
    JsonNode disruption = plan.path("disruption");
    int lowest = disruption.path("lowestAvailable").asInt(0);
    return new Prediction(
        plan.path("mechanism").asString(""),
        disruption.path("desired").asInt(workload.path("replicas").asInt(0)),
        lowest,
        disruption.path("lowestAvailableAtMost").asInt(lowest),
        outcome(plan));
  }

  private static Outcome outcome(JsonNode plan) {
    return switch (plan.path("verdict").asString("")) {
      case "NothingToRestart" -> Outcome.of(What.NothingToRestart, "");
      case "Proceed" -> proceeding(plan);
      case "Refused" -> {
        String code = refusal(plan);
        yield code.equals("CertainDowntime") && plan.has("mechanism")
            ? proceeding(plan).whenAccepted()
            : Outcome.of(What.Refused, code);
      }
      default -> throw new IllegalStateException("No verdict: " + plan);
    };
  }

  private static Outcome proceeding(JsonNode plan) {
    return plan.path("findings")
        .valueStream()
        .map(finding -> finding.path("code").asString(""))
        .filter(code -> Finding.Code.valueOf(code).isObstacle())
        .findFirst()
        .map(code -> Outcome.of(What.Blocked, code))
        .orElseGet(() -> Outcome.of(What.Succeeds, ""));
  }

  private static String refusal(JsonNode plan) {
    return plan.path("findings")
        .valueStream()
        .filter(finding -> finding.path("severity").asString("").equals("Refusal"))
        .map(finding -> finding.path("code").asString(""))
        .findFirst()
        .orElse("");
  }

  boolean isBlocked() {
    return outcome.what() == What.Blocked;
  }

  /** Whether there is a number: pods are to be replaced. */
  boolean isAboutPods() {
    return switch (outcome.what()) {
      case Blocked, Succeeds, Fails -> true;
      case Refused, NothingToRestart -> false;
    };
  }

  String range() {
    if (!isAboutPods()) {
      return "";
    }
    return lowest == atMost ? Integer.toString(lowest) : lowest + " to " + atMost;
  }
}
