/** Our verdict on a restart beside kubectl's and the Argo plugin's, on the same objects. */
@NullMarked
package dev.reprise.verdict;

import org.jspecify.annotations.NullMarked;
