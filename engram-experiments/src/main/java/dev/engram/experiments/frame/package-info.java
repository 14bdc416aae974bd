/** What every experiment is run by: cells that are computed once and kept, the run that goes through them, its report. */
@NullMarked
package dev.engram.experiments.frame;

import org.jspecify.annotations.NullMarked;
