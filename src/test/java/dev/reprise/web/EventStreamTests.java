package dev.reprise.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.progress.LiveFeeds;
import dev.reprise.progress.LiveProgress;
import dev.reprise.restart.FakeRestarts;
import dev.reprise.restart.FakeWorkloads;
import dev.reprise.restart.HandClock;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.Writes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** What goes over a connection that is kept open. */
class EventStreamTests {

  private static final Duration HEARTBEAT = Duration.ofMillis(20);

  private final HandClock clock = new HandClock();
  private final Writes writes = new Writes();
  private final FakeRestarts store = new FakeRestarts(clock, writes);
  private final FakeWorkloads workloads = new FakeWorkloads(clock, writes);
  private final LiveFeeds<Rendered> feeds =
      new LiveFeeds<>(
          store,
          workloads,
          new LiveProgress(store, workloads, clock),
          new Rendering(JsonMapper.builder().build())::render,
          Runnable::run);
  private final Restart restart =
      store.put(Samples.key("web-1"), Samples.spec(Samples.WEB), RestartStatus.NEW);
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @AfterEach
  void endAllStreams() {
    feeds.release();
  }

  @Test
  void isSeenToBeAliveWhileNothingChanges() throws Exception {
    CompletableFuture<?> writing = write(new ServerSentEvents());

    awaitWritten("}\n\n: still here\n\n: still here\n\n");

    store.updateStatus(
        restart,
        RestartStatus.NEW.finished(Phase.Succeeded, "Why", "How it ended", HandClock.START));
    writing.get(20, TimeUnit.SECONDS);
    assertThat(response.getContentAsString()).contains("event: finished\n").endsWith("}\n\n");
  }

  @Test
  void repeatsItsLineWhileNothingChanges() throws Exception {
    CompletableFuture<?> writing = write(new StatusLines());

    awaitWritten("...\n");
    String line = response.getContentAsString();
    awaitWritten(line + line);

    feeds.release();
    writing.get(20, TimeUnit.SECONDS);
  }

  @Test
  void tellsEventReadersToConnectAgainWhenTheServiceStops() throws Exception {
    feeds.release();

    write(new ServerSentEvents()).get(20, TimeUnit.SECONDS);

    assertThat(response.getContentAsString())
        .endsWith("retry: 1000\nevent: reconnect\ndata: {}\n\n");
  }

  @Test
  void saysInALineThatTheRestartGoesOnWhenTheServiceStops() throws Exception {
    feeds.release();

    write(new StatusLines()).get(20, TimeUnit.SECONDS);

    assertThat(response.getContentAsString())
        .endsWith("error: the service is stopping, the restart goes on; ask again in a moment\n");
  }

  private CompletableFuture<?> write(StreamFormat format) {
    return CompletableFuture.runAsync(
        () -> {
          try (LiveFeeds.Reader<Rendered> reader = feeds.open(restart)) {
            new EventStream(response, format, HEARTBEAT).write(reader);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        Thread::startVirtualThread);
  }

  private void awaitWritten(String text) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> response.getContentAsString().contains(text));
  }
}
