package dev.engram.inference.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loops over layers kept as [nodes, cues], against sums of one cue at a time. */
class LanesTest {
    private static final LinearAlgebra LA = LinearAlgebra.withThreads(2);
    private static final int NODES = 150;
    private static final int CUES = 3;

    private final SplittableRandom random = new SplittableRandom(1);
    private final float[] a = random(NODES * CUES);
    private final float[] b = random(NODES * CUES);
    private final float[] c = random(NODES * CUES);

    private float[] random(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "32, 31", "33, 32", "70, 65", "5, 0", "0, 5"})
    void aTransposeHasEveryValueOnce(int rows, int columns) {
        Matrix m = Matrix.wrap(rows, columns, random(rows * columns));
        Matrix transpose = Lanes.transpose(LA, m);
        assertThat(transpose.rows()).isEqualTo(columns);
        assertThat(transpose.columns()).isEqualTo(rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                assertThat(transpose.get(j, i)).isEqualTo(m.get(i, j));
            }
        }
    }

    @Test
    void halfOfEveryRowsSquares() {
        assertThat(Lanes.halfSquares(Matrix.wrap(2, 2, 3, 4, 0, -2))).containsExactly(12.5, 2);
    }

    /** Sums join what was there, over the nodes named and no others. */
    @ParameterizedTest
    @CsvSource({"0, 150", "0, 64", "3, 3", "10, 75", "63, 130", "149, 150"})
    void sumsAreOfTheNodesNamed(int from, int to) {
        double[] squares = {1, 2, 3};
        double[] sums = {1, 2, 3};
        Lanes.addHalfSquares(a, CUES, from, to, 0.5, squares);
        Lanes.add(a, CUES, from, to, -2, sums);
        float[] product = b.clone();
        Lanes.multiplySum(a, b, c, product, CUES, from, to);
        for (int cue = 0; cue < CUES; cue++) {
            double square = cue + 1;
            double sum = cue + 1;
            for (int node = 0; node < NODES; node++) {
                int i = node * CUES + cue;
                boolean named = from <= node && node < to;
                square += named ? 0.5 * 0.5 * a[i] * a[i] : 0;
                sum += named ? -2 * a[i] : 0;
                assertThat(product[i]).isCloseTo(named ? a[i] * (b[i] + c[i]) : b[i], within(1e-6f));
            }
            assertThat(squares[cue]).isCloseTo(square, within(1e-4));
            assertThat(sums[cue]).isCloseTo(sum, within(1e-4));
        }
    }

    /** Errors of some nodes take the place of their predictions, which begin the array. */
    @ParameterizedTest
    @CsvSource({"0, 150", "0, 64", "7, 0", "10, 65", "20, 130"})
    void errorsTakeThePlaceOfPredictions(int first, int nodes) {
        float[] error = b.clone();
        double[] sums = {1, 2, 3};
        Lanes.subtractFrom(a, first, error, CUES, nodes, sums);
        for (int cue = 0; cue < CUES; cue++) {
            double sum = cue + 1;
            for (int node = 0; node < NODES; node++) {
                int i = node * CUES + cue;
                float expected = node < nodes ? a[i + first * CUES] - b[i] : b[i];
                assertThat(error[i]).isEqualTo(expected);
                sum += node < nodes ? 0.5 * expected * expected : 0;
            }
            assertThat(sums[cue]).isCloseTo(sum, within(1e-4));
        }
    }

    @Test
    void errorsOfTheTopLayerAreFromOneMeanOrFromEachCues() {
        float[] mean = random(NODES);
        float[] shared = new float[NODES * CUES];
        float[] own = new float[NODES * CUES];
        Lanes.subtractNodes(a, mean, shared, CUES, 2, 5);
        Lanes.subtract(a, b, own, 2 * CUES, 5 * CUES);
        for (int i = 0; i < a.length; i++) {
            boolean named = 2 * CUES <= i && i < 5 * CUES;
            assertThat(shared[i]).isEqualTo(named ? a[i] - mean[i / CUES] : 0);
            assertThat(own[i]).isEqualTo(named ? a[i] - b[i] : 0);
        }
    }

    /** x + γ (f' · pull - π ε) = 1 + 0.5 (2 · 3 - 4 · 0.25). */
    @Test
    void aStepIsEquation3() {
        float[] next = {9, 9, 9};
        Lanes.step(
                new float[] {0, 1, 0},
                new float[] {0, 2, 0},
                new float[] {0, 3, 0},
                4,
                new float[] {0, 0.25f, 0},
                0.5f,
                next,
                1,
                2);
        assertThat(next).containsExactly(9, 3.5f, 9);
    }

    @Test
    void aCueIsTakenFromAnotherStateInAllLayers() {
        LaneState to = new LaneState(
                List.of(Matrix.zeros(2, 3), Matrix.zeros(1, 3)), List.of(Matrix.zeros(2, 3), Matrix.zeros(1, 3)));
        LaneState from = new LaneState(
                List.of(Matrix.wrap(2, 3, 1, 2, 3, 4, 5, 6), Matrix.wrap(1, 3, 7, 8, 9)),
                List.of(Matrix.wrap(2, 3, -1, -2, -3, -4, -5, -6), Matrix.wrap(1, 3, -7, -8, -9)));
        to.copyCue(from, 1);
        assertThat(to.x().get(0)).isEqualTo(Matrix.wrap(2, 3, 0, 2, 0, 0, 5, 0));
        assertThat(to.x().get(1)).isEqualTo(Matrix.wrap(1, 3, 0, 8, 0));
        assertThat(to.rates().get(0)).isEqualTo(Matrix.wrap(2, 3, 0, -2, 0, 0, -5, 0));
        assertThat(to.rates().get(1)).isEqualTo(Matrix.wrap(1, 3, 0, -8, 0));
    }

    @Test
    void aCueIsFiniteWhereAllItsValuesAre() {
        float nan = Float.NaN;
        float infinite = Float.POSITIVE_INFINITY;
        LaneState state = new LaneState(
                List.of(Matrix.wrap(2, 4, 1, 2, nan, 4, infinite, 6, 7, 8), Matrix.wrap(1, 4, 7, 8, 9, -infinite)),
                List.of());
        assertThat(List.of(state.isFinite(0), state.isFinite(1), state.isFinite(2), state.isFinite(3)))
                .containsExactly(false, true, false, false);
    }
}
