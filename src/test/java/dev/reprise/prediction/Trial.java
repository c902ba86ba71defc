package dev.reprise.prediction;

import dev.reprise.plan.Strategy;
import dev.reprise.prediction.Outcome.What;
import dev.reprise.scenario.Caller;
import dev.reprise.scenario.Caller.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Asks for the plan of a restart, makes the restart, and watches what becomes of it. */
final class Trial {

  /** Argo looks again after 30 s where it could not evict: several times of that. */
  private static final Duration ENOUGH = Duration.ofSeconds(90);

  /** For what is not expected to end: it shall not move for the latter half of this. */
  private static final Duration LITTLE = Duration.ofSeconds(24);

  private record Before(PodLog.Mark mark, String active) {}

  private final Caller caller;
  private final Watched watched;
  private final String namespace;
  private final Situation situation;
  private final Stage stage;

  Trial(Caller caller, Watched watched, String namespace, Situation situation, Stage stage) {
    this.caller = caller;
    this.watched = watched;
    this.namespace = namespace;
    this.situation = situation;
    this.stage = stage;
  }

  Row run() {
    situation.layout().accept(stage);
    Prediction prediction =
        Prediction.of(
            situation.strategy(),
            caller
                .get(
                    "/namespaces/%s/workloads/%s/%s"
                        .formatted(namespace, situation.kind().plural(), stage.name()))
                .body());
    return new Row(situation, prediction, observe(prediction.isBlocked() ? LITTLE : ENOUGH));
  }

  private Observation observe(Duration timeout) {
    Before before = new Before(watched.mark(), stage.active());
    Answer answer = post(false, timeout);
    if (!answer.text("code").equals("CertainDowntime")) {
      return observe(answer, before, timeout);
    }
    Observation accepted = observe(post(true, timeout), before, timeout);
    return new Observation(
        accepted.mechanism(), accepted.lowest(), accepted.outcome().whenAccepted());
  }

  private Observation observe(Answer answer, Before before, Duration timeout) {
    if (answer.status() != 202) {
      return new Observation("", null, Outcome.of(What.Refused, answer.text("code")));
    }
    Answer ended = caller.awaitEnd(answer.location());
    stage.catchUp();
    Outcome outcome = outcome(ended, timeout);
    return outcome.what() == What.NothingToRestart
        ? new Observation("", null, outcome)
        : new Observation(ended.text("mechanism"), lowest(before), outcome);
  }

  private int lowest(Before before) {
    Set<String> serving = stage.serving(before.active());
    return watched.pods(log -> log.lowestAvailable(serving, stage.minReady(), before.mark()));
  }

  private Outcome outcome(Answer ended, Duration timeout) {
    String reason = ended.text("reason");
    if (ended.text("phase").equals("Succeeded")) {
      return reason.equals("NothingToRestart")
          ? Outcome.of(What.NothingToRestart, "")
          : Outcome.of(What.Succeeds, "");
    }
    if (reason.equals("Timeout") && isStill(ended, timeout)) {
      return Outcome.of(
          What.Blocked, ended.body().path("blockers").path(0).path("reason").asString(""));
    }
    return Outcome.of(What.Fails, reason);
  }

  /** Whether no pod changed for the latter half of the time that it had. */
  private boolean isStill(Answer ended, Duration timeout) {
    Instant half = Instant.parse(ended.text("finishedAt")).minus(timeout.dividedBy(2));
    return watched.pods(log -> log.lastChange(stage.owners())).isBefore(half);
  }

  private Answer post(boolean acceptDowntime, Duration timeout) {
    Strategy strategy = situation.strategy();
    return caller.post(
        namespace,
        """
        {"kind": "%s", "name": "%s", "strategy": "%s", "acceptDowntime": %s, "timeout": "%s"}
        """
            .formatted(situation.kind(), stage.name(), strategy, acceptDowntime, timeout));
  }
}
