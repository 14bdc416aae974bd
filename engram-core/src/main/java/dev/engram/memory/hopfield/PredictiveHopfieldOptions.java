package dev.engram.memory.hopfield;

import dev.engram.graph.inference.Motion;

/**
 * How a PC-trained Hopfield network learns and infers.
 *
 * @param threshold values above it are +scale, the others -scale
 * @param scale of the patterns; positive. At 10 tanh saturates and its slope is next to 0
 * @param epochs weight updates, each from all patterns; at least 1
 * @param momentum β of the gradient steps, from 0 to below 1; their rate is the largest stable one without momentum
 * @param motion of the values in inference; steps of 1 are for saturated units, of curvature 1, and may stay where they are with patterns
 *     of ±1
 * @param steps of inference, at least 1
 */
public record PredictiveHopfieldOptions(
        double threshold, double scale, int epochs, double momentum, Motion motion, int steps) {
    public PredictiveHopfieldOptions {
        if (!Double.isFinite(threshold) || !(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException(
                    "The threshold (%s) must be finite, and the scale (%s) positive and finite."
                            .formatted(threshold, scale));
        }
        if (epochs < 1 || steps < 1) {
            throw new IllegalArgumentException(
                    "The numbers of epochs (%d) and of inference steps (%d) must be at least 1."
                            .formatted(epochs, steps));
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("The momentum (%s) must be at least 0 and below 1.".formatted(momentum));
        }
    }

    /** Values above 0.5 are +10; 200 epochs with momentum 0.9; 200 steps of 1 in which half of the units move and the energy never rises. */
    public static PredictiveHopfieldOptions defaults() {
        return new PredictiveHopfieldOptions(0.5, 10, 200, 0.9, Motion.inParts(1, 0.5, 0), 200);
    }

    public PredictiveHopfieldOptions withScale(double newScale) {
        return new PredictiveHopfieldOptions(threshold, newScale, epochs, momentum, motion, steps);
    }

    public PredictiveHopfieldOptions withTraining(int newEpochs, double newMomentum) {
        return new PredictiveHopfieldOptions(threshold, scale, newEpochs, newMomentum, motion, steps);
    }

    public PredictiveHopfieldOptions withInference(Motion newMotion, int newSteps) {
        return new PredictiveHopfieldOptions(threshold, scale, epochs, momentum, newMotion, newSteps);
    }
}
