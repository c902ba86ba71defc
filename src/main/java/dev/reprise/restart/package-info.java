/** The use case: a Restart, from the request to its end, and what it needs from a cluster. */
@NullMarked
package dev.reprise.restart;

import org.jspecify.annotations.NullMarked;
