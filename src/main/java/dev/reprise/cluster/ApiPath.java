package dev.reprise.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Where an object, or all objects of a kind, are found on the API server.
 *
 * @param namespace null for all namespaces, or for an object that is in none
 * @param name null for all objects
 * @param subresource for instance {@code status}; null for the object itself
 */
record ApiPath(
    ApiResource resource,
    @Nullable String namespace,
    @Nullable String name,
    @Nullable String subresource) {

  ApiPath {
    if (subresource != null && name == null) {
      throw new IllegalArgumentException("A subresource belongs to an object with a name");
    }
    requireSegment(namespace);
    requireSegment(name);
    requireSegment(subresource);
  }

  ApiPath named(String object) {
    return new ApiPath(resource, namespace, object, null);
  }

  /** Where objects like this one are listed and created. */
  ApiPath collection() {
    return new ApiPath(resource, namespace, null, null);
  }

  ApiPath subresource(String part) {
    return new ApiPath(resource, namespace, name, part);
  }

  /** The path as it is sent, each segment escaped. */
  String escaped() {
    StringBuilder path = new StringBuilder(resource.root());
    if (!resource.group().isEmpty()) {
      append(path, resource.group());
    }
    append(path, resource.version());
    if (namespace != null) {
      append(path, "namespaces");
      append(path, namespace);
    }
    append(path, resource.plural());
    if (name != null) {
      append(path, name);
    }
    if (subresource != null) {
      append(path, subresource);
    }
    return path.toString();
  }

  /**
   * Escaping does not help against {@code ..}, which URLs resolve; Kubernetes has no such names.
   * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#path-segment-names
   */
  private static void requireSegment(@Nullable String segment) {
    if (segment != null && (segment.isEmpty() || segment.equals(".") || segment.equals(".."))) {
      throw new IllegalArgumentException("Not a name in Kubernetes: '" + segment + "'");
    }
  }

  private static void append(StringBuilder path, String segment) {
    path.append('/').append(URLEncoder.encode(segment, UTF_8).replace("+", "%20"));
  }

  /** For people: {@code deployments.apps shop/checkout}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(resource.toString());
    if (namespace != null || name != null) {
      text.append(' ').append(namespace == null ? "" : namespace + "/");
      text.append(name == null ? "*" : name);
    }
    return subresource == null ? text.toString() : text + " (" + subresource + ")";
  }
}
