package dev.engram.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.linalg.Matrix;
import org.junit.jupiter.api.Test;

class MadeUpPatternsTest {
    @Test
    void theyAreSmoothAndBetweenZeroAndOne() {
        Matrix patterns = MadeUpPatterns.draw(63, 1021, 1);
        double steps = 0;
        double deviation = 0;
        for (int i = 0; i < 63; i++) {
            for (int j = 1; j < 1021; j++) {
                assertThat(patterns.get(i, j)).isBetween(0f, 1f);
                steps += Math.abs(patterns.get(i, j) - patterns.get(i, j - 1));
                deviation += Math.abs(patterns.get(i, j) - 0.5);
            }
        }

        assertThat(steps).isLessThan(deviation / 5);
    }

    @Test
    void noneIsMadeOfTheOthers() {
        int count = 63;
        int values = 65;
        Matrix patterns = MadeUpPatterns.draw(count, values, 1);
        double[][] rest = new double[count][values]; // Gram-Schmidt
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < values; j++) {
                rest[i][j] = patterns.get(i, j);
            }
            for (int twice = 0; twice < 2; twice++) {
                for (int k = 0; k < i; k++) {
                    double along = dot(rest[i], rest[k]) / dot(rest[k], rest[k]);
                    for (int j = 0; j < values; j++) {
                        rest[i][j] -= along * rest[k][j];
                    }
                }
            }

            // A float of this size is off by 3e-8.
            assertThat(Math.sqrt(dot(rest[i], rest[i]))).as("pattern %d", i).isGreaterThan(1e-3);
        }
    }

    @Test
    void moreOfTheSameSeedBeginWithTheSame() {
        assertThat(MadeUpPatterns.draw(7, 65, 3).slice(0, 2)).isEqualTo(MadeUpPatterns.draw(2, 65, 3));
        assertThat(MadeUpPatterns.draw(2, 65, 4)).isNotEqualTo(MadeUpPatterns.draw(2, 65, 3));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
