package dev.engram.memory.attractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodePriorTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();

    /** x = 1 between codes at 0 (weight 1/4) and 3 (weight 3/4), β = 2: squared distances 1 and 4. */
    @Test
    void twoCodesByHand() {
        CodePrior prior = new CodePrior(LA, Codes.of(Matrix.wrap(2, 1, 0, 3), new double[] {1, 3}));
        DoubleMatrix p = prior.logits(Matrix.wrap(1, 1, 1), 2);
        double near = 0.25 * Math.exp(-1);
        double far = 0.75 * Math.exp(-4);
        assertThat(CodePrior.normalise(p)[0]).isCloseTo(Math.log(near + far), within(1e-12));
        assertThat(p.get(0, 0)).isCloseTo(near / (near + far), within(1e-12));
        assertThat(p.get(0, 0) + p.get(0, 1)).isCloseTo(1, within(1e-15));
        assertThat(prior.means(p).get(0, 0)).isCloseTo((float) (3 * far / (near + far)), within(1e-6f));
        assertThat(prior.spacing()).isEqualTo(9);
    }

    /** 0 and 0 are one pattern twice; the nearest other of either is 3, that of 3 and of 8 are 3 (9 away) and 3 (25 away). */
    @ParameterizedTest
    @CsvSource({"'0,0,3', 9", "'0,3,0,3', 9", "'0,0,0,8,3,3', 9", "'0,0,8,3,8,8', 25", "'5,5', 1", "'5', 1"})
    void copiesDoNotCountInTheSpacing(String codes, double spacing) {
        String[] texts = codes.split(",");
        float[] values = new float[texts.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(texts[i]);
        }
        CodePrior prior = new CodePrior(LA, Codes.of(Matrix.wrap(values.length, 1, values)));
        assertThat(prior.spacing()).isCloseTo(spacing, within(1e-5));
    }

    /** Two codes twice, far from 0, where single precision leaves a difference between the copies: 1/16 384 at 1000. */
    @Test
    void copiesThatRoundingToldApartAreCopies() {
        CodePrior prior =
                new CodePrior(LA, Codes.of(Matrix.wrap(4, 1, 1000, Math.nextUp(1000f), 1003, Math.nextUp(1003f))));
        assertThat(prior.spacing()).isCloseTo(9, within(1e-3));
    }

    /** (1/β) ∂/∂x log Σ w exp(-β/2 |x - c|²) = m - x. */
    @Test
    void thePullIsTowardsTheMeanOfTheCodes() {
        CodePrior prior = new CodePrior(LA, Codes.of(values(7, 5, 1)));
        Matrix x = values(1, 5, 2);
        double beta = 0.7;
        DoubleMatrix p = prior.logits(x, beta);
        CodePrior.normalise(p);
        Matrix mean = prior.means(p);
        for (int j = 0; j < 5; j++) {
            double slope = (logSum(prior, x, j, 1e-2f, beta) - logSum(prior, x, j, -1e-2f, beta)) / 2e-2;
            assertThat(slope / beta).isCloseTo(mean.get(0, j) - x.get(0, j), within(1e-4));
        }
    }

    private static double logSum(CodePrior prior, Matrix x, int j, float by, double beta) {
        Matrix moved = x.copy();
        moved.set(0, j, x.get(0, j) + by);
        return CodePrior.normalise(prior.logits(moved, beta))[0];
    }

    /** At the end of all sharpening only the nearest code is left, far from the origin as near it. */
    @ParameterizedTest
    @ValueSource(floats = {0, 1000})
    void aVerySharpPriorIsTheNearestCode(float offset) {
        Matrix codes = values(65, 7, 3);
        Matrix x = values(20, 7, 4);
        shift(codes, offset);
        shift(x, offset);
        CodePrior prior = new CodePrior(LA, Codes.of(codes));
        DoubleMatrix p = prior.logits(x, 1e6);
        CodePrior.normalise(p);
        for (int cue = 0; cue < 20; cue++) {
            int nearest = 0;
            for (int i = 1; i < 65; i++) {
                if (distance(x, cue, codes, i) < distance(x, cue, codes, nearest)) {
                    nearest = i;
                }
            }
            assertThat(p.get(cue, nearest)).isGreaterThan(0.999);
        }
    }

    /** Pairs of codes in 16 dimensions about 400 from their mean, which is 0; against plain loops in double precision. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.3, 1, 30, 1000})
    void weightsAreAsInDoublePrecision(double apart) {
        Matrix codes = Matrix.zeros(8, 16);
        Matrix random = values(6, 16, 7);
        for (int j = 0; j < 16; j++) {
            for (int i = 0; i < 4; i++) {
                float v = 100 * random.get(i / 2, j) + (float) (i % 2 * apart / 4) * random.get(2 + i / 2, j);
                codes.set(i, j, v);
                codes.set(i + 4, j, -v);
            }
        }
        double[] weights = {1, 2, 3, 4, 5, 6, 7, 8};
        Matrix x = codes.rows(0, 1, 2, 7);
        for (int at = 0; at < x.data().length; at++) {
            x.data()[at] += (float) (apart / 8) * random.data()[at % 32 + 64];
        }
        double beta = 2 / (apart * apart);
        DoubleMatrix p = new CodePrior(LA, Codes.of(codes, weights)).logits(x, beta);
        double[] logSums = CodePrior.normalise(p);
        for (int cue = 0; cue < 4; cue++) {
            double sum = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < 8; i++) {
                least = Math.min(least, distance(x, cue, codes, i));
            }
            for (int i = 0; i < 8; i++) {
                sum += weights[i] / 36 * Math.exp(-beta / 2 * (distance(x, cue, codes, i) - least));
            }
            assertThat(logSums[cue]).isCloseTo(Math.log(sum) - beta / 2 * least, within(1e-6));
            for (int i = 0; i < 8; i++) {
                double own = weights[i] / 36 * Math.exp(-beta / 2 * (distance(x, cue, codes, i) - least));
                assertThat(p.get(cue, i)).isCloseTo(own / sum, within(1e-6));
            }
        }
    }

    /** Codes a hundredth apart, a hundred from their mean: single precision alone would not know them from each other. */
    @Test
    void codesNearEachOtherAndFarFromTheMeanAreToldApart() {
        Codes codes = Codes.of(Matrix.wrap(4, 1, 100, 100.0078125f, -100, -100.0078125f)); // 1/128 apart, exact
        CodePrior prior = new CodePrior(LA, codes);
        assertThat(prior.spacing()).isCloseTo(1.0 / 128 / 128, within(1e-10));
        double beta = 2 * 128 * 128; // |c_0 - c_1|² β/2 = 1
        DoubleMatrix p = prior.logits(Matrix.wrap(1, 1, 100), beta);
        CodePrior.normalise(p);
        assertThat(p.get(0, 0)).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-5));
        assertThat(p.get(0, 2)).isZero();
    }

    /** 3000 codes on a line, 1 apart but for the last, which is far away. */
    @Test
    void theSpacingOfManyCodesIsThatOfASample() {
        Matrix line = Matrix.zeros(3000, 1);
        for (int i = 0; i < 3000; i++) {
            line.set(i, 0, i == 2999 ? 9000 : i);
        }
        assertThat(new CodePrior(LA, Codes.of(line)).spacing()).isCloseTo(1, within(1e-6));
    }

    @Test
    void quantisedValuesMoveByHalfALevelAtMostAndComeBackFromTheirBytes() {
        Codes codes = Codes.of(values(63, 11, 5));
        Codes bytes = codes.quantised();
        float[] step = codes.step();
        for (int i = 0; i < 63; i++) {
            for (int j = 0; j < 11; j++) {
                assertThat(bytes.values().get(i, j)).isCloseTo(codes.values().get(i, j), within(0.501f * step[j]));
            }
        }
        assertThat(bytes.bytes()).isEqualTo(63 * 11 + 2 * 4 * 11 + 4 * 63);
        assertThat(codes.bytes()).isEqualTo(4 * 63 * 11 + 4 * 63);
        Codes read = Codes.ofLevels(codes.levels(), codes.low(), codes.step(), codes.weights());
        assertThat(read.values()).isEqualTo(bytes.values());
        assertThat(read.isQuantised()).isTrue();
    }

    @Test
    void aNodeThatIsTheSameInAllCodesIsKeptExactly() {
        Codes bytes = Codes.of(Matrix.wrap(3, 2, 1, 0.3f, 2, 0.3f, 5, 0.3f)).quantised();
        assertThat(bytes.values().get(1, 1)).isEqualTo(0.3f);
    }

    @Test
    void impossibleCodesAreRefused() {
        assertThatThrownBy(() -> Codes.of(Matrix.zeros(0, 3))).hasMessageContaining("at least one code");
        assertThatThrownBy(() -> Codes.of(Matrix.wrap(1, 1, Float.NaN))).hasMessageContaining("finite");
        assertThatThrownBy(() -> Codes.of(Matrix.zeros(2, 3), new double[] {1, 0}))
                .hasMessageContaining("2 codes need as many weights (2 given), each positive");
    }

    private static double distance(Matrix a, int i, Matrix b, int j) {
        double sum = 0;
        for (int k = 0; k < a.columns(); k++) {
            sum += Math.pow(a.get(i, k) - b.get(j, k), 2);
        }
        return sum;
    }

    private static void shift(Matrix matrix, float by) {
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] += by;
        }
    }

    private static Matrix values(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (float) random.nextGaussian();
        }
        return matrix;
    }
}
