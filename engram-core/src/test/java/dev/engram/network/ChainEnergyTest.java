package dev.engram.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Energy and forces against finite differences of an independent double-precision energy. */
class ChainEnergyTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final double STEP = 1e-5;

    @ParameterizedTest
    @EnumSource(UsualActivation.class)
    void theOraclesForcesAreTheFiniteDifferencesOfItsEnergy(Activation activation) {
        GenerativeNetwork network = Definition.network(activation, 0.7, 1, 6, 5, 4, 3);
        Definition oracle = new Definition(network);
        double[][] x = Definition.cue(Definition.values(network, 1, 2), 0);
        for (int l = 0; l < x.length; l++) {
            double[] force = oracle.force(x, l);
            for (int i = 0; i < x[l].length; i++) {
                int layer = l;
                int node = i;
                double difference = centralDifference(v -> x[layer][node] = v, x[l][i], () -> oracle.energy(x));
                assertThat(force[i]).isCloseTo(-difference, within(1e-6 * (1 + Math.abs(difference))));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(UsualActivation.class)
    void energyAndForcesEqualTheDefinition(Activation activation) {
        GenerativeNetwork network = Definition.network(activation, 0.7, 3, 17, 9, 7, 5);
        ValueNodes x = Definition.values(network, 3, 4);
        ChainEnergy energy = new ChainEnergy(LA, network, Clamp.all(17), 3);
        Evaluation found = energy.newEvaluation();
        energy.evaluate(x, found);
        Definition oracle = new Definition(network);
        for (int cue = 0; cue < 3; cue++) {
            double[][] values = Definition.cue(x, cue);
            assertThat(found.total(cue)).isCloseTo(oracle.energy(values), within(1e-5 * oracle.energy(values)));
            for (int l = 0; l <= 3; l++) {
                double[] expected = oracle.force(values, l);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(force(network, x, found, cue, l, i))
                            .as("cue %d layer %d node %d", cue, l, i)
                            .isCloseTo(expected[i], within(1e-3 * (0.01 + Math.abs(expected[i]))));
                }
            }
        }
    }

    /** Eq. 3 put together from what the engine reports. */
    private static double force(GenerativeNetwork network, ValueNodes x, Evaluation found, int cue, int l, int i) {
        double own = -network.precision(l) * found.errors().get(l).get(cue, i);
        if (l == 0) {
            return own;
        }
        float[] value = {x.layer(l).get(cue, i)};
        float[] slope = new float[1];
        network.activation().slopes(value, slope);
        return own + slope[0] * found.feedback().get(l).get(cue, i);
    }

    @ParameterizedTest
    @EnumSource(UsualActivation.class)
    void theCurvatureBoundsAreNeverBelowTheCurvatureMetOnAnyLine(Activation activation) {
        if (activation == Activation.TANH) {
            return; // tanh bends: the bound is of JᵀJ, and the solver guards the rest
        }
        SplittableRandom random = new SplittableRandom(5);
        for (int trial = 0; trial < 20; trial++) {
            GenerativeNetwork network = Definition.network(activation, 0.5, trial, 8, 6, 5);
            ChainEnergy energy = new ChainEnergy(LA, network, Clamp.known(8, 0, 1), 1);
            double bound = energy.curvatureBound();
            double[] bounds = energy.curvatureBounds();
            Definition oracle = new Definition(network);
            double[][] x = Definition.cue(Definition.values(network, 1, trial), 0);
            double[][] direction = new double[x.length][];
            double squared = 0;
            double weighted = 0;
            for (int l = 0; l < x.length; l++) {
                direction[l] = random.doubles(x[l].length, -1, 1).toArray();
                for (double v : direction[l]) {
                    squared += v * v;
                    weighted += bounds[l] * v * v;
                }
            }
            double h = 1e-3; // keeps every unit on its side of the kink
            double curvature = (oracle.energy(shifted(x, direction, h))
                            - 2 * oracle.energy(x)
                            + oracle.energy(shifted(x, direction, -h)))
                    / (h * h * squared);
            assertThat(curvature).isLessThan(bound * (1 + 1e-6));
            assertThat(curvature).isLessThan(weighted / squared * (1 + 1e-6));
        }
    }

    private static double[][] shifted(double[][] x, double[][] direction, double h) {
        double[][] y = new double[x.length][];
        for (int l = 0; l < x.length; l++) {
            y[l] = x[l].clone();
            for (int i = 0; i < y[l].length; i++) {
                y[l][i] += h * direction[l][i];
            }
        }
        return y;
    }

    @Test
    void reluSlopesAreExactFromTheSmallestToTheLargestNumber() {
        float[] x = {Float.MIN_VALUE, 1e-30f, 1, Float.MAX_VALUE, 0, -0f, -Float.MIN_VALUE, -1, -Float.MAX_VALUE};
        float[] slopes = new float[x.length];
        Activation.RELU.slopes(x, slopes);
        assertThat(slopes).containsExactly(1, 1, 1, 1, 0, 0, 0, 0, 0);
    }

    @Test
    void permutingThePatternsPermutesTheEnergies() {
        GenerativeNetwork network = Definition.network(Activation.RELU, 1, 8, 10, 6);
        ValueNodes x = Definition.values(network, 4, 9);
        int[] order = {2, 0, 3, 1};
        ValueNodes permuted = new ValueNodes(
                x.layers().stream().map(layer -> layer.rows(order)).toList());
        ChainEnergy energy = new ChainEnergy(LA, network, Clamp.all(10), 4);
        Evaluation plain = energy.newEvaluation();
        Evaluation shuffled = energy.newEvaluation();
        energy.evaluate(x, plain);
        energy.evaluate(permuted, shuffled);
        for (int i = 0; i < 4; i++) {
            assertThat(shuffled.total(i)).isCloseTo(plain.total(order[i]), within(1e-5));
        }
    }

    @Test
    void aNetworkWhoseShapesDoNotChainIsRefused() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> GenerativeNetwork.of(
                        Activation.RELU, java.util.List.of(Matrix.zeros(4, 3), Matrix.zeros(2, 2)), new float[2], 1)))
                .hasMessageContaining("weights of layer 2 have 2 rows; layer 1 has 3");
    }

    private interface Setter {
        void set(double value);
    }

    private static double centralDifference(Setter set, double at, java.util.function.DoubleSupplier energy) {
        set.set(at + STEP);
        double above = energy.getAsDouble();
        set.set(at - STEP);
        double below = energy.getAsDouble();
        set.set(at);
        return (above - below) / (2 * STEP);
    }
}
