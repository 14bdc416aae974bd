package dev.engram.memory.hopfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Status;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HopfieldNetworkTest {
    private static final HopfieldOptions OPTIONS = HopfieldOptions.defaults();
    private static final HopfieldOptions TOGETHER = OPTIONS.withUpdates(HopfieldOptions.Updates.SYNCHRONOUS);
    private static final LinearAlgebra LA = LinearAlgebra.shared();

    /** One pattern (1, 1, -1): w12 = 1/3, w13 = w23 = -1/3. */
    @Test
    void theEnergyOfThreeUnitsIsTheOneWorkedOutByHand() {
        HopfieldNetwork memory = HopfieldNetwork.learn(Matrix.wrap(1, 3, 1, 1, 0), OPTIONS.withRule(HopfieldRule.HEBB));
        assertThat(memory.weights().data())
                .containsExactly(
                        new float[] {0, 1 / 3f, -1 / 3f, 1 / 3f, 0, -1 / 3f, -1 / 3f, -1 / 3f, 0}, within(1e-6f));
        Matrix states = Matrix.ofRows(new float[] {1, 1, 0}, new float[] {1, 0, 0}, new float[] {0, 0, 1});
        assertThat(memory.complete(states, Mask.all(3)).energy())
                .containsExactly(new double[] {-1, 1 / 3.0, -1}, within(1e-6));
        Recall recall = memory.recall(states);
        assertThat(recall.patterns())
                .as("a flipped unit is set right; the negative is stored too")
                .isEqualTo(Matrix.ofRows(new float[] {1, 1, 0}, new float[] {1, 1, 0}, new float[] {0, 0, 1}));
        assertThat(recall.steps()).containsExactly(0, 1, 0);
        assertThat(memory.bytes()).isEqualTo(12);
    }

    /** w12 = 1, w23 = 1/2, w34 = -2: E(1, 1, 1, -1) = -(1 + 1/2 + 2), E(1, -1, 1, 1) = -(-1 - 1/2 - 2). */
    @Test
    void readyMadeWeightsAreUsedAsTheyAre() {
        HopfieldNetwork memory = HopfieldNetwork.of(
                Matrix.wrap(4, 4, 0, 1, 0, 0, 1, 0, 0.5f, 0, 0, 0.5f, 0, -2, 0, 0, -2, 0), OPTIONS, LA);
        Matrix states = Matrix.ofRows(new float[] {1, 1, 1, 0}, new float[] {1, 0, 1, 1});
        assertThat(memory.complete(states, Mask.all(4)).energy()).containsExactly(-3.5, 3.5);
        Recall recall = memory.recall(states);
        assertThat(recall.energy()[0]).isEqualTo(-3.5);
        assertThat(recall.energy()[1])
                .as("the strong weights 1 and -2 are satisfied in every minimum, the weak one may not be")
                .isIn(-3.5, -2.5);
        assertThat(recall.status()).containsOnly(Status.CONVERGED);
    }

    @ParameterizedTest
    @EnumSource(HopfieldRule.class)
    void orthogonalPatternsAreFixedPointsOfEveryRule(HopfieldRule rule) {
        Matrix patterns = hadamard(64).rows(1, 2, 4, 7, 8, 16, 21, 32);
        Recall recall = HopfieldNetwork.learn(patterns, OPTIONS.withRule(rule)).recall(patterns);
        assertThat(recall.patterns()).isEqualTo(patterns);
        assertThat(recall.steps()).containsOnly(0);
        assertThat(recall.residual()).containsOnly(0);
    }

    /** Orthogonal patterns do not disturb each other: (W s)_i = s_i - N/n s_i, so E = -½ (n - N). */
    @Test
    void theEnergyOfAnOrthogonalPatternIsKnown() {
        Matrix patterns = hadamard(64).rows(1, 2, 4, 7);
        assertThat(HopfieldNetwork.learn(patterns, OPTIONS.withRule(HopfieldRule.HEBB))
                        .recall(patterns)
                        .energy())
                .containsExactly(new double[] {-30, -30, -30, -30}, within(1e-4));
    }

    @Test
    void thePseudoInverseStoresIndependentPatternsWhereHebbCannot() {
        Matrix patterns = binary(50, 64, 1);
        assertThat(fixed(patterns, HopfieldRule.PSEUDO_INVERSE)).isEqualTo(50);
        assertThat(fixed(patterns, HopfieldRule.HEBB)).isLessThan(5);
        Matrix twins = patterns.rows(0, 1, 0, 2, 1);
        assertThat(fixed(twins, HopfieldRule.PSEUDO_INVERSE)).isEqualTo(5);
        assertThat(fixed(hadamard(16), HopfieldRule.PSEUDO_INVERSE))
                .as("the whole space: no weights, nothing moves")
                .isEqualTo(16);
    }

    /** n = 100: Hebb is past its 0.14 n at 20 patterns. */
    @Test
    void storkeyHoldsMoreThanHebb() {
        Matrix patterns = binary(20, 100, 3);
        int hebb = fixed(patterns, HopfieldRule.HEBB);
        int storkey = fixed(patterns, HopfieldRule.STORKEY);
        assertThat(storkey).isGreaterThan(hebb).isGreaterThan(15);
        assertThat(hebb).isLessThan(15);
    }

    /** The rule as it is written, with sums over every k other than i and j. */
    @Test
    void storkeysWeightsAreThoseOfItsDefinition() {
        int n = 7;
        Matrix patterns = binary(4, n, 5);
        double[][] w = new double[n][n];
        for (int p = 0; p < 4; p++) {
            double[][] next = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    if (i != j) {
                        double si = 2 * patterns.get(p, i) - 1;
                        double sj = 2 * patterns.get(p, j) - 1;
                        double hij = 0;
                        double hji = 0;
                        for (int k = 0; k < n; k++) {
                            double sk = 2 * patterns.get(p, k) - 1;
                            hij += k == i || k == j ? 0 : w[i][k] * sk;
                            hji += k == i || k == j ? 0 : w[j][k] * sk;
                        }
                        next[i][j] = w[i][j] + (si * sj - si * hji - hij * sj) / n;
                    }
                }
            }
            w = next;
        }
        Matrix weights = HopfieldNetwork.learn(patterns, OPTIONS.withRule(HopfieldRule.STORKEY))
                .weights();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                assertThat(weights.get(i, j)).isCloseTo((float) w[i][j], within(1e-6f));
            }
        }
    }

    @Test
    void theEnergyNeverRisesUnderAsynchronousUpdates() {
        Matrix patterns = binary(30, 100, 7);
        Matrix cues = binary(40, 100, 8);
        Mask some = Mask.known(Region.parse("random-each:0.2"), Shape.of(100), 40, 9);
        for (HopfieldRule rule : HopfieldRule.values()) {
            double[] before = new double[40];
            double[] completing = new double[40];
            Arrays.fill(before, Double.POSITIVE_INFINITY);
            Arrays.fill(completing, Double.POSITIVE_INFINITY);
            for (int sweeps = 1; sweeps < 12; sweeps++) {
                HopfieldNetwork memory = HopfieldNetwork.learn(
                        patterns, OPTIONS.withSweeps(sweeps).withRule(rule));
                assertNotRisen(memory.recall(cues), before);
                assertNotRisen(memory.complete(cues, some), completing);
            }
            assertThat(HopfieldNetwork.learn(patterns, OPTIONS.withRule(rule))
                            .recall(cues)
                            .status())
                    .containsOnly(Status.CONVERGED);
        }
    }

    private static void assertNotRisen(Recall recall, double[] before) {
        for (int cue = 0; cue < before.length; cue++) {
            assertThat(recall.energy()[cue]).isLessThanOrEqualTo(before[cue] + 1e-4);
            before[cue] = recall.energy()[cue];
        }
    }

    /** Two units that want to be alike, and are not: together they swap for ever, one by one they agree at once. */
    @Test
    void synchronousUpdatesMaySwingForEver() {
        Matrix weights = Matrix.wrap(2, 2, 0, 1, 1, 0);
        Matrix cue = Matrix.wrap(1, 2, 1, 0);
        Recall swinging =
                HopfieldNetwork.of(weights, TOGETHER.withSweeps(7), LA).recall(cue);
        assertThat(swinging.status()).containsExactly(Status.STEPS_USED);
        assertThat(swinging.steps()).containsExactly(7);
        assertThat(swinging.residual()).containsExactly(1);
        assertThat(swinging.energy()).containsExactly(1);
        assertThat(swinging.patterns().row(0)).containsExactly(0, 1);
        Recall agreed = HopfieldNetwork.of(weights, OPTIONS, LA).recall(cue);
        assertThat(agreed.status()).containsExactly(Status.CONVERGED);
        assertThat(agreed.energy()).containsExactly(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 63, 64, 65, 129})
    void aSinglePatternComesBackFromAnyPartOfIt(int n) {
        Matrix pattern = binary(1, n, n);
        boolean[] known = new boolean[n];
        known[n / 2] = true;
        for (HopfieldRule rule : HopfieldRule.values()) {
            for (HopfieldOptions options : new HopfieldOptions[] {OPTIONS, TOGETHER}) {
                Recall recall =
                        HopfieldNetwork.learn(pattern, options.withRule(rule)).complete(pattern, Mask.known(known));
                assertThat(recall.patterns()).isEqualTo(pattern);
                assertThat(recall.status()).containsOnly(Status.CONVERGED);
            }
        }
    }

    @Test
    void oneUnitAloneStaysAsItIs() {
        HopfieldNetwork memory = HopfieldNetwork.learn(Matrix.wrap(1, 1, 1), OPTIONS.withRule(HopfieldRule.HEBB));
        assertThat(memory.recall(Matrix.wrap(2, 1, 0, 1)).patterns().data()).containsExactly(0, 1);
        assertThat(memory.recall(Matrix.zeros(0, 1)).patterns().rows()).isZero();
    }

    @Test
    void knownValuesComeBackUntouchedAndMissingOnesAreNeverRead() {
        Matrix patterns = binary(3, 40, 11);
        HopfieldNetwork memory = HopfieldNetwork.learn(patterns, OPTIONS.withRule(HopfieldRule.HEBB));
        Mask mask = Mask.known(Region.parse("left:0.5"), Shape.of(40), 3, 0);
        Matrix grey = patterns.copy();
        for (int i = 0; i < grey.data().length; i++) {
            grey.data()[i] = 0.2f + 0.6f * grey.data()[i];
        }
        Matrix black = memory.complete(mask.blank(grey, 0), mask).patterns();
        assertThat(memory.complete(mask.blank(grey, 1), mask).patterns()).isEqualTo(black);
        for (int j = 0; j < 40; j++) {
            assertThat(black.get(1, j)).isEqualTo(j < 20 ? grey.get(1, j) : patterns.get(1, j));
        }
    }

    @Test
    void theThresholdDecidesWhatIsOne() {
        Matrix dim = Matrix.wrap(1, 4, 0.3f, 0.1f, 0.3f, 0.1f);
        HopfieldNetwork memory =
                HopfieldNetwork.learn(dim, OPTIONS.withThreshold(0.2).withRule(HopfieldRule.HEBB));
        assertThat(memory.recall(dim).patterns().row(0))
                .as("dim values are given back as they were")
                .containsExactly(dim.row(0));
        assertThat(HopfieldNetwork.learn(dim, OPTIONS.withRule(HopfieldRule.HEBB))
                        .recall(dim)
                        .patterns()
                        .row(0))
                .containsExactly(0, 0, 0, 0);
    }

    @Test
    void permutedPatternsPixelsAndCuesGivePermutedResults() {
        Matrix patterns = binary(6, 65, 13);
        Matrix cues = binary(6, 65, 14);
        int[] order = {3, 0, 5, 1, 4, 2};
        for (HopfieldRule rule : new HopfieldRule[] {HopfieldRule.HEBB, HopfieldRule.PSEUDO_INVERSE}) {
            Matrix answers = HopfieldNetwork.learn(patterns, TOGETHER.withRule(rule))
                    .recall(cues)
                    .patterns();
            assertThat(HopfieldNetwork.learn(patterns.rows(order), TOGETHER.withRule(rule))
                            .recall(cues)
                            .patterns())
                    .isEqualTo(answers);
            assertThat(HopfieldNetwork.learn(patterns, TOGETHER.withRule(rule))
                            .recall(cues.rows(order))
                            .patterns())
                    .isEqualTo(answers.rows(order));
            assertThat(HopfieldNetwork.learn(turned(patterns), TOGETHER.withRule(rule))
                            .recall(turned(cues))
                            .patterns())
                    .isEqualTo(turned(answers));
        }
        HopfieldNetwork oneByOne = HopfieldNetwork.learn(patterns, OPTIONS.withRule(HopfieldRule.HEBB));
        assertThat(oneByOne.recall(cues.rows(order)).patterns())
                .as("the order of updates does not depend on the other cues")
                .isEqualTo(oneByOne.recall(cues).patterns().rows(order));
    }

    @Test
    void aSeedGivesTheSameAnswersAndMoreIterationsGoOn() {
        Matrix patterns = binary(30, 100, 15);
        Matrix cues = binary(20, 100, 16);
        HopfieldNetwork memory = HopfieldNetwork.learn(patterns, OPTIONS.withRule(HopfieldRule.HEBB));
        assertThat(memory.recall(cues).patterns()).isEqualTo(memory.recall(cues).patterns());
        assertThat(HopfieldNetwork.learn(patterns, OPTIONS.withSeed(1).withRule(HopfieldRule.HEBB))
                        .recall(cues)
                        .patterns())
                .isNotEqualTo(memory.recall(cues).patterns());
        Recall twoSweeps = HopfieldNetwork.learn(patterns, OPTIONS.withSweeps(2).withRule(HopfieldRule.HEBB))
                .recall(cues);
        Recall twiceOne = HopfieldNetwork.learn(patterns, OPTIONS.withSweeps(1).withRule(HopfieldRule.HEBB))
                .recall(cues, 2);
        assertThat(twiceOne.patterns()).isEqualTo(twoSweeps.patterns());
    }

    @Test
    void badInputIsRefusedByName() {
        assertThatThrownBy(() -> HopfieldNetwork.learn(Matrix.zeros(0, 4), OPTIONS.withRule(HopfieldRule.HEBB)))
                .hasMessageContaining("nothing to learn");
        assertThatThrownBy(
                        () -> HopfieldNetwork.learn(Matrix.wrap(1, 1, Float.NaN), OPTIONS.withRule(HopfieldRule.HEBB)))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> HopfieldNetwork.of(Matrix.zeros(2, 3), OPTIONS, LA))
                .hasMessageContaining("Matrix[2, 3]");
        assertThatThrownBy(() -> HopfieldNetwork.of(Matrix.wrap(2, 2, 0, 1, 2, 0), OPTIONS, LA))
                .hasMessageContaining("units 1 and 0")
                .hasMessageContaining("Maybe");
        assertThatThrownBy(() -> HopfieldNetwork.of(Matrix.wrap(2, 2, 0, 1, 1, 3), OPTIONS, LA))
                .hasMessageContaining("unit 1 to itself (3.0)");
        HopfieldNetwork memory = HopfieldNetwork.of(Matrix.zeros(2, 2), OPTIONS, LA);
        assertThatThrownBy(() -> memory.recall(Matrix.zeros(1, 3))).hasMessageContaining("3 values each");
        assertThatThrownBy(() -> memory.recall(Matrix.zeros(1, 2), 0)).hasMessageContaining("iterations (0)");
        assertThatThrownBy(() -> memory.complete(Matrix.zeros(1, 2), Mask.all(3)))
                .hasMessageContaining("3");
        assertThatThrownBy(() -> OPTIONS.withSweeps(0)).hasMessageContaining("sweeps (0)");
        assertThatThrownBy(() -> OPTIONS.withThreshold(Double.NaN)).hasMessageContaining("threshold (NaN)");
    }

    private static int fixed(Matrix patterns, HopfieldRule rule) {
        Matrix answers = HopfieldNetwork.learn(patterns, OPTIONS.withRule(rule))
                .recall(patterns)
                .patterns();
        return Score.of(patterns, answers).recovered(1e-9);
    }

    /** Columns in reverse order. */
    private static Matrix turned(Matrix m) {
        Matrix turned = Matrix.zeros(m.rows(), m.columns());
        for (int i = 0; i < m.rows(); i++) {
            for (int j = 0; j < m.columns(); j++) {
                turned.set(i, m.columns() - 1 - j, m.get(i, j));
            }
        }
        return turned;
    }

    /** Sylvester's matrix with 0 for -1: the parity of the bits that i and j share. */
    private static Matrix hadamard(int n) {
        Matrix m = Matrix.zeros(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                m.set(i, j, 1 - Integer.bitCount(i & j) % 2);
            }
        }
        return m;
    }

    private static Matrix binary(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix m = Matrix.zeros(rows, columns);
        for (int i = 0; i < m.data().length; i++) {
            m.data()[i] = random.nextInt(2);
        }
        return m;
    }
}
