/**
 * Measurements: what a step, an update, a recall cost with each engine.
 *
 * <p>May use: {@code cli.options}, {@code cli.console}. Begin with {@link dev.engram.cli.bench.BenchCommand}.
 */
@NullMarked
package dev.engram.cli.bench;

import org.jspecify.annotations.NullMarked;
