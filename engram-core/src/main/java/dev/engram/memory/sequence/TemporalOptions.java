package dev.engram.memory.sequence;

import dev.engram.learning.LearningRule;
import dev.engram.learning.LocalLeastSquares;
import dev.engram.memory.internal.Described;
import dev.engram.network.Activation;
import java.util.Map;

/**
 * How a sequence memory without hidden layer is trained.
 *
 * @param activation f; linear by default: what is not linear turns small errors of a prediction into larger ones of the next
 * @param rule how W is updated; local least squares, or gradient steps without Adam
 * @param updates U, weight updates; at least 1
 */
public record TemporalOptions(Activation activation, LearningRule rule, int updates) {
    public TemporalOptions {
        if (updates < 1) {
            throw new IllegalArgumentException("The number of updates (%d) must be at least 1.".formatted(updates));
        }
        requireTurns(rule);
    }

    /** Linear, by 10 updates of local least squares, which leave next to nothing of the ridge's pull. */
    public static TemporalOptions defaults() {
        return new TemporalOptions(Activation.LINEAR, new LocalLeastSquares(1e-5, 0), 10);
    }

    public TemporalOptions withActivation(Activation f) {
        return new TemporalOptions(f, rule, updates);
    }

    public TemporalOptions withRule(LearningRule newRule, int newUpdates) {
        return new TemporalOptions(activation, newRule, newUpdates);
    }

    /** Every option by name, as words and numbers that read back unchanged. */
    public Map<String, String> describe() {
        return Described.join(
                Described.of("activation", activation.word()), rule.describe(), Described.of("updates", updates));
    }

    /** Refuses a rule whose result depends on the coordinates: sequences are learned in those of their span. */
    static void requireTurns(LearningRule rule) {
        if (!rule.turns()) {
            throw new IllegalArgumentException(
                    "%s does not learn sequences: its steps depend on the coordinates (as Adam's do), and these are learned in others. Maybe use plain steps, momentum or local least squares."
                            .formatted(rule));
        }
    }
}
