/** The Helm chart: what is rendered of it, and what becomes of that on a real control plane. */
@NullMarked
package dev.reprise.chart;

import org.jspecify.annotations.NullMarked;
