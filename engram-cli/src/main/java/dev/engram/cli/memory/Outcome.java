package dev.engram.cli.memory;

import dev.engram.inference.Status;
import dev.engram.memory.Answer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is said of the answer to one cue, beside its values.
 *
 * @param status how the inference ended
 * @param energy at the answer
 * @param residual see {@link dev.engram.memory.Recall#residual}
 * @param steps of inference
 * @param answer what the memory says the cue is, where it names patterns
 * @param trusted how many values were relied on, where damage was found out
 */
record Outcome(
        Status status, double energy, double residual, int steps, Optional<Answer> answer, OptionalInt trusted) {}
