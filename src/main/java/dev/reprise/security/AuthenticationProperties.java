package dev.reprise.security;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How callers prove who they are.
 *
 * @param mode Who is asked whose token it is: the API server (kubernetes), an OpenID Connect issuer
 *     (oidc), or nobody (none), which lets everybody do everything: for throwaway clusters only.
 * @param audience Audience that tokens must have been issued for.
 * @param oidc Only for the mode oidc.
 */
@ConfigurationProperties("reprise.authentication")
public record AuthenticationProperties(
    @DefaultValue("kubernetes") Mode mode,
    @DefaultValue("reprise") String audience,
    @DefaultValue Oidc oidc) {

  /** Who is asked whose token it is. */
  public enum Mode {
    /** The API server, by a TokenReview. */
    Kubernetes,
    /** The keys of an OpenID Connect issuer. */
    Oidc,
    /** Nobody: every caller is anonymous, and may do everything. */
    None
  }

  public AuthenticationProperties {
    if (audience.isBlank()) {
      // The API server would take its own audience then, and so every token it ever made.
      throw new IllegalArgumentException("audience must not be empty");
    }
    if (mode == Mode.Oidc && oidc.issuerUri() == null) {
      throw new IllegalArgumentException("oidc.issuer-uri is required in the mode oidc");
    }
  }

  /**
   * Users and groups as the RoleBindings of the cluster name them.
   *
   * @param issuerUri Address of the issuer, as its tokens have it in iss.
   * @param usernameClaim Claim that names the user.
   * @param usernamePrefix Put before the name of the user.
   * @param groupsClaim Claim that lists the groups.
   * @param groupsPrefix Put before the name of each group.
   */
  public record Oidc(
      @Nullable String issuerUri,
      @DefaultValue("sub") String usernameClaim,
      @DefaultValue("") String usernamePrefix,
      @DefaultValue("groups") String groupsClaim,
      @DefaultValue("") String groupsPrefix) {}
}
