/**
 * Engram on Apache Spark: stages of Spark ML that learn a memory where the patterns are, and ask it about cues in bulk.
 *
 * <p>May use: {@code engram-core}, {@code engram-io} and Spark. Begin with {@link
 * dev.engram.spark.AssociativeMemoryEstimator}.
 */
@NullMarked
package dev.engram.spark;

import org.jspecify.annotations.NullMarked;
