package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.Parameter;
import dev.engram.graph.Parameters;
import dev.engram.graph.Sweep;
import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Monte Carlo predictive coding: {@link Strict} with noise, so that values are drawn from exp(-E/T) instead of sought at its top.
 *
 * <pre>
 *   v += η F + √(2 η T) ξ,   ξ ~ N(0, 1)
 *   given back: the mean of the samples, their standard deviation, and the mean of the forces on the parameters
 * </pre>
 *
 * <p>With T = 1, E being the negative logarithm of what the graph says of its values, the spread of an inferred node's samples is how unsure the
 * graph is of it: of a pixel that was not given, of a hidden cause. The steps are of finite length: where E is quadratic with Hessian H the
 * mean is exact and the covariance is T (H (1 - η H / 2))⁻¹ in place of T H⁻¹, too large by a factor of 1 / (1 - ηh/2) in a direction of
 * curvature h. What remains is the chance of finitely many samples, which follow each other closely: 1/(η h) steps are one independent draw.
 *
 * <p>Oliviers, Bogacz and Meulemans 2024. Memory: two numbers in double precision more for each value.
 *
 * @param eta η, positive, below 2/λ for the largest curvature λ
 * @param temperature T, positive; 1 for the posterior
 * @param burnIn steps before the first sample, at least 0
 * @param samples how many, at least 2
 * @param every steps from one sample to the next, at least 1
 * @param seed of the noise, together with the parameters and the clamped values, so that every mini-batch of a training has noise of its own
 *     and a training that is resumed has the same; every example has a stream of its own
 */
public record Langevin(double eta, double temperature, int burnIn, int samples, int every, long seed)
        implements Schedule {
    private static final long MIX = 0x9e3779b97f4a7c15L;

    public Langevin {
        Checks.eta(eta);
        Checks.positive("temperature", temperature);
        Checks.atLeast(0, "number of steps before the first sample", burnIn);
        Checks.atLeast(2, "number of samples", samples);
        Checks.atLeast(1, "number of steps from sample to sample", every);
    }

    @Override
    public Settling prepare(GraphEvaluation evaluation) {
        return new Sampling(evaluation);
    }

    /** Gradient steps, and noise. */
    private final class Noisy implements Motion.Mover {
        private final Landscape landscape;
        private final SplittableRandom[] streams;

        Noisy(Landscape landscape) {
            this.landscape = landscape;
            this.streams = new SplittableRandom[landscape.evaluation().batch()];
        }

        /** New streams for all examples, from what this run is about. */
        void newRun() {
            GraphEvaluation evaluation = landscape.evaluation();
            long digest = seed;
            for (Parameter parameter : evaluation.graph().parameters()) {
                digest = digest(digest, evaluation.parameters().get(parameter));
            }
            for (Node node : evaluation.graph().nodes()) {
                if (!evaluation.inferred().contains(node)) {
                    digest = digest(digest, evaluation.value(node));
                }
            }
            SplittableRandom run = new SplittableRandom(digest);
            for (int i = 0; i < streams.length; i++) {
                streams[i] = run.split();
            }
        }

        private static long digest(long so, Tensor tensor) {
            long digest = so;
            for (int i = 0; i < tensor.size(); i++) { // the same in either precision
                digest = Long.rotateLeft(digest * MIX + Float.floatToIntBits((float) tensor.get(i)), 23);
            }
            return digest;
        }

        @Override
        public boolean staysFinite(ExampleRange examples) {
            return landscape.relaxation().staysFinite(eta, examples);
        }

        @Override
        public void move(ExampleRange examples) {
            landscape.relaxation().moveValues(eta, examples);
            double size = Math.sqrt(2 * eta * temperature);
            for (int i = examples.from(); i < examples.to(); i++) {
                ExampleRange one = new ExampleRange(0, i, i + 1);
                for (Node node : landscape.evaluation().inferred()) {
                    Tensor v = landscape.evaluation().value(node);
                    for (int k = one.begin(v); k < one.end(v); k++) {
                        v.set(k, v.get(k) + size * streams[i].nextGaussian());
                    }
                }
            }
            landscape.look(examples);
        }

        @Override
        public boolean mayRise() {
            return true;
        }
    }

    private final class Sampling implements Settling {
        private final GraphEvaluation evaluation;
        private final Noisy noisy;
        private final DescentOfValues descent;
        private final Sweep full;
        private final Parameters forces;
        private final Parameters ofSample;
        private final Map<Node, Tensor> mean = new LinkedHashMap<>();
        private final Map<Node, Tensor> square = new LinkedHashMap<>(); // Σ (v - mean)², as Welford has it
        private final Map<Node, Tensor> deviation = new LinkedHashMap<>();
        private int taken;

        Sampling(GraphEvaluation evaluation) {
            this.evaluation = evaluation;
            Landscape landscape = new Landscape(evaluation);
            this.noisy = new Noisy(landscape);
            this.descent = new DescentOfValues(landscape, any -> noisy, burnIn + samples * every, 0);
            this.full = evaluation.fullSweep();
            Precision precision = evaluation.parameters().precision();
            this.forces = Parameters.zeros(evaluation.graph(), precision);
            this.ofSample = Parameters.zeros(evaluation.graph(), precision);
            for (Node node : evaluation.inferred()) {
                int[] shape = evaluation.value(node).shape();
                mean.put(node, Tensor.zeros(Precision.DOUBLE, shape));
                square.put(node, Tensor.zeros(Precision.DOUBLE, shape));
                deviation.put(node, Tensor.zeros(precision, shape));
            }
        }

        @Override
        public Settled run(GraphObserver observer, Consumer<Sweep> onForces) {
            taken = 0;
            noisy.newRun();
            forces.clear();
            mean.values().forEach(tensor -> tensor.fill(0));
            square.values().forEach(tensor -> tensor.fill(0));
            Settled settled = descent.run(
                    step -> {
                        int after = step.step() - burnIn;
                        if (after > 0 && after % every == 0) {
                            take();
                        }
                        return observer.onStep(step);
                    },
                    onForces);
            if (taken > 0) {
                summarise();
            }
            return settled;
        }

        private void take() {
            taken++;
            mean.forEach((node, average) -> {
                double[] m = average.doubles();
                double[] s = square(node);
                Tensor v = evaluation.value(node);
                for (int i = 0; i < m.length; i++) {
                    double before = v.get(i) - m[i];
                    m[i] += before / taken;
                    s[i] += before * (v.get(i) - m[i]);
                }
            });
            evaluation.inLanes(full::run);
            full.parameterForces(ofSample);
            forces.addScaled(1.0 / samples, ofSample);
        }

        private double[] square(Node node) {
            Tensor sum = square.get(node);
            return sum == null ? new double[0] : sum.doubles();
        }

        /** Values become the mean, and predictions and errors those at it. */
        private void summarise() {
            deviation.forEach((node, spread) -> {
                double[] s = square(node);
                for (int i = 0; i < s.length; i++) {
                    spread.set(i, Math.sqrt(s[i] / Math.max(1, taken - 1)));
                }
            });
            mean.forEach((node, average) -> {
                Tensor v = evaluation.value(node);
                for (int i = 0; i < v.size(); i++) {
                    v.set(i, average.get(i));
                }
            });
            evaluation.inLanes(examples -> {
                evaluation.predict(examples);
                evaluation.measure(examples);
            });
        }

        @Override
        public void parameterForces(Parameters into) {
            evaluation.graph().parameters().forEach(parameter -> into.get(parameter)
                    .set(forces.get(parameter)));
        }

        @Override
        public Map<Node, Tensor> deviations() {
            return deviation;
        }
    }
}
