package dev.engram.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorTest {
    @Test
    void theArrayIsTheTensor() {
        float[] data = {1, 2, 3, 4, 5, 6};
        Tensor t = Tensor.wrap(data, 2, 3);
        data[4] = 9;
        assertThat(t.get(4)).isEqualTo(9);
        t.reshaped(3, 2).set(0, -1);
        assertThat(data[0]).isEqualTo(-1);
        assertThat(t.copy().floats()).isNotSameAs(data).containsExactly(data);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void partsAreAddedCopiedAndCleared(Precision precision) {
        Tensor t = Tensor.zeros(precision, 2, 3);
        Tensor u = Tensor.zeros(precision, 6);
        for (int i = 0; i < 6; i++) {
            t.set(i, i);
            u.set(i, 10 * i);
        }
        t.add(u, 1, 3);
        t.clear(3, 4);
        t.set(u, 5, 6);
        assertThat(t.to(Precision.DOUBLE).doubles()).containsExactly(0, 11, 22, 0, 4, 50);
        t.scale(0.5);
        assertThat(t.rows(1, 0, 1).to(Precision.DOUBLE).doubles()).containsExactly(0, 2, 25, 0, 5.5, 11, 0, 2, 25);
        assertThat(t.isFinite()).isTrue();
        t.set(2, Double.POSITIVE_INFINITY);
        assertThat(t.isFinite()).isFalse();
        assertThat(t.isFinite(3, 6)).isTrue();
        t.fill(Double.NaN);
        assertThat(t.isFinite(0, 1)).isFalse();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> Tensor.wrap(new float[5], 2, 3)).hasMessageContainingAll("(5)", "[2, 3]", "6 values");
        assertThatThrownBy(() -> Tensor.zeros(Precision.FLOAT, 2, -1)).hasMessageContaining("[2, -1]");
        assertThatThrownBy(() -> Tensor.zeros(Precision.FLOAT, 1 << 20, 1 << 20))
                .hasMessageContaining("Maybe");
        assertThatThrownBy(() -> Tensor.zeros(Precision.FLOAT, 2).doubles()).hasMessageContaining("FLOAT");
        Tensor t = Tensor.zeros(Precision.FLOAT, 2);
        assertThatThrownBy(() -> t.set(Tensor.zeros(Precision.FLOAT, 3))).hasMessageContaining("Tensor[3]");
        assertThatThrownBy(() -> new Block(t, 1, 1, 2)).hasMessageContaining("offset 1");
        assertThat(Tensor.zeros(Precision.FLOAT).size()).isEqualTo(1);
    }

    /** Products of parts that lie anywhere in larger tensors, against three nested loops; what lies beside the result stays. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void productsOfPartsEqualTheNestedLoops(Precision precision) {
        LinearAlgebra la = LinearAlgebra.openBlas(2);
        SplittableRandom random = new SplittableRandom(1);
        for (int[] size : new int[][] {{1, 1, 1}, {7, 5, 3}, {1, 63, 65}, {64, 1, 7}, {130, 129, 64}}) {
            int m = size[0];
            int n = size[1];
            int k = size[2];
            for (Transpose opA : Transpose.values()) {
                for (Transpose opB : Transpose.values()) {
                    Tensor a = random(precision, m * k + 5, random);
                    Tensor b = random(precision, k * n + 7, random);
                    Tensor c = random(precision, m * n + 4, random);
                    Tensor before = c.copy();
                    Block left = opA == Transpose.NO ? new Block(a, 3, m, k) : new Block(a, 3, k, m);
                    Block right = opB == Transpose.NO ? new Block(b, 7, k, n) : new Block(b, 7, n, k);
                    la.multiply(2, left, opA, right, opB, 0.5, new Block(c, 1, m, n));
                    for (int i = 0; i < m; i++) {
                        for (int j = 0; j < n; j++) {
                            double sum = 0;
                            for (int p = 0; p < k; p++) {
                                sum += a.get(3 + (opA == Transpose.NO ? i * k + p : p * m + i))
                                        * b.get(7 + (opB == Transpose.NO ? p * n + j : j * k + p));
                            }
                            double expected = 2 * sum + 0.5 * before.get(1 + i * n + j);
                            assertThat(c.get(1 + i * n + j)).isCloseTo(expected, within(1e-5 * (1 + k)));
                        }
                    }
                    assertThat(c.get(0)).isEqualTo(before.get(0));
                    assertThat(c.get(1 + m * n)).isEqualTo(before.get(1 + m * n));
                }
            }
        }
    }

    private static Tensor random(Precision precision, int size, SplittableRandom random) {
        Tensor t = Tensor.zeros(precision, size);
        for (int i = 0; i < size; i++) {
            t.set(i, random.nextDouble() - 0.5);
        }
        return t;
    }
}
