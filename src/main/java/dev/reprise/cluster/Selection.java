package dev.reprise.cluster;

import org.jspecify.annotations.Nullable;

/**
 * Which objects of a list are wanted.
 *
 * @param labels a label selector in Kubernetes' syntax, or null
 * @param fields a field selector, for instance {@code spec.nodeName=n1}, or null
 */
record Selection(@Nullable String labels, @Nullable String fields) {

  static final Selection ALL = new Selection(null, null);

  static Selection labelled(String selector) {
    return new Selection(selector, null);
  }
}
