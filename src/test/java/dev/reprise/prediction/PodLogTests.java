package dev.reprise.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PodLogTests {

  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  private static final Set<String> OURS = Set.of("ours");

  private final PodLog log = new PodLog();

  @Test
  void findsTheMomentWithTheFewestPods() {
    log.add(at(0), ready("a", "ours"));
    log.add(at(0), ready("b", "ours"));
    PodLog.Mark mark = log.mark(at(1));
    log.add(at(2), terminating("a", "ours"));
    log.add(at(3), ready("c", "ours"));

    assertThat(lowest(Duration.ZERO, mark)).isEqualTo(1);
  }

  @Test
  void countsATerminatingPodAsGoneAtOnce() {
    log.add(at(0), ready("a", "ours"));
    PodLog.Mark mark = log.mark(at(1));
    log.add(at(1), ready("b", "ours"));
    log.add(at(2), terminating("a", "ours"));
    log.add(at(9), gone("a", "ours"));

    assertThat(lowest(Duration.ZERO, mark)).isEqualTo(1);
    assertThat(log.present(OURS)).extracting(SeenPod::uid).containsExactly("b");
  }

  @Test
  void countsAReadyPodOnlyAfterMinReadySeconds() {
    log.add(at(0), pod("a", "ours", at(0), false, false));
    PodLog.Mark mark = log.mark(at(10));
    log.add(at(11), pod("b", "ours", at(11), false, false));
    log.add(at(12), terminating("a", "ours"));

    assertThat(lowest(Duration.ofSeconds(5), mark)).isZero();
    assertThat(lowest(Duration.ZERO, mark)).isEqualTo(1);
  }

  @Test
  void forgetsWhatHappenedBeforeTheMark() {
    log.add(at(0), pod("a", "ours", null, false, false));
    log.add(at(1), ready("a", "ours"));

    assertThat(lowest(Duration.ZERO, log.mark(at(2)))).isEqualTo(1);
  }

  @Test
  void leavesOutThePodsOfOthers() {
    log.add(at(0), ready("a", "ours"));
    PodLog.Mark mark = log.mark(at(1));
    log.add(at(2), ready("b", "theirs"));
    log.add(at(3), terminating("a", "ours"));

    assertThat(lowest(Duration.ZERO, mark)).isZero();
    assertThat(log.lastChange(Set.of("theirs"))).isEqualTo(at(2));
  }

  @Test
  void hasSeenAPodAtTheVersionsOfItsEventsOnly() {
    log.add(at(0), ready("a", "ours"));

    assertThat(log.hasSeen(Map.of("a", "1"))).isTrue();
    assertThat(log.hasSeen(Map.of("a", "2"))).isFalse();
    assertThat(log.hasSeen(Map.of("b", "1"))).isFalse();
  }

  private int lowest(Duration minReady, PodLog.Mark from) {
    return log.lowestAvailable(OURS, minReady, from);
  }

  private static SeenPod ready(String uid, String owner) {
    return pod(uid, owner, START, false, false);
  }

  private static SeenPod terminating(String uid, String owner) {
    return pod(uid, owner, START, true, false);
  }

  private static SeenPod gone(String uid, String owner) {
    return pod(uid, owner, START, true, true);
  }

  private static SeenPod pod(
      String uid, String owner, @Nullable Instant readySince, boolean going, boolean gone) {
    return new SeenPod(uid, uid, "app", owner, "1", readySince, going, gone);
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
