/** The live view of a Restart: what the watches show at this moment. */
@NullMarked
package dev.reprise.progress;

import org.jspecify.annotations.NullMarked;
