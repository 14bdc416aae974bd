package dev.engram.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What RationalTanh states, against tanh in double precision. Its coefficients are what this prints (Python 3.11, numpy 2.4):
 *
 * <pre>
 *   import numpy as np
 *   def minimax(A, y, w):  # Lawson's algorithm: least squares, reweighted where the error is large
 *       l = np.ones(len(y))
 *       for _ in range(2000):
 *           s = np.sqrt(l) * w
 *           c = np.linalg.lstsq(A * s[:, None], y * s, rcond=None)[0]
 *           l *= abs(A @ c - y) * w
 *           l /= l.sum()
 *       return c
 *   np.set_printoptions(precision=8)
 *   x = np.linspace(0.001, 0.55, 1000)  # relative error of S
 *   print(minimax(np.stack([x ** k for k in (2, 4, 6, 8)], 1), np.tanh(x) / x - 1, x / np.tanh(x)))
 *   a = np.linspace(0.55, 9.5, 1000)    # absolute error of U
 *   e = np.exp(a / 2)
 *   print(minimax(np.stack([a ** k for k in range(1, 8)], 1), e - 1, 8 * e ** 3 / (1 + e ** 4) ** 2))
 * </pre>
 */
class RationalTanhTest {
    private static final int CHUNK = 1 << 20;

    /** Every 997th positive float, from the subnormal ones to the largest. */
    private static float[] everyMagnitude() {
        int largest = Float.floatToIntBits(Float.MAX_VALUE);
        float[] x = new float[largest / 997 + 1];
        for (int i = 0; i < x.length; i++) {
            x[i] = Float.intBitsToFloat(i * 997);
        }
        return x;
    }

    /** Where tanh bends: 0.01 to 10 in steps of 1e-5. */
    private static float[] whereItBends() {
        float[] x = new float[999_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (0.01 + 1e-5 * i);
        }
        return x;
    }

    private static float[] values(float... x) {
        float[] f = new float[x.length];
        RationalTanh.values(x, f, 0, x.length);
        return f;
    }

    private static float[] slopes(float... x) {
        float[] slope = new float[x.length];
        RationalTanh.slopes(x, slope, 0, x.length);
        return slope;
    }

    private static double largest(int count, IntToDoubleFunction error) {
        return IntStream.range(0, count).mapToDouble(error).max().orElseThrow();
    }

    @Test
    void valuesAreWithinTheStatedBounds() {
        for (float[] x : new float[][] {everyMagnitude(), whereItBends()}) {
            float[] f = values(x);
            assertThat(largest(x.length, i -> Math.abs(f[i] - Math.tanh(x[i])))).isLessThan(2.5e-7);
            assertThat(largest(x.length, i -> Math.abs(f[i]))).isLessThanOrEqualTo(1);
            assertThat(largest(x.length, i -> Math.abs(f[i] - Math.tanh(x[i])) / Math.ulp((float) Math.tanh(x[i]))))
                    .isLessThan(4);
        }
    }

    @Test
    void slopesAreWithinTheStatedBound() {
        for (float[] x : new float[][] {everyMagnitude(), whereItBends()}) {
            float[] slope = slopes(x);
            assertThat(largest(x.length, i -> Math.abs(slope[i] - 1 / Math.pow(Math.cosh(x[i]), 2))))
                    .isLessThan(3.5e-7);
            assertThat(largest(x.length, i -> -slope[i])).isLessThanOrEqualTo(0);
        }
    }

    @Test
    void valuesAreOddToTheBit() {
        float[] x = everyMagnitude();
        float[] negative = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            negative[i] = -x[i];
        }
        float[] ofNegative = values(negative);
        float[] expected = values(x);
        for (int i = 0; i < x.length; i++) {
            expected[i] = -expected[i];
        }
        assertThat(Arrays.equals(ofNegative, expected)).isTrue(); // by bits: tells -0 from 0
    }

    @Test
    void subnormalNumbersComeBackAsTheyAre() {
        float[] x = {Float.MIN_VALUE, -Float.MIN_VALUE, 3 * Float.MIN_VALUE, Float.MIN_NORMAL, -1e-30f, 0f, -0f};
        assertThat(Arrays.equals(values(x), x)).isTrue();
        assertThat(slopes(x)).containsOnly(1);
    }

    @Test
    void largeAndInfiniteNumbersSaturateExactly() {
        float[] x = {9.06f, 10, 88.8f, 1e19f, Float.MAX_VALUE, Float.POSITIVE_INFINITY};
        assertThat(values(x)).containsOnly(1);
        assertThat(slopes(x)).containsOnly(0);
        assertThat(values(-9.06f, -1e19f, -Float.MAX_VALUE, Float.NEGATIVE_INFINITY))
                .containsOnly(-1);
        assertThat(values(9.05f)[0]).isLessThan(1);
    }

    @Test
    void whatIsNotANumberStaysSo() {
        assertThat(values(1, Float.NaN, -Float.NaN)).containsExactly(values(1)[0], Float.NaN, Float.NaN);
        assertThat(slopes(Float.NaN)).containsExactly(Float.NaN);
    }

    /** Every float from 0.5 to 16: it may stand still, but never falls. */
    @Test
    void valuesNeverFallAboveOneHalf() {
        assertThat(deepestFall(0.5f, 16)).isZero();
    }

    /** Every float from 1/16 to 0.5. */
    @Test
    void belowOneHalfNeighboursFallByAtMostOneUlp() {
        assertThat(deepestFall(1 / 16f, 0.5f)).isLessThanOrEqualTo(1);
    }

    /** By how many ulp the value falls at most from a float to the next. */
    private static double deepestFall(float from, float to) {
        float[] x = new float[CHUNK];
        float[] f = new float[CHUNK];
        float before = 0;
        float fall = 0;
        int end = Float.floatToIntBits(to);
        for (int start = Float.floatToIntBits(from); start < end; start += CHUNK) {
            for (int i = 0; i < CHUNK; i++) {
                x[i] = Float.intBitsToFloat(start + i);
            }
            RationalTanh.values(x, f, 0, x.length);
            for (float value : f) {
                fall = Math.max(fall, (before - value) / Math.ulp(value));
                before = value;
            }
        }
        return fall;
    }

    /** The vectorised body of the loop and the rest of it compute the same. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 63, 64, 65, 1021})
    void everyPositionOfAnArrayOfAnyLengthIsComputedAlike(int length) {
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (i - length / 2) * 0.05f;
        }
        float[] f = {};
        float[] slope = {};
        for (int k = 0; k < 20_000; k++) { // until it is compiled
            f = values(x);
            slope = slopes(x);
        }
        for (int i = 0; i < length; i++) {
            assertThat((double) f[i]).isCloseTo(Math.tanh(x[i]), within(2.5e-7));
            assertThat(f[i]).isEqualTo(values(x[i])[0]);
            assertThat(slope[i]).isEqualTo(slopes(x[i])[0]);
        }
    }

    @Test
    void whatLiesBeyondTheInputIsLeftAlone() {
        float[] out = {5, 5, 5};
        RationalTanh.values(new float[] {0}, out, 0, 1);
        assertThat(out).containsExactly(0, 5, 5);
    }
}
