package dev.reprise.cluster;

/**
 * A kind of object as the paths of the API server name it.
 *
 * @param root where its paths begin
 * @param group empty for the core group
 * @param plural for instance {@code deployments}
 */
record ApiResource(String root, String group, String version, String plural) {

  ApiResource {
    if (version.isEmpty() || plural.isEmpty()) {
      throw new IllegalArgumentException("A resource has a version and a plural name");
    }
  }

  ApiResource(String group, String version, String plural) {
    this(group.isEmpty() ? "/api" : "/apis", group, version, plural);
  }

  /** All objects of this kind; also the start of the path to one that is in no namespace. */
  ApiPath everywhere() {
    return new ApiPath(this, null, null, null);
  }

  ApiPath in(String namespace) {
    return new ApiPath(this, namespace, null, null);
  }

  /** As objects have it: {@code apps/v1}, {@code v1}. */
  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** As kubectl writes it: {@code deployments.apps}, {@code pods}. */
  @Override
  public String toString() {
    return group.isEmpty() ? plural : plural + "." + group;
  }
}
