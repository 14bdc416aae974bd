/**
 * The predictive-coding memory: a generative network that has learned its patterns (Algorithm 1) and completes cues
 * (Algorithm 2).
 *
 * <p>May use: {@code memory}, {@code learning} and below. Begin with {@link
 * dev.engram.memory.pcn.PredictiveCodingMemory}.
 */
@NullMarked
package dev.engram.memory.pcn;

import org.jspecify.annotations.NullMarked;
