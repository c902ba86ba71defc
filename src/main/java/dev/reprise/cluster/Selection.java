package dev.reprise.cluster;

import org.jspecify.annotations.Nullable;

/**
 * Which objects of a list are wanted.
 *
 * @param labels a label selector in Kubernetes' syntax, or null
 * @param fields a field selector, for instance {@code spec.nodeName=n1}, or null
 * @param isCachedEnough whether what the API server's cache has at this moment will do. Otherwise
 *     it first waits until the cache has caught up with the latest write of anybody, which was
 *     measured to take up to 100 ms
 * @param isMetadataEnough whether of each object no more than its metadata is wanted
 */
record Selection(
    @Nullable String labels,
    @Nullable String fields,
    boolean isCachedEnough,
    boolean isMetadataEnough) {

  Selection(@Nullable String labels, @Nullable String fields, boolean isCachedEnough) {
    this(labels, fields, isCachedEnough, false);
  }

  static final Selection ALL = new Selection(null, null, false);

  static Selection labelled(String selector) {
    return new Selection(selector, null, false);
  }

  static Selection byFields(String selector) {
    return new Selection(null, selector, false);
  }

  Selection fromCache() {
    return new Selection(labels, fields, true, isMetadataEnough);
  }

  Selection metadataOnly() {
    return new Selection(labels, fields, isCachedEnough, true);
  }
}
