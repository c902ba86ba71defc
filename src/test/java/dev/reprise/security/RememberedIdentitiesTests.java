package dev.reprise.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.reprise.restart.Caller;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.HandClock;
import dev.reprise.security.Identities.Identity;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RememberedIdentitiesTests {

  private static final Identity ANNA = new Identity.Known(new Caller("anna", List.of()));
  private static final Identity NOBODY = new Identity.Unknown();

  private final HandClock clock = new HandClock();
  private Identity answer = ANNA;
  private @Nullable RuntimeException fault;
  private int asked;
  private final Identities identities =
      new RememberedIdentities(this::ask, clock, clock::nanoTime, Runnable::run);

  private Identity ask(String token) {
    asked++;
    if (fault != null) {
      throw fault;
    }
    return answer;
  }

  @Test
  void asksOnceInTenSeconds() {
    identities.of("opaque");
    clock.pass(Duration.ofMillis(9_999));
    assertThat(identities.of("opaque")).isEqualTo(ANNA);
    assertThat(asked).isEqualTo(1);

    clock.pass(Duration.ofMillis(1));
    answer = NOBODY;

    assertThat(identities.of("opaque")).isEqualTo(NOBODY);
  }

  @Test
  void believesNoTokenLongerThanItLives() {
    String token = until(Duration.ofSeconds(3));
    identities.of(token);
    clock.pass(Duration.ofSeconds(3));
    answer = NOBODY;

    assertThat(identities.of(token)).isEqualTo(NOBODY);
  }

  @Test
  void believesNoTokenLongerForWhatItSaysItself() {
    String token = until(Duration.ofDays(365));
    identities.of(token);
    clock.pass(Duration.ofSeconds(10));
    answer = NOBODY;

    assertThat(identities.of(token)).isEqualTo(NOBODY);
  }

  @Test
  void forgetsSoonerWhomItDoesNotKnow() {
    answer = NOBODY;
    identities.of("opaque");
    clock.pass(Duration.ofSeconds(2));
    answer = ANNA;

    assertThat(identities.of("opaque")).isEqualTo(ANNA);
  }

  @Test
  void remembersNoFailure() {
    fault = new ClusterUnavailable("No answer", false, null, null);
    assertThatThrownBy(() -> identities.of("opaque")).isSameAs(fault);
    fault = null;

    assertThat(identities.of("opaque")).isEqualTo(ANNA);
  }

  @Test
  void tellsTokensApart() {
    identities.of("one");
    answer = NOBODY;

    assertThat(identities.of("another")).isEqualTo(NOBODY);
  }

  private String until(Duration fromNow) {
    return new PlainJWT(
            new JWTClaimsSet.Builder()
                .expirationTime(Date.from(clock.instant().plus(fromNow)))
                .build())
        .serialize();
  }
}
