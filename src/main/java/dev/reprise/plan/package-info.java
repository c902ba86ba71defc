/** Whether a workload may be restarted, how, and what that will cost: pure functions. */
@NullMarked
package dev.reprise.plan;

import org.jspecify.annotations.NullMarked;
