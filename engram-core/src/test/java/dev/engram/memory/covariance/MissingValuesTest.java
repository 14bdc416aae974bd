package dev.engram.memory.covariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel.Watch;
import dev.engram.memory.Recall;
import dev.engram.memory.Shape;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MissingValuesTest {
    private static final float NAN = Float.NaN;
    private static final CovarianceOptions OPTIONS = CovarianceOptions.defaults();
    private static final LinearAlgebra LA = LinearAlgebra.shared();

    /**
     * Only the second value is ever missing, so that the most likely fit is known (Anderson 1957). In the first three patterns means 2 and 2,
     * variances 8/3 and 2/3, covariance 2/3: slope 1/4, variance left 1/2. The first value of all four has mean 3 and variance 5. So the second
     * has mean 2 + (3 - 2)/4, covariance 5/4 and variance 1/2 + 5/16.
     */
    @Test
    void twoValuesAreFittedAsWorkedOutByHand() {
        Matrix patterns = Matrix.wrap(4, 2, 0, 1, 2, 3, 4, 2, 6, NAN);
        MissingValues fit = MissingValues.fit(LA, patterns, 1e-9, Watch.NONE);
        assertThat(fit.moments().mean()).containsExactly(new double[] {3, 2.25}, within(1e-3));
        assertThat(fit.moments().covariance().data())
                .containsExactly(new double[] {5, 1.25, 1.25, 0.8125}, within(2e-3));
        assertThat(fit.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(fit.rounds()).isBetween(2, 50);
        Recall recall = CovarianceMemory.learn(patterns, OPTIONS)
                .complete(Matrix.wrap(1, 2, 6, 0), Mask.known(new boolean[] {true, false}));
        assertThat(recall.patterns().row(0)).containsExactly(new float[] {6, 3}, within(1e-2f));
        assertThat(recall.deviation().orElseThrow().row(0))
                .containsExactly(new float[] {0, (float) Math.sqrt(0.5)}, within(1e-2f));
    }

    /**
     * By minimising -Σ log N(present values; m, S + λI) + ½ N λ tr((S + λI)⁻¹) over m and a factor of S with SciPy's BFGS to a gradient of 1e-10.
     */
    @Test
    void anyPatternOfMissingValuesIsFittedToTheGreatestPenalisedLikelihood() {
        Matrix patterns = Matrix.wrap(7, 3, 1, 2, NAN, 2, NAN, 1, NAN, 3, 2, 4, 5, 3, 5, 4, NAN, 3, NAN, 5, 6, 7, 4);
        MissingValues fit = MissingValues.fit(LA, patterns, 0.05, Watch.NONE);
        assertThat(fit.lambda()).isCloseTo(0.13127778, within(1e-6));
        assertThat(fit.moments().mean()).containsExactly(new double[] {3.37455, 4.04459, 2.73578}, within(1e-3));
        double[] covariance = {2.75732, 2.2766, 1.05414, 2.2766, 2.90848, 1.70147, 1.05414, 1.70147, 1.9423};
        assertThat(fit.moments().covariance().data()).containsExactly(covariance, within(2e-3));
    }

    @Test
    void theFitMovesLessAndLessAndNothingIsMissingAfterwards() {
        Matrix patterns = holed(60, 8, 0.3, 1);
        List<Double> changes = new ArrayList<>();
        Learned<CovarianceMemory> learned = OPTIONS.learn(
                patterns,
                Shape.of(8),
                0,
                (update, updates, change) -> {
                    changes.add(change);
                    return true;
                },
                LA);
        assertThat(learned.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(learned.updates()).isEqualTo(changes.size()).isBetween(3, MissingValues.MOST_ROUNDS - 1);
        assertThat(changes.get(changes.size() - 1)).isLessThan(1e-6);
        assertThat(learned.audit().errors()).hasSize(60).doesNotContain(Double.NaN);
        Mask present = Present.mask(patterns);
        Matrix filled =
                learned.memory().complete(present.blank(patterns, 0), present).patterns();
        assertThat(filled.isFinite()).isTrue();
    }

    @Test
    void itStopsWhenToldTo() {
        Learned<CovarianceMemory> learned =
                OPTIONS.learn(holed(60, 8, 0.3, 1), Shape.of(8), 0, (update, updates, change) -> update < 2, LA);
        assertThat(learned.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(learned.updates()).isEqualTo(2);
    }

    /** Fewer patterns than values, a pattern without any value, and a value that never varies. */
    @Test
    void scarcePatternsAreLearned() {
        Matrix patterns = holed(5, 12, 0.3, 2);
        for (int j = 0; j < 12; j++) {
            patterns.set(0, j, 0.1f * j);
            patterns.set(4, j, NAN);
        }
        for (int i = 0; i < 4; i++) {
            patterns.set(i, 3, 0.25f);
        }
        CovarianceMemory memory = CovarianceMemory.learn(patterns, OPTIONS);
        Recall recall = memory.complete(Matrix.zeros(1, 12), Mask.known(new boolean[12]));
        assertThat(recall.patterns().isFinite()).isTrue();
        assertThat(recall.patterns().get(0, 3)).isCloseTo(0.25f, within(1e-4f));
        assertThat(memory.novelty(patterns)[4]).isZero();
    }

    @Test
    void itAgreesWithTheCovarianceWhereNothingIsMissing() {
        Matrix patterns = holed(40, 5, 0, 3);
        MissingValues fit = MissingValues.fit(LA, patterns, 1e-3, Watch.NONE);
        Moments plain = Moments.of(LA, patterns);
        assertThat(fit.rounds()).isEqualTo(2);
        assertThat(fit.moments().mean()).containsExactly(plain.mean(), within(1e-9));
        assertThat(fit.moments().covariance().data())
                .containsExactly(plain.covariance().data(), within(1e-9));
    }

    /** The root mean square of errors over stated standard deviations is 1. */
    @Test
    void whatIsFilledInIsAsSureAsItSays() {
        Matrix whole = holed(2000, 6, 0, 4);
        Matrix patterns = whole.copy();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] = random.nextDouble() < 0.2 ? NAN : patterns.data()[i];
        }
        Mask present = Present.mask(patterns);
        Recall recall = CovarianceMemory.learn(patterns, OPTIONS).complete(present.blank(patterns, 0), present);
        double squares = 0;
        int filled = 0;
        for (int i = 0; i < whole.data().length; i++) {
            double deviation = recall.deviation().orElseThrow().data()[i];
            if (Float.isNaN(patterns.data()[i])) {
                double off = (recall.patterns().data()[i] - whole.data()[i]) / deviation;
                squares += off * off;
                filled++;
            } else {
                assertThat(deviation).isZero();
            }
        }
        assertThat(Math.sqrt(squares / filled)).isBetween(0.95, 1.05);
    }

    /** Each value leans on the one before it; a share of them missing. */
    private static Matrix holed(int rows, int columns, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix m = Matrix.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double before = j == 0 ? 0 : m.get(i, j - 1);
                m.set(i, j, (float) (0.8 * before + 0.6 * random.nextGaussian()));
            }
        }
        for (int i = 0; i < m.data().length; i++) {
            m.data()[i] = random.nextDouble() < share ? NAN : m.data()[i];
        }
        return m;
    }
}
