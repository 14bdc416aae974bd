package dev.engram.learning;

import dev.engram.graph.GenerativeNetwork;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;

/**
 * Algorithm 1's weight update, for the mean energy of the batch:
 *
 * <pre>
 *   Δθ^{l+1} = α (1/N) Σ ε^l f(x^{l+1})ᵀ      (Eq. 4)
 *   Δb       = α (1/N) Σ λ ε^L                (Eq. 5)
 * </pre>
 *
 * @param learningRate α, positive
 * @param optimiser plain steps as in the paper, or Adam
 */
public record GradientRule(double learningRate, Optimiser optimiser) implements LearningRule {

    /** What becomes of a gradient. */
    public enum Optimiser {
        /** The parameters move by α times the gradient. */
        PLAIN,
        /** Adam (Kingma and Ba 2015) with β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
        ADAM
    }

    public GradientRule {
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException(
                    "The learning rate (%s) must be positive and finite.".formatted(learningRate));
        }
    }

    public static GradientRule plain(double learningRate) {
        return new GradientRule(learningRate, Optimiser.PLAIN);
    }

    public static GradientRule adam(double learningRate) {
        return new GradientRule(learningRate, Optimiser.ADAM);
    }

    @Override
    public WeightUpdate start(LinearAlgebra la, GenerativeNetwork network) {
        int top = network.hiddenLayers();
        Step[] steps = new Step[top + 1];
        for (int l = 1; l <= top; l++) {
            steps[l] = step(network.weights(l).data());
        }
        Step memoryStep = step(network.memoryVector());
        return (x, found) -> {
            float scale = 1f / x.cues();
            for (int l = 0; l < top; l++) {
                Matrix error = found.errors().get(l);
                Matrix above = x.layer(l + 1);
                Matrix f = Matrix.zeros(above.rows(), above.columns());
                network.activation().values(above.data(), f.data());
                Matrix gradient = Matrix.zeros(error.columns(), f.columns());
                la.multiply(scale, error, Transpose.YES, f, Transpose.NO, 0, gradient); // Eq. 4
                steps[l + 1].climb(gradient.data());
            }
            float[] gradient = meanRow(found.errors().get(top)); // Eq. 5
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= (float) network.priorPrecision();
            }
            memoryStep.climb(gradient);
        };
    }

    static float[] meanRow(Matrix matrix) {
        double[] sums = new double[matrix.columns()];
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < sums.length; j++) {
                sums[j] += matrix.get(i, j);
            }
        }
        float[] mean = new float[sums.length];
        for (int j = 0; j < sums.length; j++) {
            mean[j] = (float) (sums[j] / matrix.rows());
        }
        return mean;
    }

    private interface Step {
        /** Moves the parameters along {@code -∂E}, which is given. */
        void climb(float[] gradient);
    }

    private Step step(float[] parameters) {
        return switch (optimiser) {
            case PLAIN ->
                gradient -> {
                    float alpha = (float) learningRate;
                    for (int i = 0; i < parameters.length; i++) {
                        parameters[i] += alpha * gradient[i];
                    }
                };
            case ADAM -> new Adam(parameters, learningRate)::climb;
        };
    }

    private static final class Adam {
        private static final float BETA1 = 0.9f;
        private static final float BETA2 = 0.999f;
        private static final float EPSILON = 1e-8f;

        private final float[] parameters;
        private final double learningRate;
        private final float[] mean;
        private final float[] square;
        private int updates;

        Adam(float[] parameters, double learningRate) {
            this.parameters = parameters;
            this.learningRate = learningRate;
            this.mean = new float[parameters.length];
            this.square = new float[parameters.length];
        }

        void climb(float[] gradient) {
            updates++;
            float meanScale = (float) (1 / (1 - Math.pow(BETA1, updates)));
            float squareScale = (float) (1 / (1 - Math.pow(BETA2, updates)));
            float alpha = (float) learningRate;
            for (int i = 0; i < parameters.length; i++) {
                float g = gradient[i];
                mean[i] = BETA1 * mean[i] + (1 - BETA1) * g;
                square[i] = BETA2 * square[i] + (1 - BETA2) * g * g;
                parameters[i] += alpha * mean[i] * meanScale / ((float) Math.sqrt(square[i] * squareScale) + EPSILON);
            }
        }
    }
}
