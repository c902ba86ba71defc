package dev.reprise.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkTests {

  private static final RestartKey KEY = Samples.key("web-7k2m9x");
  private static final Caller ALICE = new Caller("alice", List.of());

  @Test
  void saysWhyAndWhoWantedIt() {
    assertThat(Mark.of(KEY, ALICE, "new certificate").changeCause())
        .isEqualTo("new certificate (alice, Restart web-7k2m9x)");
  }

  @Test
  void saysThatItWasARestartWhereNobodySaidWhy() {
    assertThat(Mark.of(KEY, ALICE, null).changeCause())
        .isEqualTo("restarted (alice, Restart web-7k2m9x)");
  }

  @Test
  void staysInOneLine() {
    assertThat(Mark.of(KEY, ALICE, "one\ntwo\u001b[31m").changeCause())
        .startsWith("one two [31m (alice");
  }

  @Test
  void cutsALongReasonAndStillSaysWhoWantedIt() {
    assertThat(Mark.of(KEY, ALICE, "😀".repeat(1024)).changeCause())
        .isEqualTo("😀".repeat(159) + "… (alice, Restart web-7k2m9x)");
  }

  @Test
  void cutsALongNameOfACaller() {
    Caller wordy = new Caller("a".repeat(1024), List.of());

    assertThat(Mark.of(KEY, wordy, null).changeCause())
        .isEqualTo("restarted (" + "a".repeat(159) + "…, Restart web-7k2m9x)");
  }
}
