/** The vocabulary: what a workload, its ReplicaSets and its pods looked like at one moment. */
@NullMarked
package dev.reprise.workload;

import org.jspecify.annotations.NullMarked;
