package dev.reprise.cluster;

import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request to the API server, before it is known on which connection it goes.
 *
 * @param query parameters, not yet escaped
 * @param body null for none
 * @param metadataOnly whether of each object only its metadata is asked for
 */
record ApiRequest(
    Verb verb,
    ApiPath path,
    Map<String, String> query,
    @Nullable JsonObject body,
    boolean metadataOnly) {

  /** What is asked for, by Kubernetes' own names where it has one. */
  enum Verb {
    Get("GET"),
    List("GET"),
    Watch("GET"),
    /** A POST that stores nothing: TokenReview, SubjectAccessReview. */
    Review("POST"),
    Create("POST"),
    Patch("PATCH"),
    Replace("PUT"),
    Delete("DELETE");

    private final String method;

    Verb(String method) {
      this.method = method;
    }

    String method() {
      return method;
    }

    boolean changesSomething() {
      return switch (this) {
        case Get, List, Watch, Review -> false;
        case Create, Patch, Replace, Delete -> true;
      };
    }

    String contentType() {
      return this == Patch ? "application/merge-patch+json" : "application/json";
    }

    private String metadataType() {
      return this == List ? "PartialObjectMetadataList" : "PartialObjectMetadata";
    }
  }

  ApiRequest {
    query = Collections.unmodifiableMap(new TreeMap<>(query));
  }

  ApiRequest(Verb verb, ApiPath path, Map<String, String> query, @Nullable JsonObject body) {
    this(verb, path, query, body, false);
  }

  ApiRequest(Verb verb, ApiPath path) {
    this(verb, path, Map.of(), null);
  }

  /** What it takes for an answer; a refusal comes as plain JSON whatever was asked for. */
  String accepts() {
    return metadataOnly
        ? "application/json;as=%s;g=meta.k8s.io;v=v1,application/json"
            .formatted(verb.metadataType())
        : "application/json";
  }

  ApiRequest selecting(Selection selection) {
    return new ApiRequest(verb, path, query, body, selection.isMetadataEnough())
        .with("labelSelector", selection.labels())
        .with("fieldSelector", selection.fields());
  }

  ApiRequest with(String parameter, @Nullable String value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new TreeMap<>(query);
    more.put(parameter, value);
    return new ApiRequest(verb, path, more, body, metadataOnly);
  }

  /** Whether it is refused with 409 when the object is no longer as we saw it. */
  boolean hasPrecondition() {
    if (body == null) {
      return false;
    }
    String holder = verb == Verb.Delete ? "preconditions" : "metadata";
    return body.get(holder) instanceof JsonObject object && object.has("resourceVersion");
  }

  @Override
  public String toString() {
    return verb.method() + " " + path;
  }
}
