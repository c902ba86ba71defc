/** Restarts workloads when the ConfigMaps and Secrets that they use have changed. */
@NullMarked
package dev.reprise.reload;

import org.jspecify.annotations.NullMarked;
