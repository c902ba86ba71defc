package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Objects are their resourceVersions here. */
class ObjectCacheTests {

  private static final ObjectKey A = new ObjectKey("shop", "a");
  private static final Set<ObjectKey> NOTHING = Set.of();

  private final ObjectCache<String> cache =
      new ObjectCache<>(object -> ResourceVersion.of(object).text());
  private final List<String> heard = new ArrayList<>();

  ObjectCacheTests() {
    cache.add((key, before, after) -> heard.add(key.name() + " " + before + " -> " + after));
  }

  @Test
  void hasWhatWeCreatedAtOnce() {
    cache.retain(NOTHING, version("10"));

    cache.wrote(a("11"));

    assertThat(cache.get(A)).contains("11");
    assertThat(heard).containsExactly("a null -> 11");
  }

  @Test
  void hasWhatWeChangedAtOnce() {
    added("10");

    cache.wrote(a("11"));

    assertThat(cache.all()).containsExactly("11");
    assertThat(heard).containsExactly("a null -> 10", "a 10 -> 11");
  }

  @Test
  void tellsNoMoreOfWhatWeWroteWhenTheWatchDoes() {
    added("10");
    cache.wrote(a("11"));

    changed("11");

    assertThat(heard).containsExactly("a null -> 10", "a 10 -> 11");
  }

  @Test
  void tellsNothingOfWhatWeWroteWhenTheWatchHasDone() {
    added("10");
    changed("11");

    cache.wrote(a("11"));

    assertThat(heard).containsExactly("a null -> 10", "a 10 -> 11");
  }

  @Test
  void dropsEventsFromBeforeWhatWeWrote() {
    added("8");
    cache.wrote(a("11"));

    changed("9");
    changed("10");

    assertThat(cache.all()).containsExactly("11");
    assertThat(heard).containsExactly("a null -> 8", "a 8 -> 11");
  }

  @Test
  void goesOnWithWhatOthersChangedAfterwards() {
    added("10");
    cache.wrote(a("11"));

    changed("12");

    assertThat(cache.all()).containsExactly("12");
  }

  @Test
  void dropsAnAnswerThatALaterOneOvertook() {
    added("10");
    cache.wrote(a("12"));

    cache.wrote(a("11"));

    assertThat(cache.all()).containsExactly("12");
    assertThat(heard).containsExactly("a null -> 10", "a 10 -> 12");
  }

  @Test
  void leavesDeletedWhatTheWatchSawDeletedAfterOurWrite() {
    added("10");
    deleted("12");

    cache.wrote(a("11"));

    assertThat(cache.all()).isEmpty();
    assertThat(heard).containsExactly("a null -> 10", "a 10 -> null");
  }

  @Test
  void leavesDeletedWhatWasNeverSeenBeforeItsDeletion() {
    cache.retain(NOTHING, version("10"));
    cache.reached(version("13"));

    cache.wrote(a("11"));

    assertThat(cache.all()).isEmpty();
    assertThat(heard).isEmpty();
  }

  @Test
  void removesWhatWeWroteWhenItWasDeletedAfterwards() {
    added("10");
    cache.wrote(a("11"));

    deleted("12");

    assertThat(cache.all()).isEmpty();
  }

  @Test
  void keepsWhatWeCreatedWhenAnEarlierOneOfThatNameIsSeenDeleted() {
    added("10");
    cache.wrote(a("12"));

    deleted("11");

    assertThat(cache.all()).containsExactly("12");
    assertThat(heard).containsExactly("a null -> 10", "a 10 -> 12");
  }

  @Test
  void keepsWhatWeCreatedAfterAListWasTaken() {
    cache.retain(NOTHING, version("10"));
    cache.wrote(a("12"));

    cache.retain(NOTHING, version("11"));

    assertThat(cache.all()).containsExactly("12");
  }

  @Test
  void removesWhatWeCreatedWhenALaterListLacksIt() {
    cache.retain(NOTHING, version("10"));
    cache.wrote(a("12"));

    cache.retain(NOTHING, version("13"));

    assertThat(cache.all()).isEmpty();
    assertThat(heard).containsExactly("a null -> 12", "a 12 -> null");
  }

  @Test
  void removesWhatAListWasTooOldToLackWhenTheWatchSeesItDeleted() {
    cache.retain(NOTHING, version("10"));
    cache.wrote(a("12"));
    cache.retain(NOTHING, version("11"));

    added("12");
    deleted("13");

    assertThat(cache.all()).isEmpty();
    assertThat(heard).containsExactly("a null -> 12", "a 12 -> null");
  }

  @Test
  void keepsWhatWeChangedAfterAListWasTaken() {
    added("10");
    cache.wrote(a("12"));

    cache.retain(Set.of(cache.put(a("10"))), version("11"));

    assertThat(cache.all()).containsExactly("12");
    assertThat(heard).containsExactly("a null -> 10", "a 10 -> 12");
  }

  @Test
  void leavesDeletedWhatAListNoLongerHad() {
    added("10");
    cache.retain(NOTHING, version("12"));

    cache.wrote(a("11"));

    assertThat(cache.all()).isEmpty();
  }

  @Test
  void takesNoWriteOfOursBeforeTheFirstListIsComplete() {
    cache.put(a("10"));

    cache.wrote(a("11"));

    assertThat(cache.all()).containsExactly("10");
  }

  @Test
  void takesNoWriteOfOursWhileTheKindIsAbsent() {
    added("10");
    cache.clear();

    cache.wrote(a("11"));

    assertThat(cache.all()).isEmpty();
  }

  @Test
  void believesTheWatchAloneWhenVersionsAreNoNumbers() {
    added("x1");

    cache.wrote(a("x2"));
    changed("w");

    assertThat(cache.all()).containsExactly("w");
    assertThat(heard).containsExactly("a null -> x1", "a x1 -> w");
  }

  @Test
  void tellsOneAtATimeAndInOrderWhoeverWrites() throws Exception {
    ConcurrentLinkedQueue<String> chain = new ConcurrentLinkedQueue<>();
    cache.add((_, before, after) -> {
      chain.add(String.valueOf(before));
      // So that another one would come in between, if it could.
      Thread.yield();
      chain.add(String.valueOf(after));
    });
    added("1");
    AtomicInteger version = new AtomicInteger(1);

    try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
      for (int write = 0; write < 2_000; write++) {
        writers.execute(() -> cache.wrote(a("" + version.incrementAndGet())));
      }
    }

    assertThat(chain.poll()).isEqualTo("null");
    assertThat(cache.all()).containsExactly("2001");
    String last = chain.poll();
    while (!chain.isEmpty()) {
      assertThat(chain.poll()).as("what was before").isEqualTo(last);
      last = chain.poll();
    }
    assertThat(last).isEqualTo("2001");
  }

  @Test
  void comparesVersionsAsNumbersOfAnyLength() {
    assertThat(version("10").isAfter(version("9"))).isTrue();
    assertThat(version("9").isAfter(version("10"))).isFalse();
    assertThat(version("9").isAfter(version("9"))).isFalse();
    assertThat(version("99999999999999999999").isAfter(version("99999999999999999998"))).isTrue();
    assertThat(version("0").isAfter(version(""))).isFalse();
    assertThat(version("10").isAfter(version("09"))).isFalse();
  }

  private void added(String version) {
    changed(version);
  }

  private void changed(String version) {
    cache.reached(version(version));
    cache.put(a(version));
  }

  private void deleted(String version) {
    cache.reached(version(version));
    cache.remove(A);
  }

  private static JsonObject a(String version) {
    return FakeApiServer.json(FakeApiServer.object(A.namespace(), A.name(), version));
  }

  private static ResourceVersion version(String text) {
    return new ResourceVersion(text);
  }
}
