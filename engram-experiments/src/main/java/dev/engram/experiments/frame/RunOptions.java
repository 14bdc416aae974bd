package dev.engram.experiments.frame;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How experiments are run.
 *
 * @param data the folder of data sets, if there is one
 * @param seed of everything random
 * @param command what was typed, for the report
 */
public record RunOptions(Profile profile, Optional<Path> data, long seed, String command) {}
