package dev.reprise.bench;

import dev.reprise.scenario.Replica;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Many clients at one service, and what becomes of it. */
final class Crowd implements AutoCloseable {

  /** Connecting all at once would measure how long a queue of connections is. */
  private static final int CONNECTING = 50;

  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ROUNDS_OF_EVENTS = 3;

  private final String name;
  private final PlainClient client;
  private final PlayedRestarts restarts;
  private final String namespace;
  private final Queue<LineStream> streams = new ConcurrentLinkedQueue<>();
  private final Samples delays;
  private final Samples watched = new Samples("bare watch");
  private final Changes changes = new Changes();
  private final Changes.Seen byClients;
  private final Changes.Seen byWatch;

  Crowd(String name, PlainClient client, PlayedRestarts restarts, String namespace) {
    this.name = name;
    this.client = client;
    this.restarts = restarts;
    this.namespace = namespace;
    this.delays = new Samples(name);
    this.byClients = changes.seenIn(delays);
    this.byWatch = changes.seenIn(watched);
  }

  Samples delays() {
    return delays;
  }

  List<String> measure(
      Replica service, Looking looking, String prefix, List<String> paths, int count)
      throws Exception {
    Footprint before = Footprint.of(service.process());
    Results.say("%s: opening", name);
    open(service.caller().address(), looking, paths, count);
    int open = accepted(looking);
    Footprint with = Footprint.of(service.process());
    Duration cpu = Footprint.cpu(service.process());
    Thread.sleep(IDLE);
    String idle = percent(Footprint.cpu(service.process()).minus(cpu), IDLE);
    cpu = Footprint.cpu(service.process());
    long start = System.nanoTime();
    int expected = 0;
    try (AutoCloseable _ = client.watch(PlainClient.restarts(namespace), byWatch::line)) {
      int rounds = looking == Looking.LONG_POLL ? 1 : ROUNDS_OF_EVENTS;
      for (int round = 0; round < rounds; round++) {
        for (int number = 0; number < paths.size(); number++) {
          change(looking, prefix + "-" + number);
        }
        expected += open;
        awaitSeen(expected, service.process());
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    String changing = percent(Footprint.cpu(service.process()).minus(cpu), took);
    // Streams end with their Restart; when a client just goes away, the service notices late.
    for (int number = 0; number < paths.size(); number++) {
      restarts.finish(prefix + "-" + number, 0);
    }
    if (!service.process().isAlive()) {
      Results.say("%s: the service has ended", name);
    }
    return List.of(
        name,
        "%d of %d".formatted(open, count),
        with.resident() + " (without " + before.resident() + ")",
        with.heap() + " (without " + before.heap() + ")",
        Results.number((with.heap() - before.heap()) * 1024.0 / Math.max(1, open)),
        idle,
        changing,
        "%d of %d".formatted(delays.count(), expected),
        Samples.milliseconds(watched.median()),
        Samples.milliseconds(delays.median()),
        Samples.milliseconds(delays.quantile(0.99)));
  }

  private void change(Looking looking, String restart) {
    int change = changes.begin();
    switch (looking) {
      case LONG_POLL -> restarts.finish(restart, change);
      case EVENTS -> restarts.say(restart, change);
    }
  }

  private void open(URI address, Looking looking, List<String> paths, int count) {
    Semaphore places = new Semaphore(CONNECTING);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < count; number++) {
        String path = paths.get(number % paths.size());
        threads.submit(() -> {
          places.acquire();
          try {
            LineStream stream = looking.at(address, path, byClients::line);
            streams.add(stream);
            return looking == Looking.EVENTS ? stream.status(PATIENCE) : 0;
          } finally {
            places.release();
          }
        });
      }
    }
  }

  /** A waiting GET that is refused is answered at once; one that is not, isn't answered yet. */
  private int accepted(Looking looking) throws InterruptedException {
    Map<Integer, Integer> byStatus = new TreeMap<>();
    Thread.sleep(Duration.ofSeconds(1));
    for (LineStream stream : streams) {
      byStatus.merge(stream.status(Duration.ofMillis(0)), 1, Integer::sum);
    }
    Results.say("%s: open, by status: %s", name, byStatus);
    return byStatus.getOrDefault(looking == Looking.LONG_POLL ? 0 : 200, 0);
  }

  private void awaitSeen(int expected, Process service) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (delays.count() < expected && service.isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(Duration.ofMillis(10));
    }
  }

  private static String percent(Duration cpu, Duration time) {
    return Math.round(100.0 * cpu.toMillis() / Math.max(1, time.toMillis())) + " %";
  }

  @Override
  public void close() throws IOException {
    streams.forEach(LineStream::close);
  }
}
