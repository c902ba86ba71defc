package dev.reprise.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntOrPercentTests {

  @Test
  void takesACountAsItIs() {
    assertThat(IntOrPercent.count(7).ofRoundedUp(3)).isEqualTo(7);
    assertThat(IntOrPercent.count(7).ofRoundedDown(3)).isEqualTo(7);
    assertThat(IntOrPercent.count(0).ofRoundedUp(3)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "25, 4, 1, 1",
    "25, 3, 1, 0",
    "34, 3, 2, 1",
    "1, 1, 1, 0",
    "99, 1, 1, 0",
    "100, 3, 3, 3",
    "150, 3, 5, 4",
    "0, 3, 0, 0",
    "25, 0, 0, 0"
  })
  void roundsAShareUpOrDown(int percent, int desired, int up, int down) {
    IntOrPercent share = IntOrPercent.percent(percent);

    assertThat(share.ofRoundedUp(desired)).isEqualTo(up);
    assertThat(share.ofRoundedDown(desired)).isEqualTo(down);
  }

  @Test
  void roundsAsExactArithmeticDoes() {
    Random random = new Random(25);
    for (int i = 0; i < 10_000; i++) {
      int percent = random.nextInt(1_001);
      int desired = random.nextInt(100_000);
      BigDecimal exact = new BigDecimal(desired).multiply(new BigDecimal(percent)).movePointLeft(2);

      assertThat(IntOrPercent.percent(percent).ofRoundedUp(desired))
          .as("%d %% of %d", percent, desired)
          .isEqualTo(exact.setScale(0, RoundingMode.CEILING).intValueExact());
      assertThat(IntOrPercent.percent(percent).ofRoundedDown(desired))
          .as("%d %% of %d", percent, desired)
          .isEqualTo(exact.setScale(0, RoundingMode.FLOOR).intValueExact());
    }
  }
}
