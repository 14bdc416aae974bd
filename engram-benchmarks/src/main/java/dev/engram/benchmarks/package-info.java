/** JMH benchmarks of the core's hot paths. The result of every one of them is checked by a test. */
@NullMarked
package dev.engram.benchmarks;

import org.jspecify.annotations.NullMarked;
