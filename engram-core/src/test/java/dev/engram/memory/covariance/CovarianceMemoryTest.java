package dev.engram.memory.covariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Status;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.Noise;
import dev.engram.memory.Recall;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.covariance.CovarianceOptions.Form;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CovarianceMemoryTest {
    private static final CovarianceOptions OPTIONS = CovarianceOptions.defaults();

    /** Variances 1, covariance ½. Given x1 = 1: regression says ½; all errors together are least at (½ + ½) / (1 + ½²). */
    @ParameterizedTest
    @CsvSource({"EXPLICIT, 0.5, 0.5", "DENDRITIC, 0.5, 0.28125", "IMPLICIT, 0.8, 0.225"})
    void twoValuesAreCompletedAsWorkedOutByHand(Form form, double expected, double energy) {
        float root = (float) Math.sqrt(0.75);
        Matrix patterns = Matrix.ofRows(
                new float[] {1, 0.5f + root},
                new float[] {1, 0.5f - root},
                new float[] {-1, -0.5f + root},
                new float[] {-1, -0.5f - root});
        CovarianceMemory memory = CovarianceMemory.learn(patterns, OPTIONS.withForm(form));
        Recall recall = memory.complete(Matrix.wrap(1, 2, 1, -77), Mask.known(new boolean[] {true, false}));
        assertThat(recall.patterns().row(0)).containsExactly(new float[] {1, (float) expected}, within(1e-6f));
        assertThat(recall.energy()[0]).isCloseTo(energy, within(1e-6));
        assertThat(recall.status().get(0).isEquilibrium()).isTrue();
        assertThat(memory.recall(Matrix.wrap(1, 2, 1, -2)).patterns().row(0))
                .as("each predicted from the other")
                .containsExactly(new float[] {-1, 0.5f}, within(1e-6f));
    }

    /** ΔW = α (ε (x - m)ᵀ - λ W) with a zero diagonal, step after step until nothing moves, with more and with fewer patterns than values. */
    @ParameterizedTest
    @CsvSource({"40, 6, 0.05", "4, 7, 0.05", "7, 7, 0.05", "1, 3, 0.05", "40, 6, 1e-9", "4, 7, 1e-9"})
    void theClosedFormIsWhereTheLocalRuleEnds(int n, int d, double ridge) {
        Matrix patterns = correlated(n, d, 3);
        double[][] y = centred(patterns);
        double[][] w = localRule(y, ridge * meanVariance(y));
        Matrix cues = Matrix.zeros(d, d);
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < d; i++) {
                cues.set(j, i, (float) (mean(patterns, i) + (i == j ? 1 : 0)));
            }
        }
        Matrix answers = CovarianceMemory.learn(patterns, OPTIONS.withRidge(ridge))
                .recall(cues)
                .patterns();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                assertThat(answers.get(j, i) - mean(patterns, i))
                        .as("W[%d, %d]", i, j)
                        .isCloseTo(w[i][j], within(2e-4));
            }
        }
    }

    /** The dynamics of each form, run slowly on the learned W of the local rule, come to rest where completion says. */
    @ParameterizedTest
    @CsvSource({"DENDRITIC, 40", "IMPLICIT, 40", "DENDRITIC, 4", "IMPLICIT, 4"})
    void completionIsTheEquilibriumOfTheDynamics(Form form, int n) {
        int d = 6;
        double ridge = 0.05;
        Matrix patterns = correlated(n, d, 4);
        double[][] y = centred(patterns);
        double[][] w = localRule(y, ridge * meanVariance(y));
        Matrix cue = correlated(1, d, 5);
        boolean[] known = {true, false, true, false, false, true};
        double[] x = new double[d];
        for (int i = 0; i < d; i++) {
            x[i] = known[i] ? cue.get(0, i) - mean(patterns, i) : 0;
        }
        for (int step = 0; step < 20000; step++) {
            double[] error = errors(w, x);
            for (int i = 0; i < d; i++) {
                double force = -error[i];
                for (int k = 0; k < d && form == Form.IMPLICIT; k++) {
                    force += w[k][i] * error[k];
                }
                x[i] += known[i] ? 0 : 0.05 * force;
            }
        }
        Recall recall = CovarianceMemory.learn(patterns, OPTIONS.withForm(form).withRidge(ridge))
                .complete(cue, Mask.known(known));
        double energy = 0;
        for (int i = 0; i < d; i++) {
            assertThat(recall.patterns().get(0, i) - mean(patterns, i)).isCloseTo(x[i], within(1e-4));
            energy += 0.5 * errors(w, x)[i] * errors(w, x)[i];
        }
        assertThat(recall.energy()[0]).isCloseTo(energy, within(1e-4));
        assertThat(recall.status().get(0).isEquilibrium()).isTrue();
    }

    /** ΔΣ = ½ (εεᵀ - Σ⁻¹), ε = Σ⁻¹(x - m), and ẋ = -ε where x is missing. */
    @Test
    void theExplicitFormIsWhereItsOwnRuleEnds() {
        int d = 5;
        Matrix patterns = correlated(60, d, 6);
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] *= 4; // variances near the 1 that Σ starts from: the rule is unstable far from there
        }
        double[][] y = centred(patterns);
        DoubleMatrix sigma = DoubleMatrix.zeros(d, d).addToDiagonal(1);
        for (int step = 0; step < 20000; step++) {
            DoubleMatrix inverse = LinearAlgebra.shared().cholesky(sigma).inverse();
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    double products = 0;
                    for (double[] row : y) {
                        products += times(inverse, i, row) * times(inverse, j, row) / y.length;
                    }
                    sigma.set(i, j, sigma.get(i, j) + 0.01 * (products - inverse.get(i, j)));
                }
            }
            sigma.symmetrise();
        }
        DoubleMatrix inverse = LinearAlgebra.shared().cholesky(sigma).inverse();
        Matrix cue = correlated(1, d, 7);
        boolean[] known = {true, false, true, false, true};
        double[] x = new double[d];
        for (int i = 0; i < d; i++) {
            x[i] = known[i] ? cue.get(0, i) - mean(patterns, i) : 0;
        }
        for (int step = 0; step < 20000; step++) {
            for (int i = 0; i < d; i++) {
                x[i] -= known[i] ? 0 : 0.01 * times(inverse, i, x);
            }
        }
        CovarianceOptions options = OPTIONS.withForm(Form.EXPLICIT);
        Recall recall = CovarianceMemory.learn(patterns, options).complete(cue, Mask.known(known));
        double energy = 0;
        for (int i = 0; i < d; i++) {
            assertThat(recall.patterns().get(0, i) - mean(patterns, i)).isCloseTo(x[i], within(1e-3));
            energy += 0.5 * x[i] * times(inverse, i, x);
        }
        assertThat(recall.energy()[0]).isCloseTo(energy, within(1e-3 * energy));
        assertThat(CovarianceMemory.learn(patterns, OPTIONS)
                        .complete(cue, Mask.known(known))
                        .patterns())
                .isEqualTo(recall.patterns());
    }

    @ParameterizedTest
    @ValueSource(strings = {"random:0.5", "random-each:0.5"})
    void withoutARidgeItIsTheAffineSpan(String region) {
        Matrix patterns = correlated(8, 65, 8);
        Matrix cues = Noise.ofVariance(0.01).addTo(patterns, 2);
        Mask mask = Mask.known(Region.parse(region), Shape.of(65), 8, 3);
        Matrix expected = new AffineSpan(LinearAlgebra.shared(), patterns)
                .complete(cues, mask)
                .patterns();
        Matrix answers = CovarianceMemory.learn(patterns, OPTIONS.withRidge(1e-12))
                .complete(cues, mask)
                .patterns();
        assertThat(answers.data()).containsExactly(expected.data(), within(1e-4f));
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void storedPatternsComeBackFromEnoughOfThemselves(Form form) {
        Matrix patterns = correlated(8, 65, 9);
        CovarianceMemory memory = CovarianceMemory.learn(patterns, OPTIONS.withForm(form));
        for (int known : new int[] {5, 7, 9, 30}) {
            boolean[] row = new boolean[65];
            for (int k = 0; k < known; k++) {
                row[7 * k % 65] = true;
            }
            Recall recall = memory.complete(patterns, Mask.known(row));
            int recovered = Score.of(patterns, recall.patterns()).recovered(1e-6);
            assertThat(recovered).as("%d known values", known).isEqualTo(known >= 7 ? 8 : 0);
            assertThat(recall.status()).allMatch(Status::isEquilibrium);
        }
        assertThat(memory.bytes()).isEqualTo(8L * (65 + 7 * 66));
    }

    @Test
    void knownValuesComeBackUntouchedAndMissingOnesAreNeverRead() {
        Matrix patterns = correlated(8, 65, 9);
        Mask mask = Mask.known(Region.parse("left:0.5"), Shape.of(65), 8, 0);
        for (Form form : Form.values()) {
            CovarianceMemory memory = CovarianceMemory.learn(patterns, OPTIONS.withForm(form));
            Matrix black = memory.complete(mask.blank(patterns, 0), mask).patterns();
            assertThat(memory.complete(mask.blank(patterns, 1), mask).patterns())
                    .isEqualTo(black);
            assertThat(black.get(3, 5)).isEqualTo(patterns.get(3, 5));
        }
    }

    /** Seven directions of 1021: of white noise about 7/1021 is left. */
    @Test
    void noiseIsPredictedAway() {
        Matrix patterns = random(8, 1021, 10);
        Matrix answers = CovarianceMemory.learn(patterns, OPTIONS)
                .recall(Noise.ofVariance(0.04).addTo(patterns, 4))
                .patterns();
        assertThat(Score.of(patterns, answers).mean()).isBetween(0.8 * 0.04 * 7 / 1021, 1.2 * 0.04 * 7 / 1021);
    }

    /** No matrix of 12,288 by 12,288 would fit the time or the heap of a test. */
    @Test
    void aWholePictureOfValuesIsNoMatterOfItsSquare() {
        Matrix patterns = random(20, 12_288, 11);
        Mask mask = Mask.known(Region.parse("top:0.125"), Shape.of(64, 64, 3), 20, 0);
        for (Form form : Form.values()) {
            Recall recall =
                    CovarianceMemory.learn(patterns, OPTIONS.withForm(form)).complete(patterns, mask);
            assertThat(Score.of(patterns, recall.patterns()).recovered(1e-6)).isEqualTo(20);
        }
    }

    @Test
    void iteratedPredictionIsShownAgainAndMayDiverge() {
        Matrix patterns = random(30, 6, 12);
        for (int i = 0; i < 30; i++) {
            float sum = 0;
            for (int j = 0; j < 6; j++) {
                sum += patterns.get(i, j);
            }
            for (int j = 0; j < 6; j++) {
                patterns.set(i, j, patterns.get(i, j) - sum / 6);
            }
        }
        CovarianceMemory memory = CovarianceMemory.learn(patterns, OPTIONS);
        Matrix cue = Matrix.wrap(1, 6, 1, 1, 1, 1, 1, 1);
        assertThat(memory.recall(cue, 2).patterns().data())
                .containsExactly(
                        memory.recall(memory.recall(cue).patterns()).patterns().data(), within(1e-3f));
        assertThat(memory.recall(cue).patterns().get(0, 3))
                .as("what makes the sum 0 with five times 1")
                .isCloseTo(-5, within(1e-2f));
        Recall runaway = memory.recall(cue, 100);
        assertThat(runaway.status()).containsExactly(Status.DIVERGED);
        assertThat(runaway.patterns().isFinite()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void aSinglePatternAndConstantValuesArePredictedAsTheyAre(Form form) {
        Matrix one = random(1, 9, 13);
        CovarianceMemory single = CovarianceMemory.learn(one, OPTIONS.withForm(form));
        assertThat(single.recall(random(2, 9, 14)).patterns()).isEqualTo(one.rows(0, 0));
        boolean[] half = {true, true, true, true, false, false, false, false, false};
        assertThat(single.complete(one, Mask.known(half)).patterns()).isEqualTo(one);
        Matrix patterns = correlated(5, 9, 15);
        for (int i = 0; i < 5; i++) {
            patterns.set(i, 8, 0.25f);
        }
        CovarianceMemory memory = CovarianceMemory.learn(patterns, OPTIONS.withForm(form));
        assertThat(memory.complete(patterns, Mask.known(half)).patterns().get(2, 8))
                .isEqualTo(0.25f);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void permutedPatternsPixelsAndCuesGivePermutedResults(Form form) {
        CovarianceOptions options = OPTIONS.withForm(form).withRidge(0.01);
        Matrix patterns = correlated(6, 33, 16);
        Matrix cues = correlated(6, 33, 17);
        boolean[] known = new boolean[33];
        boolean[] turned = new boolean[33];
        for (int j = 0; j < 33; j += 2) {
            known[j] = j % 3 == 0;
            turned[32 - j] = known[j];
        }
        int[] order = {3, 0, 5, 1, 4, 2};
        Matrix answers = CovarianceMemory.learn(patterns, options)
                .complete(cues, Mask.known(known))
                .patterns();
        assertClose(
                CovarianceMemory.learn(patterns.rows(order), options)
                        .complete(cues.rows(order), Mask.known(known))
                        .patterns(),
                answers.rows(order));
        assertClose(
                CovarianceMemory.learn(turned(patterns), options)
                        .complete(turned(cues), Mask.known(turned))
                        .patterns(),
                turned(answers));
    }

    @Test
    void badInputIsRefusedByName() {
        assertThatThrownBy(() -> CovarianceMemory.learn(Matrix.zeros(0, 4), OPTIONS))
                .hasMessageContaining("nothing to learn");
        assertThatThrownBy(() -> CovarianceMemory.learn(Matrix.wrap(1, 1, Float.NEGATIVE_INFINITY), OPTIONS))
                .hasMessageContaining("infinite");
        assertThatThrownBy(() -> CovarianceMemory.learn(Matrix.wrap(2, 2, 1, Float.NaN, 2, Float.NaN), OPTIONS))
                .hasMessageContaining("Value 1")
                .hasMessageContaining("missing in all 2 patterns")
                .hasMessageContaining("Maybe");
        assertThatThrownBy(() ->
                        CovarianceMemory.learn(Matrix.wrap(2, 2, Float.NaN, Float.POSITIVE_INFINITY, 1, 2), OPTIONS))
                .hasMessageContaining("infinite");
        assertThatThrownBy(() -> OPTIONS.withRidge(0))
                .hasMessageContaining("ridge (0.0)")
                .hasMessageContaining("Maybe");
        CovarianceMemory memory = CovarianceMemory.learn(random(3, 5, 1), OPTIONS);
        assertThatThrownBy(() -> memory.recall(Matrix.zeros(1, 3))).hasMessageContaining("3 values each");
        assertThatThrownBy(() -> memory.recall(Matrix.zeros(1, 5), 0)).hasMessageContaining("iterations (0)");
        assertThatThrownBy(() -> memory.complete(Matrix.zeros(2, 5), Mask.all(4)))
                .hasMessageContaining("4");
    }

    private static double[][] localRule(double[][] y, double lambda) {
        int d = y[0].length;
        double[][] w = new double[d][d];
        double rate = 0.5 / (d * meanVariance(y) + lambda + 1e-12);
        for (int step = 0; step < 40_000; step++) {
            double[][] gradient = new double[d][d];
            for (double[] row : y) {
                double[] error = errors(w, row);
                for (int i = 0; i < d; i++) {
                    for (int j = 0; j < d; j++) {
                        gradient[i][j] += i == j ? 0 : error[i] * row[j] / y.length;
                    }
                }
            }
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    w[i][j] += rate * (gradient[i][j] - lambda * w[i][j]);
                }
            }
        }
        return w;
    }

    private static double[] errors(double[][] w, double[] y) {
        double[] errors = y.clone();
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y.length; j++) {
                errors[i] -= w[i][j] * y[j];
            }
        }
        return errors;
    }

    private static double times(DoubleMatrix matrix, int row, double[] vector) {
        double sum = 0;
        for (int j = 0; j < vector.length; j++) {
            sum += matrix.get(row, j) * vector[j];
        }
        return sum;
    }

    private static double mean(Matrix patterns, int value) {
        double sum = 0;
        for (int i = 0; i < patterns.rows(); i++) {
            sum += patterns.get(i, value);
        }
        return sum / patterns.rows();
    }

    private static double[][] centred(Matrix patterns) {
        double[][] y = new double[patterns.rows()][patterns.columns()];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < patterns.columns(); j++) {
                y[i][j] = patterns.get(i, j) - mean(patterns, j);
            }
        }
        return y;
    }

    private static double meanVariance(double[][] y) {
        double sum = 0;
        for (double[] row : y) {
            for (double v : row) {
                sum += v * v;
            }
        }
        return sum == 0 ? 1 : sum / y.length / y[0].length;
    }

    private static void assertClose(Matrix actual, Matrix expected) {
        assertThat(actual.data()).containsExactly(expected.data(), within(1e-4f));
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

    /** Each value leans on the one before it. */
    private static Matrix correlated(int rows, int columns, long seed) {
        Matrix m = random(rows, columns, seed);
        for (int i = 0; i < rows; i++) {
            for (int j = 1; j < columns; j++) {
                m.set(i, j, 0.4f * m.get(i, j - 1) + 0.6f * m.get(i, j));
            }
        }
        return m;
    }

    private static Matrix random(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (float) random.nextDouble();
        }
        return matrix;
    }
}
