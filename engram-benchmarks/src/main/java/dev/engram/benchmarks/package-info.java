/** JMH benchmarks of the core's hot paths, the result of each checked by a test, and the workers of the scripts in {@code peers}. */
@NullMarked
package dev.engram.benchmarks;

import org.jspecify.annotations.NullMarked;
