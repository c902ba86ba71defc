package dev.reprise.scenario;

import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Restarts one workload, or a group, again and again, each time under a key of its own, and repeats
 * each request at the other replica until it is answered: what a careful caller does.
 */
final class Persistent {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Pair pair;
  private final String namespace;
  private final String body;
  private final String name;
  private final AtomicInteger turn = new AtomicInteger();
  private int asked;

  /**
   * @param strategy as in the body of a POST
   */
  Persistent(Pair pair, String namespace, Manifest workload, String strategy) {
    this(
        pair,
        namespace,
        workload.name(),
        "{\"kind\": \"%s\", \"name\": \"%s\", \"strategy\": \"%s\", \"acceptDowntime\": true}"
            .formatted(workload.kind(), workload.name(), strategy));
  }

  /**
   * @param name what its keys begin with
   */
  Persistent(Pair pair, String namespace, String name, String body) {
    this.pair = pair;
    this.namespace = namespace;
    this.name = name;
    this.body = body;
  }

  /** How many restarts were accepted so far. */
  int asked() {
    return asked;
  }

  /** Asks for one more restart and returns when it has ended. */
  Answer restart() {
    String key = "\"%s-%d\"".formatted(name, asked);
    Answer accepted =
        persist(number -> pair.caller(number).post(namespace, body, "Idempotency-Key", key));
    asked++;
    return await()
        .atMost(PATIENCE)
        .pollInterval(PAUSE)
        .until(
            () ->
                persist(
                    number -> pair.caller(number).get(accepted.location(), "Prefer", "wait=10")),
            Answer::isFinished);
  }

  private interface Request {
    Answer send(int number);
  }

  private Answer persist(Request request) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(PAUSE)
        .ignoreException(UncheckedIOException.class)
        .until(() -> request.send(turn.getAndIncrement() % 2), answer -> answer.status() < 500);
  }
}
