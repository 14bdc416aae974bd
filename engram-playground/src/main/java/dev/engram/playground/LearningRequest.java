package dev.engram.playground;

import dev.engram.learning.GradientRule;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.network.UsualActivation;

/**
 * How a memory is to be learned, in bounds that keep the page quick.
 *
 * @param layers as the paper counts, 2 to 6
 * @param hidden value nodes in each hidden layer, 1 to 4096; 0 chooses
 * @param activation RELU, TANH or LINEAR
 * @param rule how weights are updated
 * @param updates weight updates, 1 to 5000; 0 takes the rule's usual number
 */
record LearningRequest(int layers, int hidden, UsualActivation activation, RuleChoice rule, int updates) {
    private static final int MOST_LAYERS = 6;
    private static final int MOST_HIDDEN = 4_096;
    static final int MOST_UPDATES = 5_000;
    private static final int GRADIENT_UPDATES = 200;
    private static final double ADAM_RATE = 0.01;

    /** How weights are updated. */
    enum RuleChoice {
        LOCAL_LEAST_SQUARES,
        GRADIENT
    }

    LearningRequest {
        if (layers < 2 || layers > MOST_LAYERS) {
            throw Refusal.unusable("Layers (%d) must be from 2 to %d here.".formatted(layers, MOST_LAYERS));
        }
        if (hidden < 0 || hidden > MOST_HIDDEN) {
            throw Refusal.unusable(
                    "Hidden nodes (%d) must be from 1 to %d here, or empty to choose.".formatted(hidden, MOST_HIDDEN));
        }
        if (updates < 0 || updates > MOST_UPDATES) {
            throw Refusal.unusable("Updates (%d) must be from 1 to %d here, or empty for the usual number."
                    .formatted(updates, MOST_UPDATES));
        }
    }

    PredictiveCodingOptions options() {
        PredictiveCodingOptions options = PredictiveCodingOptions.forLayers(layers)
                .withHidden(hidden)
                .withActivation(activation)
                .withTolerance(0);
        boolean gradient = rule == RuleChoice.GRADIENT;
        if (gradient) {
            options = options.withRule(GradientRule.adam(ADAM_RATE));
        }
        int usual = gradient ? GRADIENT_UPDATES : options.updates();
        return options.withUpdates(updates == 0 ? usual : updates);
    }
}
