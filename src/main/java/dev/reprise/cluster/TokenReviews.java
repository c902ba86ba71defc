package dev.reprise.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reprise.restart.Caller;
import dev.reprise.security.Identities;
import java.util.List;
import java.util.Objects;

/** Has the API server say whose token it is. */
final class TokenReviews implements Identities {

  private final KubernetesApi api;
  private final String audience;

  TokenReviews(KubernetesApi api, String audience) {
    this.api = api;
    this.audience = audience;
  }

  @Override
  public Identity of(String token) {
    JsonArray audiences = new JsonArray();
    audiences.add(audience);
    JsonObject spec = new JsonObject();
    spec.addProperty("token", token);
    spec.add("audiences", audiences);
    return identity(Reviews.statusOf(api, Resources.TOKEN_REVIEWS, "TokenReview", spec));
  }

  /**
   * An authenticator that knows nothing of audiences takes every token, and leaves the list in its
   * answer empty.
   * https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1
   */
  private Identity identity(Node status) {
    boolean isForUs = status.at("audiences").items().map(Node::text).anyMatch(audience::equals);
    String user = status.at("user", "username").textOr("");
    if (!status.at("authenticated").isTrue() || !isForUs || user.isEmpty()) {
      return new Identity.Unknown();
    }
    List<String> groups =
        status.at("user", "groups").items().map(Node::text).filter(Objects::nonNull).toList();
    return new Identity.Known(new Caller(user, groups));
  }
}
