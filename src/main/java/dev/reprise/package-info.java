/** Restarts Kubernetes workloads over HTTP: chooses how, does it once, follows it to its end. */
@NullMarked
package dev.reprise;

import org.jspecify.annotations.NullMarked;
