/** What an operator sees of all restarts together; never which workloads they were. */
@NullMarked
package dev.reprise.metrics;

import org.jspecify.annotations.NullMarked;
