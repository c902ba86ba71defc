/** Carries Restarts out, on the leader: level-triggered, one idempotent step at a time. */
@NullMarked
package dev.reprise.reconcile;

import org.jspecify.annotations.NullMarked;
