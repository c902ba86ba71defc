/**
 * Benchmarks, run by {@code ./mvnw -Pbench verify} and never with the tests. They report; no number
 * makes them fail.
 */
@NullMarked
package dev.reprise.bench;

import org.jspecify.annotations.NullMarked;
