/**
 * What every experiment is run by: cells that are computed once and kept, the run that goes through them, its report.
 *
 * <p>May use: {@code experiments.report}, the core and {@code io}. Begin with {@link
 * dev.engram.experiments.frame.Experiment}.
 */
@NullMarked
package dev.engram.experiments.frame;

import org.jspecify.annotations.NullMarked;
