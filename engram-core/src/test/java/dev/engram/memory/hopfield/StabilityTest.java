package dev.engram.memory.hopfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StabilityTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();

    /** Two units that predict each other by w: W has the eigenvalues -w and w, and at x = 0 where f' = 1 E is ½ |(I - W) x|². */
    @Test
    void atTheOriginTheEigenvaluesAreThoseOfTheWeights() {
        Stability origin = Stability.at(new double[2], weights(2, 0, 3, 3, 0), LA);
        assertThat(origin.energy()).isZero();
        assertThat(origin.force()).isZero();
        assertThat(origin.gains()).containsExactly(new double[] {-3, 3}, within(1e-12));
        assertThat(origin.curvatures()).containsExactly(new double[] {4, 16}, within(1e-12));
    }

    /** A saturated unit predicts without a slope: E is ½ |x - constant|², of curvature 1. */
    @Test
    void whereUnitsAreSaturatedEveryCurvatureIsOne() {
        Stability saturated = Stability.at(new double[] {30, -30, 30}, weights(3, 0, 9, 1, 9, 0, -9, 1, -9, 0), LA);
        assertThat(saturated.curvatures()).containsExactly(new double[] {1, 1, 1}, within(1e-12));
        assertThat(saturated.gains()).containsExactly(new double[3], within(1e-12));
    }

    /** Second differences of E; a ring of asymmetric weights, away from rest. */
    @Test
    void theSumAndTheSquaresOfTheCurvaturesAreThoseOfFiniteDifferences() {
        int n = 6;
        SplittableRandom random = new SplittableRandom(3);
        DoubleMatrix w = DoubleMatrix.zeros(n, n);
        for (int i = 0; i < n * n; i++) {
            w.data()[i] = random.nextGaussian();
        }
        double[] x = random.doubles(n, -1.5, 1.5).toArray();
        double h = 1e-3;
        double trace = 0;
        double squares = 0;
        double force = 0;
        for (int i = 0; i < n; i++) {
            force += Math.pow((energy(x, w, i, h, i, 0) - energy(x, w, i, -h, i, 0)) / (2 * h), 2);
            for (int j = 0; j < n; j++) {
                double second = (energy(x, w, i, h, j, h)
                                - energy(x, w, i, h, j, -h)
                                - energy(x, w, i, -h, j, h)
                                + energy(x, w, i, -h, j, -h))
                        / (4 * h * h);
                trace += i == j ? second : 0;
                squares += second * second;
            }
        }
        Stability found = Stability.at(x, w, LA);
        assertThat(found.energy()).isCloseTo(energy(x, w, 0, 0, 0, 0), within(1e-12));
        assertThat(found.force()).isCloseTo(Math.sqrt(force), within(1e-4));
        assertThat(Arrays.stream(found.curvatures()).sum()).isCloseTo(trace, within(1e-3));
        assertThat(Arrays.stream(found.curvatures()).map(c -> c * c).sum()).isCloseTo(squares, within(1e-2));
        assertThat(found.curvatures()).isSorted();
    }

    private static double energy(double[] at, DoubleMatrix w, int i, double di, int j, double dj) {
        double[] x = at.clone();
        x[i] += di;
        x[j] += dj;
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            double error = x[k];
            for (int m = 0; m < x.length; m++) {
                error -= w.get(k, m) * Math.tanh(x[m]);
            }
            sum += 0.5 * error * error;
        }
        return sum;
    }

    @Test
    void weightsOfAnotherNetworkAreRefused() {
        assertThatThrownBy(() -> Stability.at(new double[2], weights(3, new double[9]), LA))
                .hasMessageContainingAll("2 units", "[3, 3]", "Maybe");
    }

    private static DoubleMatrix weights(int n, double... values) {
        DoubleMatrix w = DoubleMatrix.zeros(n, n);
        System.arraycopy(values, 0, w.data(), 0, values.length);
        return w;
    }
}
