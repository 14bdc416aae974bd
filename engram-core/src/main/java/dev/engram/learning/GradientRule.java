package dev.engram.learning;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import dev.engram.linalg.Transpose;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import dev.engram.optimiser.LearningState;
import dev.engram.optimiser.Optimiser;
import dev.engram.optimiser.OptimiserState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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

    /** An optimiser whose steps are no multiples of forces, such as Adam, steps along coordinates. */
    @Override
    public boolean turns() {
        return optimiser instanceof Optimiser.Sgd || optimiser instanceof Optimiser.Momentum;
    }

    @Override
    public boolean learnsInParts() {
        return true;
    }

    @Override
    public WeightUpdate start(LinearAlgebra la, GenerativeNetwork network) {
        int top = network.hiddenLayers();
        List<Moved> weights = IntStream.rangeClosed(1, top)
                .mapToObj(l -> moved(network.weights(l).data()))
                .toList();
        Moved memory = moved(network.memoryVector());
        return new WeightUpdate() {
            @Override
            public OptionalDouble apply(ValueNodes x, Evaluation found) {
                for (int l = 1; l <= top; l++) {
                    Matrix f = network.activation().values(x.layer(l));
                    step(la, found.errors().get(l - 1), f, network.weights(l), weights.get(l - 1)); // Eq. 4
                }
                moveMemory(found.errors().get(top).meanRow());
                return OptionalDouble.empty();
            }

            @Override
            public OptionalDouble apply(UpdateSums sums) {
                for (int l = 1; l <= top; l++) {
                    double[] all = sums.layer(l).ofErrors().data();
                    float[] force = new float[all.length];
                    for (int i = 0; i < force.length; i++) {
                        force[i] = (float) (all[i] / sums.patterns()); // Eq. 4
                    }
                    step(force, weights.get(l - 1));
                }
                moveMemory(sums.meanPriorError());
                return OptionalDouble.empty();
            }

            private void moveMemory(float... force) { // Eq. 5
                for (int i = 0; i < force.length; i++) {
                    force[i] *= (float) network.priorPrecision();
                }
                step(force, memory);
            }

            @Override
            public void save(String prefix, LearningState.Draft into) {
                for (int l = 1; l <= top; l++) {
                    into.with(
                            "%sweights.%d".formatted(prefix, l),
                            weights.get(l - 1).state());
                }
                into.with(prefix + "memory_vector", memory.state());
            }

            @Override
            public void restore(String prefix, LearningState from) {
                for (int l = 1; l <= top; l++) {
                    from.restore(
                            "%sweights.%d".formatted(prefix, l),
                            weights.get(l - 1).state());
                }
                from.restore(prefix + "memory_vector", memory.state());
            }
        };
    }

    /** A parameter and what the optimiser remembers of it. */
    private record Moved(Tensor theta, OptimiserState state) {}

    private Moved moved(float... parameters) {
        Tensor theta = Tensor.wrap(parameters, parameters.length);
        return new Moved(theta, optimiser.begin(theta));
    }

    /** Moves weights along the mean of ε fᵀ. */
    private void step(LinearAlgebra la, Matrix error, Matrix f, Matrix theta, Moved moved) {
        if (optimiser instanceof Optimiser.Sgd sgd) { // θ += (α/N) Σ ε fᵀ is one product; no gradient is ever held
            la.multiply((float) sgd.learningRate() / f.rows(), error, Transpose.YES, f, Transpose.NO, 1, theta);
            return;
        }
        Matrix force = Matrix.zeros(theta.rows(), theta.columns());
        la.multiply(1f / f.rows(), error, Transpose.YES, f, Transpose.NO, 0, force);
        step(force.data(), moved);
    }

    /** Moves parameters along {@code -∂E}, which is given. */
    private void step(float[] force, Moved moved) {
        optimiser.step(moved.theta(), Tensor.wrap(force, force.length), moved.state());
    }
}
