package dev.reprise.reconcile;

import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.RestartKey;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a step for which the API server was not to be had. */
final class TryingAgain {

  private static final Logger LOGGER = LoggerFactory.getLogger(TryingAgain.class);

  private static final Duration AFTER_NO_ANSWER = Duration.ofSeconds(1);

  /** Somebody has to give us the right first, which takes a while. */
  private static final Step.Rest AFTER_A_REFUSAL = new Step.Again(Duration.ofSeconds(10));

  /** However long a proxy asks for: callers wait, and the leader may be another by then. */
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(1);

  private TryingAgain() {}

  /** What the work comes to, or when to try it again. */
  static Step.Rest whenUnanswered(RestartKey key, Supplier<Step.Rest> work) {
    try {
      return work.get();
    } catch (ClusterUnavailable unavailable) {
      LOGGER
          .atInfo()
          .addKeyValue("restart", key)
          .addKeyValue("cause", unavailable.getMessage())
          .log("The API server does not answer; trying again");
      Duration asked = unavailable.retryAfter();
      return new Step.Again(
          asked == null ? AFTER_NO_ANSWER : Collections.min(List.of(asked, LONGEST_ASKED)));
    } catch (ClusterRefused refused) {
      LOGGER
          .atWarn()
          .addKeyValue("restart", key)
          .addKeyValue("cause", refused.getMessage())
          .log("The API server refuses what is needed to go on; trying again");
      return AFTER_A_REFUSAL;
    }
  }
}
