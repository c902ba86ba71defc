package dev.reprise.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.reprise.restart.Caller;
import dev.reprise.security.AuthenticationProperties.Mode;
import dev.reprise.security.AuthenticationProperties.Oidc;
import dev.reprise.security.Identities.Identity;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcIdentitiesTests {

  private static final Identity NOBODY = new Identity.Unknown();

  private final Issuer issuer = Issuer.start();
  private final Identities identities = identities("", "");

  @AfterAll
  void stop() {
    issuer.close();
  }

  private Identities identities(String usernamePrefix, String groupsPrefix) {
    return identities(issuer.uri(), usernamePrefix, groupsPrefix);
  }

  private static Identities identities(
      String issuerUri, String usernamePrefix, String groupsPrefix) {
    return identities(new Oidc(issuerUri, "sub", usernamePrefix, "groups", groupsPrefix));
  }

  private static Identities identities(Oidc oidc) {
    return new OidcIdentities(new AuthenticationProperties(Mode.Oidc, "reprise", oidc));
  }

  private Identity of(UnaryOperator<JWTClaimsSet.Builder> change) {
    return identities.of(issuer.token(change));
  }

  @Test
  void knowsUserAndGroups() {
    assertThat(of(usual -> usual)).isEqualTo(known("anna", "devs", "system:authenticated"));
  }

  @Test
  void putsPrefixesBeforeThem() {
    assertThat(identities("oidc:", "sso:").of(issuer.token(usual -> usual)))
        .isEqualTo(known("oidc:anna", "sso:devs", "system:authenticated"));
  }

  @Test
  void takesOneGroupForAListOfOne() {
    assertThat(of(usual -> usual.claim("groups", "ops")))
        .isEqualTo(known("anna", "ops", "system:authenticated"));
  }

  @Test
  void needsNoGroups() {
    assertThat(of(usual -> usual.claim("groups", null)))
        .isEqualTo(known("anna", "system:authenticated"));
  }

  @Test
  void takesNoTokenForAnotherAudience() {
    assertThat(of(usual -> usual.audience("grafana"))).isEqualTo(NOBODY);
    assertThat(of(usual -> usual.audience((String) null))).isEqualTo(NOBODY);
  }

  @Test
  void takesNoTokenThatHasExpired() {
    assertThat(of(usual -> usual.expirationTime(Date.from(Instant.now().minusSeconds(120)))))
        .isEqualTo(NOBODY);
  }

  @Test
  void takesNoTokenOfAnotherIssuer() {
    assertThat(of(usual -> usual.issuer("https://other.example"))).isEqualTo(NOBODY);
  }

  @Test
  void takesNoTokenSignedByAnotherKey() {
    assertThat(identities.of(issuer.token(Issuer.key(), usual -> usual))).isEqualTo(NOBODY);
  }

  @Test
  void takesNothingThatIsNoToken() {
    assertThat(identities.of("opaque")).isEqualTo(NOBODY);
  }

  @Test
  void takesNoTokenWithoutAUser() {
    assertThat(of(usual -> usual.subject(null))).isEqualTo(NOBODY);
  }

  /** An issuer where people choose their names must not make them cluster admins. */
  @Test
  void letsNobodyBearANameOfKubernetes() {
    assertThat(of(usual -> usual.subject("system:admin"))).isEqualTo(NOBODY);
    assertThat(of(usual -> usual.claim("groups", List.of("system:masters", "devs"))))
        .isEqualTo(known("anna", "devs", "system:authenticated"));
  }

  @Test
  void takesNoEmailThatIsNotVerified() {
    Identities byEmail = identities(new Oidc(issuer.uri(), "email", "", "groups", ""));
    String email = "anna@example.org";

    assertThat(
            byEmail.of(
                issuer.token(usual -> usual.claim("email", email).claim("email_verified", false))))
        .isEqualTo(NOBODY);
    assertThat(
            byEmail.of(
                issuer.token(usual -> usual.claim("email", email).claim("email_verified", true))))
        .isEqualTo(known(email, "devs", "system:authenticated"));
    assertThat(byEmail.of(issuer.token(usual -> usual.claim("email", email))))
        .isEqualTo(known(email, "devs", "system:authenticated"));
  }

  @Test
  void startsWithoutTheIssuerAndGoesOnWhenItIsThere() {
    int port;
    String token;
    try (Issuer gone = Issuer.start()) {
      port = gone.port();
      token = gone.token(usual -> usual);
    }
    Identities lazy = identities("http://localhost:" + port, "", "");

    assertThatThrownBy(() -> lazy.of(token)).isInstanceOf(IssuerUnavailable.class);

    try (Issuer back = Issuer.startAt(port)) {
      assertThat(lazy.of(back.token(usual -> usual)))
          .isEqualTo(known("anna", "devs", "system:authenticated"));
    }
  }

  private static Identity known(String user, String... groups) {
    return new Identity.Known(new Caller(user, List.of(groups)));
  }
}
