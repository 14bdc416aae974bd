package dev.engram.inference.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import dev.engram.network.Activation;
import dev.engram.network.Definition;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import dev.engram.network.ValueNodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wᵀε and ½|ε|² of a clamped sensory layer, written and summed, against plain loops; also while the weights move. */
class ClampedSensoryTest {
    private static final LinearAlgebra LA = LinearAlgebra.withThreads(2);
    private static final int N = 5;
    private static final int CUES = 3;
    private static final double RATE = 0.05;

    private static Matrix cues(int d, long seed) {
        return Definition.values(Definition.network(Activation.LINEAR, 1, 3, d, N), CUES, seed)
                .layer(0);
    }

    private static LinearMap dense(int d) {
        return new LinearMap.Dense(
                Definition.network(Activation.LINEAR, 1, 3, d, N).weights(1));
    }

    /** In the span of nodes 0 and 2, and of the sum of two others. */
    private static LinearMap spanned(int d) {
        Matrix basis = Matrix.zeros(3, d);
        basis.set(0, 0, 1);
        basis.set(1, 2, -1);
        basis.set(2, 1, 0.6f);
        basis.set(2, 3, 0.8f);
        return new LinearMap.Spanned(
                basis, Definition.network(Activation.LINEAR, 1, 5, 3, N).weights(1));
    }

    /** ε⁰ of one cue. */
    private static double[] errors(Matrix theta, Matrix cues, Matrix rates, int cue) {
        return IntStream.range(0, theta.rows())
                .mapToDouble(i -> cues.get(cue, i)
                        - IntStream.range(0, N)
                                .mapToDouble(j -> (double) theta.get(i, j) * rates.get(cue, j))
                                .sum())
                .toArray();
    }

    /** In two parts, as two threads do. */
    private static void requireDefinition(ClampedSensory sensory, LinearMap map, Matrix cues) {
        Matrix theta = map.matrix(LA);
        Matrix rates = Definition.values(Definition.network(Activation.LINEAR, 1, 3, 4, N), CUES, 9)
                .layer(1);
        Matrix lanes = Lanes.transpose(LA, rates);
        Matrix pull = Matrix.zeros(N, CUES);
        double[] energy = {0, 1, 10};
        double[] second = new double[CUES];
        for (int time = 0; time < 2; time++) {
            sensory.prepare(lanes);
            sensory.pull(lanes, 0, 2, pull, time == 0 ? new double[CUES] : energy);
            sensory.pull(lanes, 2, N, pull, time == 0 ? new double[CUES] : second);
        }
        for (int cue = 0; cue < CUES; cue++) {
            double[] error = errors(theta, cues, rates, cue);
            double expected = 0;
            for (double e : error) {
                expected += 0.5 * e * e;
            }
            assertThat(energy[cue] + second[cue] - new double[] {0, 1, 10}[cue])
                    .isCloseTo(expected, within(1e-4 * (1 + expected)));
            for (int j = 0; j < N; j++) {
                int node = j;
                double up = IntStream.range(0, error.length)
                        .mapToDouble(i -> theta.get(i, node) * error[i])
                        .sum();
                assertThat((double) pull.get(j, cue)).isCloseTo(up, within(1e-4 * (1 + Math.abs(up))));
            }
        }
    }

    private static ClampedSensory summed(LinearMap map, Matrix cues) {
        return ClampedSensory.gram(LA, ClampedSensory.gramMatrix(LA, map), map, cues);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 383, 385, 769, 1600})
    void pullAndEnergyAreTheDefinitions(int d) {
        for (LinearMap map : List.of(dense(d), spanned(d))) {
            Matrix cues = cues(d, 4);
            Matrix others = cues(d, 5);
            for (ClampedSensory sensory : List.of(ClampedSensory.written(LA, map, cues), summed(map, cues))) {
                requireDefinition(sensory, map, cues);
                requireDefinition(sensory.of(map, others), map, others);
                requireDefinition(sensory.of(new LinearMap.Dense(map.matrix(LA)), others), map, others);
            }
        }
    }

    /** By how much energies differ through rounding: summed, a millionth of ½|x|², since they are a difference of numbers as large. */
    @Test
    void roundingIsThatOfWhatIsSummed() {
        Matrix cues = Matrix.wrap(CUES, 2, 3, 4, 0, 0, 0, 2);
        LinearMap map = new LinearMap.Dense(Matrix.zeros(2, N));
        ClampedSensory summed = summed(map, cues);
        assertThat(summed.resolution(0, 7)).isCloseTo(12.5e-6, within(1e-15));
        assertThat(summed.resolution(1, 7)).isZero();
        assertThat(summed.resolution(2, 7)).isCloseTo(2e-6, within(1e-15));
        ClampedSensory written = ClampedSensory.written(LA, map, cues);
        assertThat(written.resolution(0, 8)).isCloseTo(1e-7 * (8 + 4), within(1e-15));
    }

    /** W += rate Σ ε fᵀ, by hand. */
    private static void move(ClampedSensory sensory, Matrix theta, Matrix cues, Matrix rates) {
        Matrix errors = Matrix.zeros(CUES, theta.rows());
        for (int cue = 0; cue < CUES; cue++) {
            double[] error = errors(theta, cues, rates, cue);
            for (int i = 0; i < error.length; i++) {
                errors.set(cue, i, (float) error[i]);
            }
        }
        sensory.weightsMove((float) RATE, errors, rates);
        for (int cue = 0; cue < CUES; cue++) {
            for (int i = 0; i < theta.rows(); i++) {
                for (int j = 0; j < N; j++) {
                    theta.data()[i * N + j] += (float) (RATE * errors.get(cue, i) * rates.get(cue, j));
                }
            }
        }
    }

    /** Sums follow the weights without being formed again, until the 64th move. */
    @Test
    void sumsFollowTheWeightsThatMove() {
        int d = 9;
        GenerativeNetwork network = Definition.network(Activation.LINEAR, 1, 3, d, N);
        ValueNodes x = Definition.values(network, CUES, 4);
        Matrix cues = x.layer(0);
        LinearMap map = network.map(1);
        Matrix gram = ClampedSensory.gramMatrix(LA, map);
        ClampedSensory sensory = ClampedSensory.gram(LA, gram, map, cues);
        for (int moved = 1; moved < 64; moved++) {
            move(
                    sensory,
                    map.matrix(LA),
                    cues,
                    Definition.values(network, CUES, moved).layer(1));
            sensory.begin();
            assertThat(sensory.sums().get("moves").get(0)).isEqualTo(moved);
            requireDefinition(sensory, map, cues);
            assertThat(gram.data())
                    .containsExactly(ClampedSensory.gramMatrix(LA, map).data(), within(1e-3f));
        }
        move(sensory, map.matrix(LA), cues, x.layer(1));
        assertThat(sensory.sums()).as("to be formed again").isEmpty();
        Matrix asItWas = gram.copy();
        move(sensory, map.matrix(LA), cues, x.layer(1));
        assertThat(gram).as("not followed any more").isEqualTo(asItWas);
        sensory.begin();
        assertThat(gram).as("formed again").isEqualTo(ClampedSensory.gramMatrix(LA, map));
        assertThat(sensory.sums().get("moves").get(0)).isZero();
        requireDefinition(sensory, map, cues);
    }

    @Test
    void weightsThatChangeOtherwiseAreSummedAgain() {
        LinearMap map = dense(9);
        Matrix cues = cues(9, 4);
        ClampedSensory sensory = summed(map, cues);
        map.matrix(LA).data()[7] += 2;
        sensory.weightsChange();
        assertThat(sensory.sums()).isEmpty();
        sensory.begin();
        requireDefinition(sensory, map, cues);
        assertThat(sensory.sums()).containsOnlyKeys("gram", "sent_up", "moves");
        ClampedSensory written = ClampedSensory.written(LA, map, cues);
        map.matrix(LA).data()[3] -= 2;
        requireDefinition(written, map, cues);
        assertThat(written.sums()).as("nothing is summed").isEmpty();
    }

    @Test
    void sumsOfOtherWeightsAreRefused() {
        LinearMap map = dense(9);
        ClampedSensory sensory = summed(map, cues(9, 4));
        Map<String, Tensor> kept = sensory.sums();
        for (String name : kept.keySet()) {
            Map<String, Tensor> foreign = new HashMap<>(kept);
            foreign.put(name, Tensor.wrap(new double[2], 2));
            assertThatThrownBy(() -> sensory.restore(foreign))
                    .hasMessageContaining("Maybe they are of another network");
            foreign.remove(name);
            assertThatThrownBy(() -> sensory.restore(foreign)).hasMessageContaining("are missing where");
        }
    }
}
