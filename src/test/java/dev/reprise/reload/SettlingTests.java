package dev.reprise.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.ConfigReference.Kind;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettlingTests {

  private static final ConfigReference DB = new ConfigReference(Kind.Secret, "db");
  private static final ConfigReference APP = new ConfigReference(Kind.ConfigMap, "app");

  private final Settling settling = new Settling(Duration.ofNanos(10));

  @Test
  void gathersABurst() {
    settling.changed("shop", DB, 0);
    settling.changed("shop", DB, 9);

    assertThat(settling.due(18)).isEmpty();
    assertThat(settling.isChanging("shop", Set.of(DB))).isTrue();
    assertThat(settling.due(19)).containsExactly("shop");
    assertThat(settling.due(19)).isEmpty();
    assertThat(settling.isChanging("shop", Set.of(DB))).isFalse();
  }

  @Test
  void doesNotWaitForEverForWhatNeverSettles() {
    for (long time = 0; time < 100; time += 5) {
      settling.changed("shop", DB, time);
      assertThat(settling.due(time)).isEmpty();
    }

    assertThat(settling.due(100)).containsExactly("shop");
  }

  @Test
  void keepsNobodyElseWaiting() {
    settling.changed("shop", DB, 0);

    assertThat(settling.isChanging("shop", Set.of(APP))).isFalse();
    assertThat(settling.isChanging("bank", Set.of(DB))).isFalse();
  }

  @Test
  void hasTheEarlierOfTwoLooks() {
    settling.look("shop", 20);
    settling.look("shop", 5);

    assertThat(settling.untilDue(0)).isEqualTo(Duration.ofNanos(5));
    assertThat(settling.due(5)).containsExactly("shop");
  }
}
