/** What the plan of a restart predicts, beside what the real controllers then do. */
@NullMarked
package dev.reprise.prediction;

import org.jspecify.annotations.NullMarked;
