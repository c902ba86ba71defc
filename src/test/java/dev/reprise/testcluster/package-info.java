/**
 * A real Kubernetes control plane for tests and for trying things out, with fake nodes instead of a
 * container engine.
 */
@NullMarked
package dev.reprise.testcluster;

import org.jspecify.annotations.NullMarked;
