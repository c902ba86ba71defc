package dev.reprise.web;

import static dev.reprise.web.Answers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.Caller;
import dev.reprise.restart.FakeRestarts;
import dev.reprise.restart.FakeWorkloads;
import dev.reprise.restart.HandClock;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What somebody hears who follows a restart. */
@WebTest
@TestPropertySource(properties = "reprise.streams.total=1")
class EventsTests {

  private static final String EVENTS = "/namespaces/demo/restarts/web-1/events";

  @Autowired private MockMvcTester mvc;
  @Autowired private FakeRestarts store;
  @Autowired private FakeWorkloads workloads;
  @Autowired private OpenCalls calls;

  @BeforeEach
  void runNothing() {
    store.reset();
    workloads.reset();
  }

  @Test
  void tellsTheEndAndEndsItself() throws Exception {
    put(ended(Phase.Succeeded));

    MvcTestResult answer = events(null, null);

    assertThat(answer).hasStatusOk();
    assertThat(answer).hasContentTypeCompatibleWith("text/event-stream");
    assertThat(answer).headers().hasValue("Cache-Control", "no-store");
    assertThat(answer).headers().hasValue("X-Accel-Buffering", "no");
    assertThat(Answers.body(answer))
        .startsWith("retry: 2000\n\nid: W/\"")
        .contains("\nevent: finished\ndata: {\"name\":\"web-1\",")
        .endsWith("}\n\n");
  }

  @Test
  void answersNothingOnceTheEndWasSeen() throws Exception {
    put(ended(Phase.Failed));
    String seen = Answers.body(events(null, null)).replaceAll("(?s).*id: (\\S+)\n.*", "$1");

    assertThat(events(seen, null)).hasStatus(204);
    assertThat(events("another", null)).hasStatusOk();
  }

  @Test
  void tellsChangesUntilTheEnd() throws Exception {
    Restart restart = put(RestartStatus.NEW);
    CompletableFuture<MvcTestResult> following =
        CompletableFuture.supplyAsync(() -> events(null, "text/plain"));
    while (workloads.followers() == 0) {
      Thread.onSpinWait();
    }

    store.updateStatus(restart, ended(Phase.Succeeded));

    MvcTestResult answer = following.get(20, TimeUnit.SECONDS);
    assertThat(answer).hasContentTypeCompatibleWith("text/plain;charset=UTF-8");
    assertThat(Answers.body(answer))
        .endsWith("deployment \"web\" successfully restarted: How it ended\n");
  }

  @Test
  void writesLinesForPeople() throws Exception {
    put(ended(Phase.Superseded));

    assertThat(Answers.body(events(null, "text/plain")))
        .isEqualTo("error: restart of deployment \"web\" was superseded (Why): How it ended\n");
  }

  @Test
  void saysInAProblemThatThereIsNoSuchRestart() {
    assertProblem(events(null, "text/event-stream"), 404, "RestartNotFound");
    assertProblem(events(null, "text/plain"), 404, "RestartNotFound");
  }

  @Test
  void refusesMoreStreamsThanItMayKeepOpen() {
    put(RestartStatus.NEW);
    try (OpenCalls.Open _ = calls.enter(Caller.ANONYMOUS, "203.0.113.7").orElseThrow()) {
      MvcTestResult refused = events(null, null);

      assertProblem(refused, 429, "TooManyStreams");
      assertThat(Answers.body(refused))
          .contains("at most 500 calls open for one caller and 1 in all");
      assertThat(refused).headers().hasValue("Retry-After", "10");
      assertProblem(
          mvc.get().uri("/namespaces/demo/restarts/web-1/result").exchange(),
          429,
          "TooManyStreams");
    }
  }

  @Test
  void answersAtOnceWhereThereIsNoRoomToWait() {
    put(RestartStatus.NEW);
    try (OpenCalls.Open _ = calls.enter(Caller.ANONYMOUS, "203.0.113.7").orElseThrow()) {
      MvcTestResult answer =
          mvc.get().uri("/namespaces/demo/restarts/web-1").header("Prefer", "wait=50").exchange();

      assertThat(answer).hasStatusOk();
      assertThat(answer).headers().doesNotContainHeader("Preference-Applied");
    }
  }

  @Test
  void answersHeadWithoutKeepingItOpen() {
    put(RestartStatus.NEW);

    MvcTestResult answer = mvc.head().uri(EVENTS).exchange();

    assertThat(answer).hasStatusOk();
    assertThat(answer).hasContentTypeCompatibleWith("text/event-stream");
    assertThat(workloads.followers()).isZero();
  }

  @Test
  void givesThePlaceBackAtTheEnd() {
    put(ended(Phase.Succeeded));

    for (int time = 0; time < 3; time++) {
      assertThat(events(null, null)).hasStatusOk();
    }
  }

  private MvcTestResult events(String lastEventId, String accept) {
    var request = mvc.get().uri(EVENTS);
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    if (accept != null) {
      request.header("Accept", accept);
    }
    return request.exchange();
  }

  private Restart put(RestartStatus status) {
    return store.put(Samples.key("web-1"), Samples.spec(Samples.WEB), status);
  }

  private static RestartStatus ended(Phase phase) {
    return RestartStatus.NEW.finished(phase, "Why", "How it ended", HandClock.START);
  }
}
