package dev.reprise.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.FakeRestarts;
import dev.reprise.restart.FakeWorkloads;
import dev.reprise.restart.HandClock;
import dev.reprise.restart.Mark;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.Writes;
import dev.reprise.workload.Landed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveFeedsTests {

  private final HandClock clock = new HandClock();
  private final Writes writes = new Writes();
  private final FakeRestarts store = new FakeRestarts(clock, writes);
  private final FakeWorkloads workloads = new FakeWorkloads(clock, writes);
  private final List<Live> rendered = new ArrayList<>();
  private final LiveFeeds<String> feeds =
      new LiveFeeds<>(
          store,
          workloads,
          new LiveProgress(store, workloads, clock),
          live -> {
            rendered.add(live);
            return ((LiveRestart) live).restart().status().reason();
          },
          Runnable::run);

  @BeforeEach
  void putWorkload() {
    workloads.put(Samples.deployment(3));
  }

  @Test
  void tellsHowItStandsFirst() throws Exception {
    try (LiveFeeds.Reader<String> reader = feeds.open(pending())) {
      assertThat(now(reader))
          .isInstanceOfSatisfying(
              Told.Changed.class,
              told -> {
                assertThat(told.rendered()).isEqualTo("Accepted");
              });
    }
  }

  @Test
  void isQuietWhileNothingChanges() throws Exception {
    try (LiveFeeds.Reader<String> reader = feeds.open(pending())) {
      now(reader);

      assertThat(now(reader)).isInstanceOf(Told.Quiet.class);
    }
  }

  @Test
  void tellsEachChangeOfTheRestartAndOfItsWorkload() throws Exception {
    Restart restart = pending();
    try (LiveFeeds.Reader<String> reader = feeds.open(restart)) {
      now(reader);
      Restart triggered = triggered(restart);
      Told<String> first = now(reader);
      workloads.change(Samples.WEB, Samples::rolledOut);
      Told<String> second = now(reader);
      store.updateStatus(
          triggered, triggered.status().finished(Phase.Succeeded, "Done", "All", clock.instant()));
      Told<String> third = now(reader);

      assertThat(List.of(first, second, third))
          .extracting(told -> ((Told.Changed<String>) told).rendered())
          .containsExactly("NotObserved", "AllPodsReplaced", "Done");
    }
  }

  @Test
  void computesAChangeOnceHoweverManyFollow() throws Exception {
    Restart restart = pending();
    List<LiveFeeds.Reader<String>> readers = new ArrayList<>();
    for (int count = 0; count < 100; count++) {
      readers.add(feeds.open(restart));
    }
    rendered.clear();

    triggered(restart);
    for (LiveFeeds.Reader<String> reader : readers) {
      assertThat(now(reader)).isInstanceOf(Told.Changed.class);
    }

    assertThat(rendered).hasSize(1);
    assertThat(workloads.followers()).isEqualTo(1);
    readers.forEach(LiveFeeds.Reader::close);
    assertThat(workloads.followers()).isZero();
  }

  @Test
  void tellsASlowReaderTheLatestAlone() throws Exception {
    Restart restart = pending();
    try (LiveFeeds.Reader<String> reader = feeds.open(restart)) {
      triggered(restart);
      workloads.change(Samples.WEB, Samples::rolledOut);

      assertThat(((Told.Changed<String>) now(reader)).rendered()).isEqualTo("AllPodsReplaced");
      assertThat(now(reader)).isInstanceOf(Told.Quiet.class);
    }
  }

  @Test
  void tellsThatTheRestartWasDeleted() throws Exception {
    Restart restart = pending();
    try (LiveFeeds.Reader<String> reader = feeds.open(restart)) {
      now(reader);
      store.delete(restart.key());

      assertThat(now(reader)).isInstanceOf(Told.Gone.class);
    }
  }

  @Test
  void showsARestartThatTheCacheDoesNotHaveYet() throws Exception {
    store.holdCache();
    try (LiveFeeds.Reader<String> reader = feeds.open(pending())) {
      assertThat(now(reader)).isInstanceOf(Told.Changed.class);
      workloads.change(Samples.WEB, Samples::rolledOut);

      assertThat(now(reader)).isInstanceOf(Told.Quiet.class);
    }
  }

  @Test
  void tellsThatARestartWasDeletedThatTheCacheNeverHad() throws Exception {
    store.holdCache();
    Restart restart = pending();
    try (LiveFeeds.Reader<String> reader = feeds.open(restart)) {
      now(reader);
      store.delete(restart.key());
      now(reader);

      assertThat(now(reader)).isInstanceOf(Told.Gone.class);
    }
  }

  @Test
  void letsAllGoWhenTheServiceStops() throws Exception {
    Restart restart = pending();
    try (LiveFeeds.Reader<String> before = feeds.open(restart)) {
      feeds.release();
      try (LiveFeeds.Reader<String> after = feeds.open(restart)) {
        assertThat(now(before)).isInstanceOf(Told.Stopping.class);
        assertThat(now(after)).isInstanceOf(Told.Stopping.class);
      }
    }
  }

  private Restart pending() {
    return store.put(Samples.key("r-1"), Samples.spec(Samples.WEB), RestartStatus.NEW);
  }

  private Restart triggered(Restart restart) {
    workloads.write(workloads.state(Samples.WEB), Samples.TRIGGER, new Mark("r-1", ""));
    var left = workloads.state(Samples.WEB).workload();
    Landed landed =
        new Landed(left.metadata().generation().current(), left.template().hash(), null);
    RestartStatus status = restart.status().begun(Samples.TRIGGER, clock.instant()).landed(landed);
    return store.updateStatus(restart, status).orElseThrow();
  }

  private static Told<String> now(LiveFeeds.Reader<String> reader) throws InterruptedException {
    return reader.next(Duration.ZERO);
  }
}
