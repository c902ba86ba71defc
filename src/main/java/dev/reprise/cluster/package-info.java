/** The only package that knows the Kubernetes client. */
@NullMarked
package dev.reprise.cluster;

import org.jspecify.annotations.NullMarked;
