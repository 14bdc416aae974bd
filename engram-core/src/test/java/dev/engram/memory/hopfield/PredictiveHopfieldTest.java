package dev.engram.memory.hopfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.inference.GraphEquilibrium;
import dev.engram.graph.inference.GraphObserver;
import dev.engram.graph.inference.Motion;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictiveHopfieldTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final PredictiveHopfieldOptions OPTIONS = PredictiveHopfieldOptions.defaults();
    private static final HopfieldOptions CLASSICAL = HopfieldOptions.defaults();

    /** One pattern of three: w_ij = 10 s_i s_j / 2 predicts every unit by the mean of the two others. */
    @Test
    void oneUnitIsPredictedByTheMeanOfTheOthers() {
        PredictiveHopfield memory = learn(Matrix.wrap(1, 3, 1, 1, 0));
        assertThat(memory.weights().data()).containsExactly(new float[] {0, 5, -5, 5, 0, -5, -5, -5, 0}, within(1e-3f));
        GraphEquilibrium rest =
                memory.infer(Matrix.ofRows(new float[] {1, 1, 0}, new float[] {0, 0, 1}), GraphObserver.NONE);
        assertThat(rest.totalEnergy())
                .as("the pattern and its negative, which has no energy either")
                .isCloseTo(0, within(1e-5));
        assertThat(memory.states(rest).data()).containsExactly(new double[] {10, 10, -10, -10, -10, 10}, within(1e-2));
    }

    /**
     * (1, 1, 1, 1) and (1, 1, -1, -1): C has 1 between 1 and 2, and between 3 and 4, else 0. What is predicted exactly needs w12 = w34 = 10,
     * the rest 0: the force of every other weight is 0 from the start.
     */
    @Test
    void twoPatternsOfFourUnitsJoinThePairsThatAlwaysAgree() {
        PredictiveHopfield memory = learn(Matrix.ofRows(new float[] {1, 1, 1, 1}, new float[] {1, 1, 0, 0}));
        float[] expected = {0, 10, 0, 0, 10, 0, 0, 0, 0, 0, 0, 10, 0, 0, 10, 0};
        assertThat(memory.weights().data()).containsExactly(expected, within(1e-3f));
    }

    /** The trained weights are the rule's, times the scale; the symmetry and the diagonal are exact. */
    @ParameterizedTest
    @CsvSource({"7, 2", "20, 3", "64, 6", "65, 13", "12, 40", "1, 1"})
    void trainingEndsAtTheFixedPointOfTheRule(int units, int count) {
        Matrix patterns = binary(count, units, units);
        Matrix trained = PredictiveHopfield.learn(patterns, OPTIONS.withTraining(1500, 0.9), LA)
                .weights();
        Matrix fixed = HopfieldNetwork.learn(patterns, CLASSICAL.withRule(HopfieldRule.PREDICTIVE_CODING))
                .weights();
        for (int i = 0; i < units; i++) {
            assertThat(trained.get(i, i)).isZero();
            assertThat(fixed.get(i, i)).isZero();
            for (int j = 0; j < units; j++) {
                assertThat(trained.get(i, j)).isEqualTo(trained.get(j, i));
                assertThat(trained.get(i, j)).isCloseTo(10 * fixed.get(i, j), within(2e-3f));
            }
        }
    }

    /** Orthogonal to all the force could be: at the fixed point no symmetric change without diagonal lowers the squared error. */
    @Test
    void atTheFixedPointNoAllowedChangeOfTheWeightsLowersTheError() {
        int n = 15;
        Matrix patterns = binary(40, n, 3);
        Matrix w = HopfieldNetwork.learn(patterns, CLASSICAL.withRule(HopfieldRule.PREDICTIVE_CODING))
                .weights();
        double least = error(w, patterns);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                for (float change : new float[] {-0.02f, 0.02f}) {
                    Matrix other = w.copy();
                    other.set(i, j, w.get(i, j) + change);
                    other.set(j, i, w.get(j, i) + change);
                    assertThat(error(other, patterns)).isGreaterThan(least);
                }
            }
        }
    }

    private static double error(Matrix w, Matrix patterns) {
        double sum = 0;
        for (int p = 0; p < patterns.rows(); p++) {
            for (int i = 0; i < w.rows(); i++) {
                double error = 2 * patterns.get(p, i) - 1;
                for (int j = 0; j < w.rows(); j++) {
                    error -= w.get(i, j) * (2 * patterns.get(p, j) - 1);
                }
                sum += error * error;
            }
        }
        return sum;
    }

    @Test
    void theScaleOfThePatternsScalesTheWeightsOnly() {
        Matrix patterns = binary(4, 20, 1);
        Matrix ten = learn(patterns).weights();
        Matrix twenty =
                PredictiveHopfield.learn(patterns, OPTIONS.withScale(20), LA).weights();
        for (int i = 0; i < 400; i++) {
            assertThat(twenty.data()[i]).isCloseTo(2 * ten.data()[i], within(1e-3f));
        }
    }

    @Test
    void storedPatternsAreFoundFromFlippedUnitsAndFromHalfOfThem() {
        Matrix patterns = binary(10, 100, 2);
        Matrix cues = flipped(patterns, 10);
        PredictiveHopfield memory = learn(patterns);
        assertThat(memory.classical(CLASSICAL).recall(cues).patterns()).isEqualTo(patterns);
        Mask half = Mask.known(Region.parse("left:0.5"), Shape.of(100), 10, 0);
        assertThat(memory.classical(CLASSICAL)
                        .complete(half.blank(patterns, 0), half)
                        .patterns())
                .isEqualTo(patterns);
    }

    /** Look-alikes make a weight matrix with large eigenvalues: a curvature at which fixed steps may rise. */
    @ParameterizedTest
    @CsvSource({"10, true", "10, false", "1, false"})
    void theEnergyOfNoCueRisesInInference(double scale, boolean inParts) {
        Matrix patterns = binary(20, 60, 4).below(alike(40, 60, 9));
        PredictiveHopfield memory = PredictiveHopfield.learn(
                patterns,
                OPTIONS.withScale(scale)
                        .withInference(inParts ? OPTIONS.motion() : Motion.byCurvature(), OPTIONS.steps()),
                LA);
        List<double[]> energies = new ArrayList<>();
        memory.infer(binary(30, 60, 5), step -> energies.add(PredictiveHopfield.energies(step)));
        assertThat(energies).hasSize(OPTIONS.steps() + 1);
        double most = 0.5 * 60 * scale * scale;
        for (int i = 1; i < energies.size(); i++) {
            for (int cue = 0; cue < 30; cue++) {
                assertThat(energies.get(i)[cue]).isLessThanOrEqualTo(energies.get(i - 1)[cue] + 1e-7 * most);
            }
        }
        assertThat(Arrays.stream(energies.get(OPTIONS.steps())).sum())
                .isLessThan(Arrays.stream(energies.get(0)).sum());
    }

    /** One pattern with a few units of each row flipped, as digits are: far from orthogonal. */
    private static Matrix alike(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix m = Matrix.zeros(rows, columns);
        for (int i = 0; i < m.data().length; i++) {
            m.data()[i] = random.nextInt(10) == 0 ? i % 2 : 1 - i % 2;
        }
        return m;
    }

    @Test
    void inferenceFindsStoredPatternsFromATenthOfTheUnitsFlipped() {
        Matrix patterns = binary(10, 100, 2);
        PredictiveHopfield memory = learn(patterns);
        for (int flips : new int[] {10, 15}) {
            DoubleMatrix x = memory.states(memory.infer(flipped(patterns, flips), GraphObserver.NONE));
            assertThat(signs(x)).isEqualTo(patterns);
        }
    }

    /** One pattern: 5 units of +10 are predicted by 3 of -10, so w = -10 · 10/3 / 10, and so around. */
    @Test
    void everyLayerOfARingIsPredictedByTheOneBefore() {
        Matrix pattern = Matrix.wrap(1, 10, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1);
        PredictiveHopfield ring = PredictiveHopfield.learn(pattern, List.of(5, 3, 2), OPTIONS, LA);
        Matrix w = ring.weights();
        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < 10; j++) {
                int to = i < 5 ? 0 : i < 8 ? 1 : 2;
                int from = j < 5 ? 0 : j < 8 ? 1 : 2;
                double signs = (2 * pattern.get(0, i) - 1) * (2 * pattern.get(0, j) - 1);
                double expected = from == (to + 2) % 3 ? 10 * signs / new int[] {5, 3, 2}[from] : 0;
                assertThat((double) w.get(i, j)).isCloseTo(expected, within(1e-3));
            }
        }
    }

    @Test
    void aRingComesBackToItsPatterns() {
        Matrix patterns = binary(5, 100, 6);
        PredictiveHopfield ring = PredictiveHopfield.learn(patterns, List.of(50, 30, 20), OPTIONS, LA);
        assertThat(signs(ring.states(ring.infer(patterns, GraphObserver.NONE)))).isEqualTo(patterns);
        assertThat(signs(ring.states(ring.infer(flipped(patterns, 5), GraphObserver.NONE))))
                .isEqualTo(patterns);
        assertThatThrownBy(() -> ring.classical(CLASSICAL)).hasMessageContaining("Maybe take the mean");
    }

    private static Matrix flipped(Matrix patterns, int units) {
        Matrix flipped = patterns.copy();
        for (int p = 0; p < patterns.rows(); p++) {
            for (int k = 0; k < units; k++) {
                int i = (7 * p + 10 * k + k / 10) % patterns.columns();
                flipped.set(p, i, 1 - patterns.get(p, i));
            }
        }
        return flipped;
    }

    private static Matrix signs(DoubleMatrix x) {
        Matrix signs = Matrix.zeros(x.rows(), x.columns());
        for (int i = 0; i < x.data().length; i++) {
            signs.data()[i] = x.data()[i] > 0 ? 1 : 0;
        }
        return signs;
    }

    @Test
    void itHoldsAtLeastWhatHebbHolds() {
        for (int count : new int[] {5, 10, 14, 20, 30, 45}) {
            Matrix patterns = binary(count, 100, 100 + count);
            assertThat(fixed(patterns, HopfieldRule.PREDICTIVE_CODING))
                    .isGreaterThanOrEqualTo(fixed(patterns, HopfieldRule.HEBB));
        }
    }

    private static int fixed(Matrix patterns, HopfieldRule rule) {
        Matrix answers = HopfieldNetwork.learn(patterns, CLASSICAL.withRule(rule))
                .recall(patterns)
                .patterns();
        return Score.of(patterns, answers).recovered(1e-9);
    }

    @Test
    void badInputIsRefusedByName() {
        assertThatThrownBy(() -> learn(Matrix.zeros(0, 3))).hasMessageContaining("nothing to learn");
        PredictiveHopfield memory = learn(Matrix.wrap(1, 2, 1, 0));
        assertThatThrownBy(() -> memory.infer(Matrix.zeros(1, 3), GraphObserver.NONE))
                .hasMessageContainingAll("Matrix[1, 3]", "2 finite values", "Maybe");
        assertThatThrownBy(() -> OPTIONS.withScale(0)).hasMessageContaining("scale (0.0)");
        assertThatThrownBy(() -> OPTIONS.withTraining(0, 0.9)).hasMessageContaining("epochs (0)");
        assertThatThrownBy(() -> OPTIONS.withTraining(1, 1)).hasMessageContaining("momentum (1.0)");
        assertThatThrownBy(() -> OPTIONS.withInference(Motion.byCurvature(), 0))
                .hasMessageContaining("inference steps (0)");
        assertThatThrownBy(() -> Motion.inParts(1, 0, 0)).hasMessageContaining("share of values that move (0.0)");
        assertThatThrownBy(() -> PredictiveHopfield.learn(Matrix.wrap(1, 2, 1, 0), List.of(2, 1), OPTIONS, LA))
                .hasMessageContainingAll("[2, 1]", "2 in all");
    }

    private static PredictiveHopfield learn(Matrix patterns) {
        return PredictiveHopfield.learn(patterns, OPTIONS, LA);
    }

    private static Matrix binary(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix m = Matrix.zeros(rows, columns);
        for (int i = 0; i < m.data().length; i++) {
            m.data()[i] = random.nextBoolean() ? 1 : 0;
        }
        return m;
    }
}
