package dev.engram.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartCodesTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5", "4, 4", "7, 9", "60, 67", "64, 64"})
    void upToAsManyPatternsAsNodesAreAtRightAngles(int patterns, int nodes) {
        StartCodes codes = StartCodes.draw(patterns, nodes, 0.02, 3);
        assertThat(codes.squaredLength()).isCloseTo(nodes * 4e-4, within(1e-12));
        DoubleMatrix products = LA.gramOfRows(codes.noise());
        for (int i = 0; i < patterns; i++) {
            for (int j = 0; j < patterns; j++) {
                assertThat(products.get(i, j))
                        .isCloseTo(i == j ? codes.squaredLength() : 0, within(1e-7 * codes.squaredLength() * nodes));
            }
        }
        assertThat(StartCodes.draw(patterns, nodes, 0.02, 3).noise()).isEqualTo(codes.noise());
        assertThat(patterns == 1 && nodes == 1
                        || !StartCodes.draw(patterns, nodes, 0.02, 4).noise().equals(codes.noise()))
                .isTrue();
    }

    @Test
    void theyLookLikeNoise() {
        Matrix noise = StartCodes.draw(400, 450, 0.02, 1).noise();
        double[] unit = new double[450];
        for (int j = 0; j < 450; j++) {
            for (int i = 0; i < 400; i++) {
                unit[j] += noise.get(i, j) / 400;
            }
        }
        assertThat(Arrays.stream(unit).map(Math::abs).max().getAsDouble())
                .as("the mean over the patterns of any unit: five standard errors")
                .isLessThan(5 * 0.02 / Math.sqrt(400));
    }

    @Test
    void morePatternsThanNodesAreIndependent() {
        StartCodes codes = StartCodes.draw(500, 20, 0.5, 1);
        assertThat(codes.squaredLength()).isZero();
        assertThat(codes.noise().squaredLength() / (500 * 20)).isCloseTo(0.25, within(0.01));
        assertThat(StartCodes.draw(3, 5, 0, 1).noise().isZero()).isTrue();
    }

    /** The inverse that the codes give away is the one a factorisation finds, with silent units and units near their kink. */
    @Test
    void theRatesOfOrthogonalCodesAreInvertedInClosedForm() {
        int patterns = 120;
        int nodes = 140;
        StartCodes codes = StartCodes.draw(patterns, nodes, 0.1, 5);
        float[] b = new float[nodes];
        Arrays.fill(b, 1);
        b[3] = -1;
        b[17] = -0.5f;
        b[50] = 0.02f;
        b[51] = -0.03f;
        Matrix x = codes.noise().copy();
        for (int at = 0; at < x.data().length; at++) {
            x.data()[at] += b[at % nodes];
        }
        Matrix f = x.copy();
        for (int at = 0; at < f.data().length; at++) {
            f.data()[at] = Math.max(0, f.data()[at]);
        }
        OrthogonalRates rates = OrthogonalRates.of(f, x, codes, b).orElseThrow();
        assertThat(rates.parts().columns()).isEqualTo(2 + 4 + 2);
        Matrix errors = LearningTest.smooth(patterns, 30);
        double c = 0.01;
        DoubleMatrix direct = LA.cholesky(LA.gramOfRows(f).addToDiagonal(c)).solve(errors.toDouble());
        assertThat(rates.solve(LA, c, errors).data()).containsExactly(direct.data(), within(1e-4));
        b[60] = -2; // x is not changed: now its rates say otherwise than b and the codes
        Arrays.fill(b, -1);
        assertThat(OrthogonalRates.of(Matrix.zeros(patterns, nodes), x, codes, b))
                .as("too many units that are silent")
                .isEmpty();
    }

    @Test
    void theSumsOfTwoBatchesAreThoseOfBoth() {
        Matrix f = LearningTest.smooth(50, 6);
        Matrix e = LearningTest.smooth(50, 4);
        SufficientStatistics all = new SufficientStatistics(6, 4).add(LA, f, e);
        SufficientStatistics parts = new SufficientStatistics(6, 4)
                .add(LA, f.slice(0, 20), e.slice(0, 20))
                .add(new SufficientStatistics(6, 4).add(LA, f.slice(20, 50), e.slice(20, 50)));
        assertThat(parts.patterns()).isEqualTo(50);
        assertThat(parts.squares()).isCloseTo(all.squares(), within(1e-9));
        SufficientStatistics.Change whole = all.leastSquares(LA, 1e-3);
        SufficientStatistics.Change summed = parts.leastSquares(LA, 1e-3);
        assertThat(summed.weights().data()).containsExactly(whole.weights().data(), within(1e-9));
        // what is left, worked out pattern by pattern
        Matrix left = e.copy();
        LA.multiply(-1, f, Transpose.NO, whole.weights().toFloat(), Transpose.YES, 1, left);
        assertThat(whole.squaresLeft()).isCloseTo(left.squaredLength(), within(1e-4 * left.squaredLength() + 1e-6));
    }
}
