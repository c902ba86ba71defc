package dev.reprise.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RevisionChangeTests {

  private static final RevisionChange FORTH = new RevisionChange(7, 8L);

  @Test
  void remembersARevisionThatIsGone() {
    assertThat(new RevisionChange(7, null).orAsBefore(FORTH)).isEqualTo(FORTH);
  }

  @Test
  void goesBackFromARevisionThatIsGone() {
    assertThat(new RevisionChange(0, 9L).orAsBefore(FORTH.turned()))
        .isEqualTo(new RevisionChange(8, 9L));
  }

  @Test
  void takesTheNumbersThatAreToBeSeen() {
    assertThat(new RevisionChange(8, 9L).orAsBefore(FORTH)).isEqualTo(new RevisionChange(8, 9L));
    assertThat(FORTH.orAsBefore(null)).isEqualTo(FORTH);
  }
}
