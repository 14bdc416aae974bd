package dev.engram.memory.hopfield;

/**
 * How a PC-trained Hopfield network learns and infers.
 *
 * @param threshold values above it are +scale, the others -scale
 * @param scale of the patterns; positive. At 10 tanh saturates and its slope is next to 0
 * @param epochs weight updates, each from all patterns; at least 1
 * @param momentum β of the gradient steps, from 0 to below 1; their rate is the largest stable one without momentum
 * @param eta η of inference, positive
 * @param steps of inference, at least 1
 */
public record PredictiveHopfieldOptions(
        double threshold, double scale, int epochs, double momentum, double eta, int steps) {
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
        if (!(momentum >= 0 && momentum < 1) || !(eta > 0) || Double.isInfinite(eta)) {
            throw new IllegalArgumentException(
                    "The momentum (%s) must be at least 0 and below 1, and eta (%s) positive and finite."
                            .formatted(momentum, eta));
        }
    }

    /** Values above 0.5 are +10; 200 epochs with momentum 0.9, 400 steps of 0.02. */
    public static PredictiveHopfieldOptions defaults() {
        return new PredictiveHopfieldOptions(0.5, 10, 200, 0.9, 0.02, 400);
    }

    public PredictiveHopfieldOptions withScale(double newScale) {
        return new PredictiveHopfieldOptions(threshold, newScale, epochs, momentum, eta, steps);
    }

    public PredictiveHopfieldOptions withTraining(int newEpochs, double newMomentum) {
        return new PredictiveHopfieldOptions(threshold, scale, newEpochs, newMomentum, eta, steps);
    }

    public PredictiveHopfieldOptions withInference(double newEta, int newSteps) {
        return new PredictiveHopfieldOptions(threshold, scale, epochs, momentum, newEta, newSteps);
    }
}
