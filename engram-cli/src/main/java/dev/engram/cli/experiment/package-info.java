/**
 * The papers' experiments, and the comparison on one's own patterns.
 *
 * <p>May use: {@code cli.memory}, {@code cli.options}, {@code cli.console}. Begin with {@link
 * dev.engram.cli.experiment.ReproduceCommand}.
 */
@NullMarked
package dev.engram.cli.experiment;

import org.jspecify.annotations.NullMarked;
