package dev.engram.memory.covariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Calibration;
import dev.engram.memory.Mask;
import dev.engram.memory.Surprise;
import dev.engram.memory.covariance.CovarianceOptions.Form;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CovarianceNoveltyTest {
    private static final CovarianceOptions OPTIONS = CovarianceOptions.defaults();
    private static final float ROOT = (float) Math.sqrt(0.75);
    private static final float NAN = Float.NaN;

    /** Variances 1, covariance ½, mean 0. */
    private static final Matrix FOUR = Matrix.ofRows(
            new float[] {1, 0.5f + ROOT}, new float[] {1, 0.5f - ROOT}, new float[] {-1, -0.5f + ROOT}, new float[] {
                -1, -0.5f - ROOT
            });

    /** Given one value the other has half of it as its mean and variance 3/4. */
    @Test
    void valuesSurpriseAsWorkedOutByHand() {
        List<Surprise> surprises = CovarianceMemory.learn(FOUR, OPTIONS)
                .surprises(Matrix.wrap(1, 2, 1, -2))
                .get(0);
        assertThat(surprises).extracting(Surprise::column).containsExactly(1, 0);
        assertThat(surprises).extracting(Surprise::value).containsExactly(-2.0, 1.0);
        assertThat(surprises.get(0).expected()).isCloseTo(0.5, within(1e-6));
        assertThat(surprises.get(1).expected()).isCloseTo(-1, within(1e-6));
        assertThat(surprises.get(0).deviation()).isCloseTo(Math.sqrt(0.75), within(1e-6));
        assertThat(surprises.get(0).deviations()).isCloseTo(-2.5 / Math.sqrt(0.75), within(1e-6));
    }

    @Test
    void missingValuesAreLeftOutOfWhatIsExpected() {
        CovarianceMemory memory = CovarianceMemory.learn(FOUR, OPTIONS);
        Matrix cues = Matrix.wrap(2, 2, NAN, 2, NAN, NAN);
        List<List<Surprise>> surprises = memory.surprises(cues);
        assertThat(surprises.get(0)).hasSize(1);
        assertThat(surprises.get(0).get(0).expected()).isCloseTo(0, within(1e-6));
        assertThat(surprises.get(0).get(0).deviation()).isCloseTo(1, within(1e-6));
        assertThat(surprises.get(1)).isEmpty();
        assertThat(memory.novelty(cues)[1]).isZero();
        assertThatThrownBy(() -> memory.novelty(Matrix.wrap(1, 2, NAN, Float.POSITIVE_INFINITY)))
                .hasMessageContaining("infinite");
    }

    /** What is said of rows with values missing is what a memory of the present ones alone says. */
    @ParameterizedTest
    @CsvSource({"40, 0.01", "5, 0.01", "40, 1e-8"})
    void whatIsMissingIsAsIfItHadNotBeenLearned(int n, double ridge) {
        Matrix patterns = rows(n, 7, 1);
        int[] present = {0, 2, 3, 6};
        Matrix part = columns(patterns, present);
        CovarianceMemory whole = CovarianceMemory.learn(patterns, OPTIONS.withRidge(ridge));
        CovarianceMemory few = CovarianceMemory.learn(part, OPTIONS.withRidge(whole.lambda() / meanVariance(part)));
        Matrix cues = rows(3, 7, 2);
        Mask mask = Mask.known(new boolean[] {true, false, true, true, false, false, true});
        List<List<Surprise>> all = whole.surprises(mask.blank(cues, NAN));
        List<List<Surprise>> expected = few.surprises(columns(cues, present));
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 4; k++) {
                Surprise surprise = all.get(i).get(k);
                Surprise wanted = expected.get(i).get(k);
                assertThat(surprise.column()).isEqualTo(present[wanted.column()]);
                assertThat(surprise.expected()).isCloseTo(wanted.expected(), within(1e-3));
                assertThat(surprise.deviation()).isCloseTo(wanted.deviation(), within(1e-3 * wanted.deviation()));
            }
        }
    }

    /** (1 + 2 + 4) / (3/4) for the row 1, -2. */
    @Test
    void noveltyIsTheMahalanobisDistance() {
        double[] novelty = CovarianceMemory.learn(FOUR, OPTIONS).novelty(Matrix.wrap(2, 2, 1, -2, 0, 0));
        assertThat(novelty).containsExactly(new double[] {Math.sqrt(28 / 3.0), 0}, within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 5})
    void aLearnedRowIsJudgedByAllOthers(int n) {
        Matrix patterns = rows(n, 7, 3);
        CovarianceMemory memory = CovarianceMemory.learn(patterns, OPTIONS.withRidge(0.01));
        for (int i = 0; i < n; i++) {
            int left = i;
            Matrix others =
                    patterns.rows(IntStream.range(0, n).filter(k -> k != left).toArray());
            CovarianceMemory without =
                    CovarianceMemory.learn(others, OPTIONS.withRidge(memory.lambda() / meanVariance(others)));
            double expected = without.novelty(patterns.rows(i))[0];
            assertThat(memory.ordinary()[i]).isCloseTo(expected, within(1e-4 * expected));
        }
    }

    @Test
    void theThresholdIsAnOrderStatistic() {
        double[] ordinary = IntStream.rangeClosed(1, 19).mapToDouble(i -> i).toArray();
        DoubleMatrix directions = DoubleMatrix.zeros(1, 1);
        directions.set(0, 0, 1);
        CovarianceMemory memory = CovarianceMemory.of(
                new double[1], directions, new double[] {1}, 0.1, ordinary, OPTIONS, LinearAlgebra.shared());
        assertThat(memory.ordinary(0.05)).contains(new Calibration(19, 0.05, 19));
        assertThat(memory.ordinary(0.2)).contains(new Calibration(16, 0.2, 19));
        assertThat(memory.ordinary(0.001).orElseThrow().falseAlarmRate()).isEqualTo(0.05);
    }

    /** 2000 other rows at 5 %: within three standard deviations of both counts; with a third of the values missing a little more. */
    @ParameterizedTest
    @CsvSource({"0, 0.026", "0.3, 0.03"})
    void ordinaryRowsAreCalledNewAsOftenAsStated(double missing, double allowed) {
        CovarianceMemory memory = CovarianceMemory.learn(rows(1000, 7, 4), OPTIONS);
        Matrix others = rows(2000, 7, 5);
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < others.data().length; i++) {
            others.data()[i] = random.nextDouble() < missing ? NAN : others.data()[i];
        }
        double threshold = memory.ordinary(0.05).orElseThrow().threshold();
        double[] novelty = memory.novelty(others);
        long alarms =
                IntStream.range(0, 2000).filter(i -> novelty[i] > threshold).count();
        assertThat(alarms / 2000.0).isCloseTo(0.05, within(allowed));
    }

    @Test
    void theCorruptedValueIsNamedFirst() {
        CovarianceMemory memory = CovarianceMemory.learn(rows(1000, 7, 7), OPTIONS);
        Matrix others = rows(700, 7, 8);
        for (int i = 0; i < 700; i++) {
            others.set(i, i % 7, others.get(i, i % 7) + 5);
        }
        List<List<Surprise>> surprises = memory.surprises(others);
        long first = IntStream.range(0, 700)
                .filter(i -> surprises.get(i).get(0).column() == i % 7)
                .count();
        assertThat(first).isGreaterThan(630);
    }

    /** The 99 % quantiles of chi-squared with 3 and 10 degrees of freedom, from tables. */
    @Test
    void distancesOfFewerValuesAreOnTheScaleOfAll() {
        assertThat(Distances.ofAll(11.345, 3, 10)).isCloseTo(23.209, within(0.2));
        assertThat(Distances.ofAll(4.2, 10, 10)).isEqualTo(4.2);
    }

    @Test
    void theImplicitFormSaysNothingOfItsDoubt() {
        Mask mask = Mask.known(new boolean[] {true, false});
        Matrix cue = Matrix.wrap(1, 2, 1, 0);
        assertThat(CovarianceMemory.learn(FOUR, OPTIONS.withForm(Form.IMPLICIT))
                        .complete(cue, mask)
                        .deviation())
                .isEmpty();
        assertThat(CovarianceMemory.learn(FOUR, OPTIONS.withForm(Form.EXPLICIT))
                        .complete(cue, mask)
                        .deviation()
                        .orElseThrow()
                        .row(0))
                .containsExactly(new float[] {0, ROOT}, within(1e-6f));
    }

    private static Matrix columns(Matrix rows, int... columns) {
        return rows.toDouble().columns(columns).toFloat();
    }

    private static double meanVariance(Matrix rows) {
        DoubleMatrix y = rows.toDouble();
        return y.subtractRow(y.meanRow()).squaredLength() / rows.data().length;
    }

    /** Each value leans on the one before it, with standard deviation 1. */
    private static Matrix rows(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix m = Matrix.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double own = random.nextGaussian();
                m.set(i, j, (float) (j == 0 ? own : 0.8 * m.get(i, j - 1) + 0.6 * own));
            }
        }
        return m;
    }
}
