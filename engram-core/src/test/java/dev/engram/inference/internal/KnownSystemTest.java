package dev.engram.inference.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.Definition;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is worked out for a mask: fewer coordinates with the same energies, and what is kept of them. */
class KnownSystemTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final int N = 4;

    /** Weights of N columns in the span of three directions, of which two sensory nodes have the same share. */
    private static LinearMap spanned(int d) {
        Matrix basis = Matrix.zeros(3, d);
        basis.set(0, 1, 0.6f);
        basis.set(0, d - 1, 0.8f);
        basis.set(1, 1, 0.8f);
        basis.set(1, d - 1, -0.6f);
        basis.set(2, 2, 1);
        return new LinearMap.Spanned(
                basis, Definition.network(Activation.RELU, 1, 5, 3, N).weights(1));
    }

    /** ½|x_K - W_K f|² = ½|x̃ - J f|² + outside, for any f, however many nodes are known. */
    @ParameterizedTest
    @ValueSource(ints = {6, 2100})
    void coordinatesHaveTheSameEnergies(int d) {
        Matrix cues = Definition.values(Definition.network(Activation.RELU, 1, 3, d, N), 3, 4)
                .layer(0);
        int[] named = {2, 0};
        for (LinearMap map : List.of(
                new LinearMap.Dense(
                        Definition.network(Activation.RELU, 1, 3, d, N).weights(1)),
                spanned(d))) {
            Matrix theta = map.matrix(LA);
            for (BitSet known : List.of(
                    Clamp.all(d).row(0),
                    Clamp.known(d, IntStream.range(1, d).toArray()).row(0),
                    Clamp.known(d, IntStream.range(0, d - 1).toArray()).row(0),
                    Clamp.known(d, 1, 2, d - 1).row(0),
                    Clamp.known(d, 2).row(0),
                    Clamp.known(d).row(0))) {
                KnownWeights weights = KnownWeights.of(LA, map, known);
                assertThat(weights.coordinates()).isLessThanOrEqualTo(Math.min(known.cardinality(), map.directions()));
                KnownWeights.Coordinates reduced = weights.coordinates(LA, cues, named);
                assertThat(reduced.outside()).hasSize(2);
                for (int i = 0; i < 2; i++) {
                    for (double[] f : new double[][] {new double[N], {1, 0, -2, 0.5}, {3, 3, 3, 3}}) {
                        double expected = 0;
                        for (int node = known.nextSetBit(0); node >= 0; node = known.nextSetBit(node + 1)) {
                            double error = cues.get(named[i], node);
                            for (int j = 0; j < N; j++) {
                                error -= theta.get(node, j) * f[j];
                            }
                            expected += 0.5 * error * error;
                        }
                        double found = reduced.outside()[i];
                        for (int c = 0; c < weights.coordinates(); c++) {
                            double error = reduced.cues().get(i, c);
                            for (int j = 0; j < N; j++) {
                                error -= weights.sent().get(j, c) * f[j];
                            }
                            found += 0.5 * error * error;
                        }
                        assertThat(found).as("%s, %s", map, known).isCloseTo(expected, within(1e-5 * (1 + expected)));
                    }
                }
                GenerativeNetwork small =
                        weights.network(GenerativeNetwork.ofMaps(Activation.LINEAR, List.of(map), new float[N], 1));
                assertThat(small.size(0)).isEqualTo(weights.coordinates());
                assertThat(small.weights(1).data())
                        .isEqualTo(weights.sent().transpose().toFloat().data());
            }
        }
    }

    @Test
    void theUnitsOfTheBaseAreThoseActiveAtRest() {
        Matrix theta = Definition.network(Activation.RELU, 1, 3, 6, N).weights(1);
        float[] b = {0.5f, 0, -1, 2};
        GenerativeNetwork network = GenerativeNetwork.of(Activation.RELU, List.of(theta), b, 0.5);
        BitSet mask = Clamp.known(6, 0, 3).row(0);
        KnownSystem known = KnownSystem.of(LA, network, mask);
        mask.clear();
        DoubleMatrix sent = known.weights().sent();
        assertThat(sent.columns()).isEqualTo(2);
        assertThat(known.bytes()).isEqualTo(8.0 * 2 * (N + 2));
        assertThat(known.length()).isCloseTo(Math.sqrt(sent.squaredLength()), within(1e-12));
        Resolvent resolvent = known.resolvent(0.5);
        for (int j = 0; j < N; j++) {
            assertThat(resolvent.isAtRest(j)).isEqualTo(b[j] > 0);
        }
        requireBase(resolvent, sent, 0.5, 0, 3);
        assertThat(known.resolvent(0.5)).as("kept").isSameAs(resolvent);
        Resolvent other = known.resolvent(0.25);
        assertThat(other).isNotSameAs(resolvent);
        requireBase(other, sent, 0.25, 0, 3);
        requireBase(known.resolvent(1e-30), sent, 1e-14 * sent.squaredLength(), 0, 3);

        GenerativeNetwork linear = GenerativeNetwork.of(Activation.LINEAR, List.of(theta), b, 0.5);
        Resolvent ofAll =
                KnownSystem.of(LA, linear, Clamp.known(6, 0, 3).row(0)).resolvent(0.5);
        requireBase(ofAll, sent, 0.5, 0, 1, 2, 3);
    }

    /** (λI + J_A J_Aᵀ) y is what y was solved for. */
    private static void requireBase(Resolvent resolvent, DoubleMatrix sent, double lambda, int... units) {
        DoubleMatrix right = DoubleMatrix.zeros(1, 2);
        right.set(0, 0, 1);
        right.set(0, 1, -2);
        Resolvent.Solution found = resolvent
                .batch(right.copy())
                .solve(new int[] {0}, List.<int[]>of(new int[0]), List.<double[]>of(new double[0]));
        for (int a = 0; a < 2; a++) {
            double sum = lambda * found.y().get(0, a);
            for (int j : units) {
                sum += sent.get(j, a)
                        * (sent.get(j, 0) * found.y().get(0, 0)
                                + sent.get(j, 1) * found.y().get(0, 1));
            }
            assertThat(sum).isCloseTo(right.get(0, a), within(1e-9));
        }
    }
}
