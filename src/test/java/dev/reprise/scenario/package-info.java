/** Whole scenarios: the service over HTTP, against a real control plane. */
@NullMarked
package dev.reprise.scenario;

import org.jspecify.annotations.NullMarked;
