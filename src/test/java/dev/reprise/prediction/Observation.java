package dev.reprise.prediction;

import org.jspecify.annotations.Nullable;

/**
 * What then happened.
 *
 * @param mechanism what the restart says was done; empty where nothing was
 * @param lowest the fewest pods that were available at once; null where nothing was done
 */
record Observation(String mechanism, @Nullable Integer lowest, Outcome outcome) {}
