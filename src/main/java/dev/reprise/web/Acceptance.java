package dev.reprise.web;

import dev.reprise.progress.LiveProgress;
import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers whoever has asked for something that is recorded and that the leader carries out. */
@Component
class Acceptance {

  private static final String POLL_SECONDS = "2";

  private final Waits waits;
  private final LiveProgress progress;
  private final ObservationRegistry observations;

  Acceptance(Waits waits, LiveProgress progress, ObservationRegistry observations) {
    this.waits = waits;
    this.progress = progress;
    this.observations = observations;
  }

  /** 202 with where to look; 200 when {@code prefer} made us wait and it has ended meanwhile. */
  ResponseEntity<Object> answer(
      AnyRestart restart, @Nullable String prefer, @Nullable String accept, HttpServletRequest call)
      throws InterruptedException {
    Optional<Duration> wait = RequestHeaders.waitOf(prefer);
    Optional<AnyRestart> waited =
        wait.isPresent() ? awaitEnd(restart, wait.get(), call) : Optional.empty();
    AnyRestart seen = waited.orElse(restart);
    tellTrace(restart);
    boolean done = waited.isPresent() && seen.isFinished();
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(done ? HttpStatus.OK : HttpStatus.ACCEPTED)
            .location(URI.create(AnyResource.path(seen)));
    waited.ifPresent(
        _ -> answer.header("Preference-Applied", "wait=" + wait.orElseThrow().toSeconds()));
    if (!seen.isFinished()) {
      answer.header("Retry-After", POLL_SECONDS);
    }
    return Representation.of(progress.now(seen), accept, answer);
  }

  /** So that the span of this call and that of the restart are found together. */
  private void tellTrace(AnyRestart restart) {
    Observation call = observations.getCurrentObservation();
    if (call != null) {
      call.highCardinalityKeyValue("reprise.restart", restart.key().toString());
    }
  }

  /** It is recorded by now, so whatever goes wrong here must not sound as if it were not. */
  private Optional<AnyRestart> awaitEnd(AnyRestart restart, Duration limit, HttpServletRequest call)
      throws InterruptedException {
    try {
      return waits.untilFinished(restart, limit, call);
    } catch (ClusterUnavailable | ClusterRefused _) {
      return Optional.empty();
    }
  }
}
