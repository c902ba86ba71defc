package dev.reprise.cluster;

import com.google.gson.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the API server answered.
 *
 * @param body the object, as it came
 * @param date the API server's clock when it answered, in whole seconds; null when it did not say,
 *     which the API server itself always does
 */
record ApiAnswer(JsonObject body, @Nullable Instant date) {

  /**
   * The API server's clock when it answered, in whole seconds.
   *
   * @throws IllegalStateException when something between us and the API server took it away
   */
  Instant serverTime() {
    if (date == null) {
      throw new IllegalStateException("The API server's answer has no Date header");
    }
    return date;
  }
}
