package dev.reprise.scenario;

import dev.reprise.scenario.ApiProxy.Request;
import java.util.function.Predicate;

/** When a fault comes: just after this has taken effect, and before the service hears of it. */
enum Moment {
  AfterTheCreate(
      request -> request.method().equals("POST") && request.path().contains("/restarts")),
  AfterTheTrigger(
      request -> request.path().contains("/status") && request.body().contains("\"trigger\"")),
  AfterThePatch(
      request -> request.method().equals("PATCH") && request.path().contains("/deployments/web"));

  private final Predicate<Request> matching;

  Moment(Predicate<Request> matching) {
    this.matching = matching;
  }

  Predicate<Request> matching() {
    return matching;
  }
}
