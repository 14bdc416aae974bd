package dev.engram.network;

import dev.engram.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * The energy of Eq. 2 for one cue, in double precision and plain loops: the oracle of the tests. It shares no code with the engines.
 */
public final class Definition {
    private final List<double[][]> theta = new ArrayList<>();
    private final double[] b;
    private final double lambda;
    private final DoubleUnaryOperator f;
    private final DoubleUnaryOperator slope;

    public Definition(GenerativeNetwork network) {
        for (int l = 1; l <= network.hiddenLayers(); l++) {
            Matrix w = network.weights(l);
            double[][] rows = new double[w.rows()][w.columns()];
            for (int i = 0; i < w.rows(); i++) {
                for (int j = 0; j < w.columns(); j++) {
                    rows[i][j] = w.get(i, j);
                }
            }
            theta.add(rows);
        }
        b = new double[network.memoryVector().length];
        for (int i = 0; i < b.length; i++) {
            b[i] = network.memoryVector()[i];
        }
        lambda = network.priorPrecision();
        f = switch ((UsualActivation) network.activation()) {
            case RELU -> x -> x > 0 ? x : 0;
            case TANH -> Math::tanh;
            case LINEAR -> x -> x;
        };
        slope = switch ((UsualActivation) network.activation()) {
            case RELU -> x -> x > 0 ? 1 : 0;
            case TANH -> x -> 1 / (Math.cosh(x) * Math.cosh(x));
            case LINEAR -> x -> 1;
        };
    }

    /** θ^l, live. */
    public double[][] theta(int l) {
        return theta.get(l - 1);
    }

    /** b, live. */
    public double[] b() {
        return b;
    }

    /** ε^l at x. */
    public double[][] errors(double[][] x) {
        int top = theta.size();
        double[][] errors = new double[top + 1][];
        for (int l = 0; l <= top; l++) {
            errors[l] = x[l].clone();
            for (int i = 0; i < x[l].length; i++) {
                double mu = 0;
                if (l == top) {
                    mu = b[i];
                } else {
                    for (int j = 0; j < x[l + 1].length; j++) {
                        mu += theta.get(l)[i][j] * f.applyAsDouble(x[l + 1][j]);
                    }
                }
                errors[l][i] -= mu;
            }
        }
        return errors;
    }

    /** E at x. */
    public double energy(double[][] x) {
        double sum = 0;
        double[][] errors = errors(x);
        for (int l = 0; l < errors.length; l++) {
            for (double e : errors[l]) {
                sum += 0.5 * (l == errors.length - 1 ? lambda : 1) * e * e;
            }
        }
        return sum;
    }

    /** -∂E/∂x^l as Eq. 3 writes it. */
    public double[] force(double[][] x, int l) {
        double[][] errors = errors(x);
        double[] force = new double[x[l].length];
        for (int i = 0; i < force.length; i++) {
            force[i] = -(l == theta.size() ? lambda : 1) * errors[l][i];
            if (l > 0) {
                double up = 0;
                for (int k = 0; k < x[l - 1].length; k++) {
                    up += errors[l - 1][k] * theta.get(l - 1)[k][i];
                }
                force[i] += slope.applyAsDouble(x[l][i]) * up;
            }
        }
        return force;
    }

    /** The next state under Eq. 3 with the sensory layer clamped. */
    public double[][] step(double[][] x, double gamma) {
        double[][] next = new double[x.length][];
        next[0] = x[0];
        for (int l = 1; l < x.length; l++) {
            double[] force = force(x, l);
            next[l] = x[l].clone();
            for (int i = 0; i < force.length; i++) {
                next[l][i] += gamma * force[i];
            }
        }
        return next;
    }

    /** The values of one cue. */
    public static double[][] cue(ValueNodes x, int cue) {
        double[][] values = new double[x.top() + 1][];
        for (int l = 0; l < values.length; l++) {
            float[] row = x.layer(l).row(cue);
            values[l] = new double[row.length];
            for (int i = 0; i < row.length; i++) {
                values[l][i] = row[i];
            }
        }
        return values;
    }

    /** A network with weights of about unit gain, small enough for every test to check it whole. */
    public static GenerativeNetwork network(Activation activation, double lambda, long seed, Integer... sizes) {
        SplittableRandom random = new SplittableRandom(seed);
        Initialisation draw = new Initialisation(0.3, 0.8, 0.5, 1);
        return GenerativeNetwork.random(List.of(sizes), activation, draw, lambda, random);
    }

    /** Random value nodes, none of them within 0.05 of a kink. */
    public static ValueNodes values(GenerativeNetwork network, int cues, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new ValueNodes(network.sizes().stream()
                .map(size -> {
                    Matrix x = Matrix.zeros(cues, size);
                    for (int i = 0; i < x.data().length; i++) {
                        double magnitude = 0.05 + random.nextDouble();
                        x.data()[i] = (float) (random.nextBoolean() ? magnitude : -magnitude);
                    }
                    return x;
                })
                .toList());
    }
}
