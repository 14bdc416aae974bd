package dev.engram.experiments.salvatori;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import org.junit.jupiter.api.Test;

class LinearLimitTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();

    /**
     * Two pictures (1, 0) and (-1, 0): their covariance has the eigenvalues 1 and 0. Of noise of variance 1 the best linear map halves
     * the cue along the first axis, which leaves 1·1/(1+1) there and nothing elsewhere: 1/2 over two values.
     */
    @Test
    void theLinearLimitIsThatOfTheRegression() {
        Matrix pair = Matrix.wrap(2, 2, 1, 0, -1, 0);
        assertThat(LinearLimit.of(LA, pair, 1)).isCloseTo(0.25, within(1e-12));
        assertThat(LinearLimit.of(LA, pair, 0)).isZero();
        // Far more variance than noise: the noise of the one dimension remains, 0.01 over two values.
        assertThat(LinearLimit.of(LA, Matrix.wrap(2, 2, 100, 0, -100, 0), 0.01)).isCloseTo(0.005, within(1e-7));
    }
}
