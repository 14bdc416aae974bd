package outside;

import dev.engram.inference.CueGroup;
import dev.engram.inference.Solver;
import dev.engram.inference.StepSize;
import dev.engram.learning.LearningRule;
import dev.engram.learning.UpdateSums;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.Initialisation;
import dev.engram.network.ValueNodes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** What a user writes: activations, solvers, step sizes and a learning rule, by the library's public types alone. */
final class Own {
    private Own() {}

    /** f(x) = max(x, 0), again. */
    record Relu() implements Activation {
        @Override
        public String word() {
            return "own-relu";
        }

        @Override
        public void values(float[] x, float[] out, int from, int to) {
            for (int i = from; i < to; i++) {
                out[i] = x[i] > 0 ? x[i] : 0;
            }
        }

        @Override
        public void slopes(float[] x, float[] out, int from, int to) {
            for (int i = from; i < to; i++) {
                out[i] = x[i] > 0 ? 1 : 0;
            }
        }

        @Override
        public double steepest() {
            return 1;
        }

        @Override
        public Optional<Lines> lines() {
            return Optional.of(new Lines(0, 1));
        }
    }

    /** f(x) = slope · x below 0, steep · x above. */
    record Leaky(float slope, float steep) implements Activation {
        @Override
        public String word() {
            return "leaky";
        }

        @Override
        public void values(float[] x, float[] out, int from, int to) {
            for (int i = from; i < to; i++) {
                out[i] = x[i] > 0 ? steep * x[i] : slope * x[i];
            }
        }

        @Override
        public void slopes(float[] x, float[] out, int from, int to) {
            for (int i = from; i < to; i++) {
                out[i] = x[i] > 0 ? steep : slope;
            }
        }

        @Override
        public double steepest() {
            return Math.max(slope, steep);
        }

        @Override
        public Optional<Lines> lines() {
            return Optional.of(new Lines(slope, steep));
        }
    }

    /** f(x) = ln(1 + exp(x)). */
    record Softplus() implements Activation {
        @Override
        public String word() {
            return "softplus";
        }

        @Override
        public void values(float[] x, float[] out, int from, int to) {
            for (int i = from; i < to; i++) {
                out[i] = (float) (Math.max(x[i], 0) + Math.log1p(Math.exp(-Math.abs(x[i]))));
            }
        }

        @Override
        public void slopes(float[] x, float[] out, int from, int to) {
            for (int i = from; i < to; i++) {
                out[i] = (float) (1 / (1 + Math.exp(-x[i])));
            }
        }

        @Override
        public double steepest() {
            return 1;
        }
    }

    /** Eq. 3 with a constant γ. */
    record Descent(float gamma) implements Solver.Own {
        @Override
        public Steps begin(CueGroup group) {
            return (from, to) -> {
                for (int l = 0; l <= to.top(); l++) {
                    float[] force = from.force().layer(l).data();
                    float[] x = to.layer(l).data();
                    for (int i = 0; i < force.length; i++) {
                        x[i] += gamma * force[i];
                    }
                }
            };
        }
    }

    /** Gradient steps that are halved, for each cue, until they lower its energy enough (Armijo), with what was found tried twice as long. */
    record LineSearch() implements Solver.Own {
        @Override
        public Steps begin(CueGroup group) {
            double[] length = new double[group.cues()];
            Arrays.fill(length, 1);
            return (from, to) -> {
                boolean[] found = new boolean[group.cues()];
                for (int halving = 0; halving < 40; halving++) {
                    ValueNodes trial = from.x().copy();
                    for (int cue = 0; cue < group.cues(); cue++) {
                        move(from, trial, cue, length[cue]);
                    }
                    CueGroup.Point there = group.at(trial);
                    boolean all = true;
                    for (int cue = 0; cue < group.cues(); cue++) {
                        if (!found[cue] && sum(there.energy()[cue]) < sum(from.energy()[cue])) {
                            found[cue] = true;
                            move(from, to, cue, length[cue]);
                            length[cue] *= 2;
                        } else if (!found[cue]) {
                            length[cue] /= 2;
                        }
                        all &= found[cue] || !group.isRunning(cue);
                    }
                    if (all) {
                        return;
                    }
                }
            };
        }

        private static void move(CueGroup.Point from, ValueNodes to, int cue, double length) {
            for (int l = 0; l <= to.top(); l++) {
                Matrix force = from.force().layer(l);
                for (int i = 0; i < force.columns(); i++) {
                    to.layer(l).set(cue, i, (float) (from.x().layer(l).get(cue, i) + length * force.get(cue, i)));
                }
            }
        }

        private static double sum(double... layers) {
            double sum = 0;
            for (double layer : layers) {
                sum += layer;
            }
            return sum;
        }
    }

    /** γ / (t + 1). */
    record Decay(double gamma, boolean isGuarded) implements StepSize {
        @Override
        public double gamma(Moment before) {
            return gamma / (before.step() + 1);
        }
    }

    /** Eq. 4 and 5, again; of patterns in parts too, if it is told to. */
    record Rule(double rate, boolean learnsInParts) implements LearningRule {
        @Override
        public Map<String, String> describe() {
            return Map.of("learning", "own", "learning_rate", String.valueOf(rate));
        }

        @Override
        public WeightUpdate start(LinearAlgebra la, GenerativeNetwork network) {
            int top = network.hiddenLayers();
            return new WeightUpdate() {
                @Override
                public OptionalDouble apply(ValueNodes x, Evaluation found) {
                    for (int l = 1; l <= top; l++) {
                        Matrix f = network.activation().values(x.layer(l));
                        Matrix error = found.errors().get(l - 1);
                        for (int i = 0; i < error.columns(); i++) {
                            for (int j = 0; j < f.columns(); j++) {
                                double sum = 0;
                                for (int pattern = 0; pattern < x.cues(); pattern++) {
                                    sum += (double) error.get(pattern, i) * f.get(pattern, j);
                                }
                                move(network.weights(l), i, j, sum / x.cues());
                            }
                        }
                    }
                    moveMemory(found.errors().get(top).meanRow());
                    return OptionalDouble.empty();
                }

                @Override
                public OptionalDouble apply(UpdateSums sums) {
                    for (int l = 1; l <= top; l++) {
                        Matrix theta = network.weights(l);
                        for (int i = 0; i < theta.rows(); i++) {
                            for (int j = 0; j < theta.columns(); j++) {
                                move(theta, i, j, sums.layer(l).ofErrors().get(i, j) / sums.patterns());
                            }
                        }
                    }
                    moveMemory(sums.meanPriorError());
                    return OptionalDouble.empty();
                }

                private void move(Matrix theta, int i, int j, double force) {
                    theta.set(i, j, (float) (theta.get(i, j) + rate * force));
                }

                private void moveMemory(float... mean) {
                    for (int j = 0; j < mean.length; j++) {
                        network.memoryVector()[j] += (float) (rate * network.priorPrecision() * mean[j]);
                    }
                }
            };
        }
    }

    /** A random network. */
    static GenerativeNetwork network(Activation activation, Integer... sizes) {
        return GenerativeNetwork.random(
                List.of(sizes), activation, new Initialisation(0.5, 0.5, 0.3, 1), 0.5, new SplittableRandom(3));
    }

    /** Values of about normal size, the same for the same numbers. */
    static Matrix cues(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(5);
        Matrix cues = Matrix.zeros(rows, columns);
        for (int i = 0; i < cues.data().length; i++) {
            cues.data()[i] = (float) random.nextDouble();
        }
        return cues;
    }

    /** The largest difference. */
    static double distance(Matrix one, Matrix other) {
        double most = 0;
        for (int i = 0; i < one.data().length; i++) {
            most = Math.max(most, Math.abs(one.data()[i] - other.data()[i]));
        }
        return most;
    }

    /** The largest difference of all layers. */
    static double distance(ValueNodes one, ValueNodes other) {
        double most = 0;
        for (int l = 0; l <= one.top(); l++) {
            most = Math.max(most, distance(one.layer(l), other.layer(l)));
        }
        return most;
    }
}
