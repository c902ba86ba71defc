package dev.reprise.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberSetTests {

  @Test
  void tellsMembersThatFollowOnOneAnotherAsARange() {
    assertThat(MemberSet.of(IntStream.of(0, 1, 2, 5, 7, 8))).hasToString("0-2,5,7-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0-57,60", "4999"})
  void readsBackWhatItTells(String text) {
    assertThat(MemberSet.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5000", "-1", "3-1", "a", "1,,2", "1-2-3"})
  void refusesWhatNoGroupCanHave(String text) {
    assertThatThrownBy(() -> MemberSet.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasTheMembersOfBoth() {
    MemberSet both = MemberSet.parse("0-2").and(MemberSet.parse("2-3,9"));

    assertThat(both).isEqualTo(MemberSet.parse("0-3,9"));
    assertThat(both.size()).isEqualTo(5);
  }
}
