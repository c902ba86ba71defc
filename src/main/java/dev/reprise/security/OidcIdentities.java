package dev.reprise.security;

import dev.reprise.restart.Caller;
import dev.reprise.security.AuthenticationProperties.Oidc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.oidc.StandardClaimNames;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestTemplate;

/** By the keys of an OpenID Connect issuer, which is asked for them when a first token comes. */
final class OidcIdentities implements Identities {

  /** What the API server adds for everybody it knows, so that RoleBindings to it hold here too. */
  private static final String AUTHENTICATED = "system:authenticated";

  /** Kubernetes' own: who could choose such a name would be whom they like. */
  private static final String RESERVED = "system:";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final JwtDecoder decoder;
  private final Oidc oidc;

  OidcIdentities(AuthenticationProperties properties) {
    this.oidc = properties.oidc();
    String issuer = Objects.requireNonNull(oidc.issuerUri());
    this.decoder = new SupplierJwtDecoder(() -> decoder(issuer, properties.audience()));
  }

  private static JwtDecoder decoder(String issuer, String audience) {
    SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
    requests.setConnectTimeout(PATIENCE);
    requests.setReadTimeout(PATIENCE);
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withIssuerLocation(issuer)
            .restOperations(new RestTemplate(requests))
            // Issuers say JWT, at+jwt or nothing; issuer and audience tell what it is for.
            .validateType(false)
            .build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(),
            new JwtIssuerValidator(issuer),
            new JwtClaimValidator<List<String>>(
                JwtClaimNames.AUD,
                audiences -> audiences != null && audiences.contains(audience))));
    return decoder;
  }

  @Override
  public Identity of(String token) {
    try {
      return identity(decoder.decode(token));
    } catch (BadJwtException _) {
      return new Identity.Unknown();
    } catch (JwtException | JwtDecoderInitializationException unavailable) {
      throw new IssuerUnavailable(unavailable);
    }
  }

  private Identity identity(Jwt token) {
    Object name = token.getClaims().get(oidc.usernameClaim());
    if (!(name instanceof String text) || text.isBlank() || isUnverifiedEmail(token)) {
      return new Identity.Unknown();
    }
    String user = oidc.usernamePrefix() + text;
    return user.startsWith(RESERVED)
        ? new Identity.Unknown()
        : new Identity.Known(new Caller(user, groups(token)));
  }

  /**
   * As the API server has it: an address that nobody has verified is anybody's to claim, and an
   * issuer that says nothing of it is believed.
   * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#configuring-the-api-server
   */
  private boolean isUnverifiedEmail(Jwt token) {
    Object verified = token.getClaims().get(StandardClaimNames.EMAIL_VERIFIED);
    return oidc.usernameClaim().equals(StandardClaimNames.EMAIL)
        && verified != null
        && !verified.equals(true);
  }

  private List<String> groups(Jwt token) {
    List<String> groups = new ArrayList<>();
    switch (token.getClaims().get(oidc.groupsClaim())) {
      case List<?> several -> several.forEach(group -> add(group, groups));
      case String one -> add(one, groups);
      case null, default -> {}
    }
    groups.add(AUTHENTICATED);
    return groups;
  }

  private void add(Object group, List<String> groups) {
    if (group instanceof String name && !(oidc.groupsPrefix() + name).startsWith(RESERVED)) {
      groups.add(oidc.groupsPrefix() + name);
    }
  }
}
