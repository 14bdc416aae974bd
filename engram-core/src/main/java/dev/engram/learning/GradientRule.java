package dev.engram.learning;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import dev.engram.linalg.Transpose;
import dev.engram.network.GenerativeNetwork;
import dev.engram.optimiser.Optimiser;
import dev.engram.optimiser.OptimiserState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Algorithm 1's weight update, for the mean energy of the batch:
 *
 * <pre>
 *   Δθ^{l+1} = α (1/N) Σ ε^l f(x^{l+1})ᵀ      (Eq. 4)
 *   Δb       = α (1/N) Σ λ ε^L                (Eq. 5)
 * </pre>
 *
 * @param optimiser plain steps as in the paper, or another
 */
public record GradientRule(Optimiser optimiser) implements LearningRule {
    public static GradientRule plain(double learningRate) {
        return new GradientRule(Optimiser.sgd(learningRate));
    }

    public static GradientRule adam(double learningRate) {
        return new GradientRule(Optimiser.adam(learningRate));
    }

    /** α. */
    public double learningRate() {
        return optimiser.learningRate();
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("learning", "gradient");
        named.put("learning_rate", String.valueOf(learningRate()));
        named.put("optimiser", optimiser.word());
        return named;
    }

    @Override
    public OptionalDouble plainStep(int patterns) {
        return optimiser instanceof Optimiser.Sgd
                ? OptionalDouble.of(learningRate() / patterns)
                : OptionalDouble.empty();
    }

    @Override
    public WeightUpdate start(LinearAlgebra la, GenerativeNetwork network) {
        int top = network.hiddenLayers();
        List<BiConsumer<Matrix, Matrix>> steps = IntStream.rangeClosed(1, top)
                .mapToObj(l -> weightStep(la, network.weights(l)))
                .toList();
        Consumer<float[]> memoryStep = step(network.memoryVector());
        return (x, found) -> {
            for (int l = 1; l <= top; l++) {
                steps.get(l - 1)
                        .accept(found.errors().get(l - 1), network.activation().values(x.layer(l))); // Eq. 4
            }
            float[] force = found.errors().get(top).meanRow(); // Eq. 5
            for (int i = 0; i < force.length; i++) {
                force[i] *= (float) network.priorPrecision();
            }
            memoryStep.accept(force);
            return OptionalDouble.empty();
        };
    }

    /** Moves weights along the mean of ε fᵀ, given ε and f. */
    private BiConsumer<Matrix, Matrix> weightStep(LinearAlgebra la, Matrix theta) {
        if (optimiser instanceof Optimiser.Sgd sgd) { // θ += (α/N) Σ ε fᵀ is one product; no gradient is ever held
            return (error, f) ->
                    la.multiply((float) sgd.learningRate() / f.rows(), error, Transpose.YES, f, Transpose.NO, 1, theta);
        }
        Consumer<float[]> step = step(theta.data());
        return (error, f) -> {
            Matrix force = Matrix.zeros(theta.rows(), theta.columns());
            la.multiply(1f / f.rows(), error, Transpose.YES, f, Transpose.NO, 0, force);
            step.accept(force.data());
        };
    }

    /** Moves the parameters along {@code -∂E}, which is given. */
    private Consumer<float[]> step(float[] parameters) {
        Tensor theta = Tensor.wrap(parameters, parameters.length);
        OptimiserState state = optimiser.begin(theta);
        return force -> optimiser.step(theta, Tensor.wrap(force, force.length), state);
    }
}
