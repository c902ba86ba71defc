package dev.reprise.cluster;

import com.google.gson.JsonObject;
import java.security.SecureRandom;
import java.util.Base64;

/** The key of the hashes of contents: in a Secret of our own, made when it is missing. */
final class HashKey {

  private static final String FIELD = "key";
  private static final int LENGTH = 32;

  private final KubernetesApi api;
  private final ApiPath secret;

  HashKey(KubernetesApi api, ApiPath secret) {
    this.api = api;
    this.secret = secret;
  }

  /**
   * The same for all replicas: of two that make it at once, one is told that it is there.
   *
   * @throws ApiFailure when the API server does not answer, or refuses
   * @throws IllegalStateException when the Secret holds no key
   */
  byte[] read() {
    try {
      return keyOf(api.get(secret).body());
    } catch (ApiFailure failure) {
      if (failure.code() != 404) {
        throw failure;
      }
      return make();
    }
  }

  private byte[] make() {
    try {
      return keyOf(api.create(secret.collection(), object()).body());
    } catch (ApiFailure failure) {
      if (failure.code() != 409) {
        throw failure;
      }
      return keyOf(api.get(secret).body());
    }
  }

  private JsonObject object() {
    byte[] key = new byte[LENGTH];
    new SecureRandom().nextBytes(key);
    JsonObject metadata = new JsonObject();
    metadata.addProperty("name", secret.name());
    JsonObject data = new JsonObject();
    data.addProperty(FIELD, Base64.getEncoder().encodeToString(key));
    JsonObject object = new JsonObject();
    object.addProperty("apiVersion", "v1");
    object.addProperty("kind", "Secret");
    object.addProperty("type", "Opaque");
    object.add("metadata", metadata);
    object.add("data", data);
    return object;
  }

  private byte[] keyOf(JsonObject object) {
    byte[] key = Base64.getDecoder().decode(Node.of(object).at("data", FIELD).textOr(""));
    if (key.length < LENGTH) {
      throw new IllegalStateException(
          "%s has no field \"%s\" with at least %d bytes".formatted(secret, FIELD, LENGTH));
    }
    return key;
  }
}
