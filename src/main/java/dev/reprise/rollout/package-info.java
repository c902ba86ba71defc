/** How far a restart has come and whether it is finished: pure functions. */
@NullMarked
package dev.reprise.rollout;

import org.jspecify.annotations.NullMarked;
