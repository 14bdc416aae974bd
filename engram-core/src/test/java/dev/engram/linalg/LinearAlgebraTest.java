package dev.engram.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fast products are held to three nested loops in double precision, on sizes that fit no block. */
class LinearAlgebraTest {
    private static final int[] AWKWARD = {0, 1, 7, 63, 64, 65};

    static Stream<Arguments> engines() {
        return Stream.of(
                Arguments.of("OpenBLAS, 1 thread", LinearAlgebra.openBlas(1)),
                Arguments.of("OpenBLAS, 2 threads", LinearAlgebra.openBlas(2)),
                Arguments.of("OpenBLAS, 3 threads", LinearAlgebra.openBlas(3)),
                Arguments.of("pure Java, 1 thread", LinearAlgebra.pureJava(1)),
                Arguments.of("pure Java, 2 threads", LinearAlgebra.pureJava(2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("engines")
    void productsEqualTheNestedLoopsOnAwkwardSizes(String name, LinearAlgebra la) {
        SplittableRandom random = new SplittableRandom(7);
        for (int m : AWKWARD) {
            for (int n : AWKWARD) {
                for (int k : AWKWARD) {
                    checkProduct(la, random, m, n, k);
                }
            }
        }
        checkProduct(la, random, 3, 1021, 257); // long enough to be split over threads by columns
        checkProduct(la, random, 1021, 5, 257); // and by rows
        checkProduct(la, random, 1, 1021, 1021); // a single row takes a path of its own
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("engines")
    void rowsOfAProductAreThoseOfTheWholeProduct(String name, LinearAlgebra la) {
        SplittableRandom random = new SplittableRandom(8);
        for (int n : AWKWARD) {
            for (int k : new int[] {1, 7, 64}) {
                Matrix a = random(random, 65, k);
                Matrix b = random(random, k, n);
                Matrix whole = la.product(a, Transpose.NO, b, Transpose.NO);
                Matrix inPlace = Matrix.zeros(65, n);
                Matrix alone = Matrix.zeros(20, n);
                la.multiplyRows(1, a, 7, 27, b, 0, inPlace);
                la.multiplyRows(1, a, 7, 27, b, 0, alone);
                assertClose(inPlace.slice(7, 27), whole.slice(7, 27));
                assertClose(alone, whole.slice(7, 27));
                Matrix lower = random(random, 30, n);
                Matrix back = random(random, k, n);
                Matrix expected = back.copy();
                la.multiply(2, a.slice(7, 27), Transpose.YES, lower.slice(0, 20), Transpose.NO, 1, expected);
                la.multiplyRowsTransposed(2, a, 7, 27, lower, 1, back);
                assertClose(back, expected);
            }
        }
        Matrix a = Matrix.zeros(5, 3);
        assertThatThrownBy(() -> la.multiplyRows(1, a, 0, 2, Matrix.zeros(4, 2), 0, Matrix.zeros(5, 2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> la.multiplyRowsTransposed(1, a, 0, 2, Matrix.zeros(1, 2), 0, Matrix.zeros(3, 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("engines")
    void gramMatricesAreSymmetricAndTheProductWithTheTranspose(String name, LinearAlgebra la) {
        SplittableRandom random = new SplittableRandom(9);
        for (int n : new int[] {0, 1, 7, 127, 128, 129, 300}) {
            Matrix a = random(random, 65, n);
            Matrix expected = la.product(a, Transpose.YES, a, Transpose.NO);
            Matrix gram = la.gram(a);
            assertClose(gram, expected);
            assertSymmetric(gram);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("engines")
    void symmetricUpdatesAreTheTwoProductsAndStaySymmetric(String name, LinearAlgebra la) {
        SplittableRandom random = new SplittableRandom(10);
        for (int n : new int[] {0, 1, 7, 127, 128, 129, 300}) {
            for (int rows : new int[] {0, 1, 65}) {
                Matrix a = random(random, rows, n);
                Matrix b = random(random, rows, n);
                Matrix c = la.gram(random(random, 5, n));
                Matrix expected = c.copy();
                la.multiply(0.5f, a, Transpose.YES, b, Transpose.NO, 1, expected);
                la.multiply(0.5f, b, Transpose.YES, a, Transpose.NO, 1, expected);
                la.addSymmetric(0.5f, a, b, c);
                assertClose(c, expected);
                assertSymmetric(c);
            }
        }
        assertThatThrownBy(() -> la.addSymmetric(1, Matrix.zeros(2, 3), Matrix.zeros(1, 3), Matrix.zeros(3, 3)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void checkProduct(LinearAlgebra la, SplittableRandom random, int m, int n, int k) {
        for (Transpose opA : Transpose.values()) {
            for (Transpose opB : Transpose.values()) {
                Matrix a = opA == Transpose.NO ? random(random, m, k) : random(random, k, m);
                Matrix b = opB == Transpose.NO ? random(random, k, n) : random(random, n, k);
                Matrix c = random(random, m, n);
                double[] expected = new double[m * n];
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < n; j++) {
                        double sum = 0;
                        for (int p = 0; p < k; p++) {
                            sum += (double) (opA == Transpose.NO ? a.get(i, p) : a.get(p, i))
                                    * (opB == Transpose.NO ? b.get(p, j) : b.get(j, p));
                        }
                        expected[i * n + j] = 2 * sum - 0.5 * c.get(i, j);
                    }
                }
                DoubleMatrix c64 = c.toDouble();
                la.multiply(2, a, opA, b, opB, -0.5f, c);
                la.multiply(2.0, a.toDouble(), opA, b.toDouble(), opB, -0.5, c64);
                assertClose(c.toDouble().data(), expected, 1e-5 * (1 + k));
                assertClose(c64.data(), expected, 1e-13 * (1 + k));
            }
        }
    }

    @Test
    void betaZeroIgnoresWhatWasInTheResult() {
        Matrix c = Matrix.wrap(1, 1, Float.NaN);
        for (LinearAlgebra la : new LinearAlgebra[] {LinearAlgebra.openBlas(1), LinearAlgebra.pureJava(1)}) {
            c.data()[0] = Float.NaN;
            la.multiply(1, Matrix.wrap(1, 1, 3), Transpose.NO, Matrix.wrap(1, 1, 4), Transpose.NO, 0, c);
            assertThat(c.get(0, 0)).isEqualTo(12);
        }
    }

    @Test
    void theSameInputsGiveTheSameBits() {
        SplittableRandom random = new SplittableRandom(3);
        Matrix a = random(random, 100, 700);
        Matrix b = random(random, 700, 300);
        LinearAlgebra la = LinearAlgebra.openBlas(2);
        Matrix first = la.product(a, Transpose.NO, b, Transpose.NO);
        for (int i = 0; i < 5; i++) {
            assertThat(la.product(a, Transpose.NO, b, Transpose.NO)).isEqualTo(first);
        }
    }

    @Test
    void shapesThatDoNotAgreeAreRefusedByName() {
        LinearAlgebra la = LinearAlgebra.pureJava(1);
        assertThatThrownBy(() -> la.product(Matrix.zeros(2, 3), Transpose.NO, Matrix.zeros(2, 3), Transpose.NO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[2, 3]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("engines")
    void choleskySolvesAndInverts(String name, LinearAlgebra la) {
        SplittableRandom random = new SplittableRandom(11);
        for (int n : new int[] {1, 2, 7, 65, 300}) {
            DoubleMatrix a = positiveDefinite(random, n);
            double[] x = random.doubles(n).toArray();
            double[] b = new double[n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    b[i] += a.get(i, j) * x[j];
                }
            }
            Cholesky factor = la.cholesky(a);
            factor.solve(b);
            assertClose(b, x, 1e-9);
            checkIdentity(la.product(a, Transpose.NO, factor.inverse(), Transpose.NO));
            checkIdentity(factor.forwardColumns(factor.lower()));
            checkIdentity(factor.solve(a.copy()));
            checkIdentity(factor.solveRows(a.copy()));
            assertClose(
                    la.product(factor.lower(), Transpose.NO, factor.lower().transpose(), Transpose.NO)
                            .data(),
                    a.data(),
                    1e-9);
        }
    }

    private static void checkIdentity(DoubleMatrix matrix) {
        assertClose(
                matrix.data(),
                DoubleMatrix.zeros(matrix.rows(), matrix.columns())
                        .addToDiagonal(1)
                        .data(),
                1e-9);
    }

    private static void assertSymmetric(Matrix matrix) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < i; j++) {
                if (matrix.get(i, j) != matrix.get(j, i)) {
                    fail("At [%d, %d] is %s, at [%d, %d] %s."
                            .formatted(i, j, matrix.get(i, j), j, i, matrix.get(j, i)));
                }
            }
        }
    }

    private static void assertClose(Matrix actual, Matrix expected) {
        assertClose(actual.toDouble().data(), expected.toDouble().data(), 1e-4);
    }

    /** A million numbers are too many for an assertion each. */
    private static void assertClose(double[] actual, double[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
                fail("Number %d is %s, expected %s within %s.".formatted(i, actual[i], expected[i], tolerance));
            }
        }
    }

    /** Rows 5, 130 and 200 of 260 are sums of others, row 9 is zero: they get no column, and the product is the matrix all the same. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("engines")
    void aSemidefiniteMatrixIsSpannedByItsIndependentRows(String name, LinearAlgebra la) {
        SplittableRandom random = new SplittableRandom(12);
        int n = 260;
        DoubleMatrix rows = DoubleMatrix.zeros(n, 300);
        Arrays.setAll(rows.data(), i -> random.nextDouble(-1, 1));
        for (int j = 0; j < 300; j++) {
            rows.set(9, j, 0);
            rows.set(5, j, rows.get(1, j) - 2 * rows.get(4, j));
            rows.set(130, j, rows.get(7, j) + rows.get(129, j));
            rows.set(200, j, 3 * rows.get(150, j));
        }
        DoubleMatrix gram = la.gramOfRows(rows);
        Cholesky.Spanning spanning = la.spanning(gram.copy(), 1e-10);
        assertThat(spanning.rows()).hasSize(n - 4).doesNotContain(5, 9, 130, 200);
        assertClose(
                la.product(spanning.root(), Transpose.NO, spanning.root(), Transpose.YES)
                        .data(),
                gram.data(),
                1e-9);
        DoubleMatrix independent = rows.rows(spanning.rows());
        DoubleMatrix basis = spanning.triangle(la).forwardColumns(independent.copy());
        checkIdentity(la.product(basis, Transpose.NO, basis, Transpose.YES));
        assertClose(spanning.triangle(la).forwardColumns(rows.toFloat(), spanning.rows()), basis.toFloat());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("engines")
    void gramMatricesAreTheProducts(String name, LinearAlgebra la) {
        SplittableRandom random = new SplittableRandom(13);
        for (int[] shape : new int[][] {{1, 1}, {3, 7}, {300, 40}, {140, 2100}}) {
            DoubleMatrix a = DoubleMatrix.zeros(shape[0], shape[1]);
            Arrays.setAll(a.data(), i -> (float) random.nextDouble(-1, 1));
            double[] expected = la.product(a, Transpose.NO, a, Transpose.YES).data();
            assertClose(la.gramOfRows(a).data(), expected, 1e-9);
            assertClose(la.gramOfRows(a.toFloat()).data(), expected, 1e-9);
            DoubleMatrix sum = la.gramOfRows(a);
            la.addGramOfColumns(a.transpose(), sum);
            assertClose(sum.data(), Arrays.stream(expected).map(v -> 2 * v).toArray(), 1e-9);
            int[] columns = {0, shape[1] - 1};
            DoubleMatrix two = a.columns(columns);
            assertClose(
                    la.gramOfRows(a.toFloat(), columns).data(),
                    la.product(two, Transpose.NO, two, Transpose.YES).data(),
                    1e-9);
        }
    }

    /** [0, 2; 2, 3] x = [2, 7] for x = [2, 1]: symmetric, and neither positive nor negative definite. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("engines")
    void anIndefiniteSystemIsSolved(String name, LinearAlgebra la) {
        DoubleMatrix system = DoubleMatrix.zeros(2, 2);
        system.set(0, 1, 2);
        system.set(1, 0, 2);
        system.set(1, 1, 3);
        DoubleMatrix rows = DoubleMatrix.zeros(1, 2);
        rows.set(0, 0, 2);
        rows.set(0, 1, 7);
        la.solve(system, rows);
        assertThat(rows.data()).containsExactly(new double[] {2, 1}, within(1e-12));
        assertThatThrownBy(() -> la.solve(DoubleMatrix.zeros(2, 2), DoubleMatrix.zeros(1, 2)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("singular");
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteIsSaidToBeOne() {
        DoubleMatrix indefinite = DoubleMatrix.zeros(2, 2).addToDiagonal(-1);
        assertThatThrownBy(() -> LinearAlgebra.shared().cholesky(indefinite))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("not positive definite");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("engines")
    void eigenvectorsAreOrthonormalAndRebuildTheMatrix(String name, LinearAlgebra la) {
        DoubleMatrix a = positiveDefinite(new SplittableRandom(12), 65); // enough for LAPACK to divide and conquer
        SymmetricEigen eigen = la.eigen(a);
        assertThat(eigen.values()).isSorted();
        checkIdentity(la.product(eigen.vectors(), Transpose.NO, eigen.vectors(), Transpose.YES));
        DoubleMatrix scaled = eigen.vectors().copy();
        for (int i = 0; i < 65; i++) {
            scaled.scaleRow(i, eigen.values()[i]);
        }
        assertClose(
                la.product(eigen.vectors(), Transpose.YES, scaled, Transpose.NO).data(), a.data(), 1e-9);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("engines")
    void eigenvectorsOfADiagonalMatrixInARotatedFrame(String name, LinearAlgebra la) {
        // A = R diag(1, 4) Rᵀ with the rotation by 30 degrees, worked out by hand.
        double c = Math.sqrt(3) / 2;
        double s = 0.5;
        DoubleMatrix a = DoubleMatrix.zeros(2, 2);
        a.set(0, 0, c * c + 4 * s * s);
        a.set(0, 1, c * s - 4 * c * s);
        a.set(1, 0, c * s - 4 * c * s);
        a.set(1, 1, s * s + 4 * c * c);
        SymmetricEigen eigen = la.eigen(a);
        assertThat(eigen.values()).containsExactly(new double[] {1, 4}, within(1e-12));
        assertThat(Math.abs(eigen.vectors().get(0, 0))).isCloseTo(c, within(1e-12));
        assertThat(Math.abs(eigen.vectors().get(1, 0))).isCloseTo(s, within(1e-12));
    }

    @Test
    void tasksRunOnceEachEvenInsideTasksAndFailuresComeOut() {
        LinearAlgebra la = LinearAlgebra.pureJava(3);
        int[] counts = new int[50];
        la.parallel(10, i -> la.parallel(5, j -> counts[i * 5 + j]++));
        assertThat(counts).containsOnly(1);
        assertThatThrownBy(() -> la.parallel(9, i -> {
                    if (i == 4) {
                        throw new IllegalStateException("task 4");
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("task 4");
    }

    private static DoubleMatrix positiveDefinite(SplittableRandom random, int n) {
        DoubleMatrix root = random(random, n, n).toDouble();
        return LinearAlgebra.pureJava(1)
                .product(root, Transpose.YES, root, Transpose.NO)
                .addToDiagonal(1);
    }

    private static Matrix random(SplittableRandom random, int rows, int columns) {
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (float) random.nextDouble(-1, 1);
        }
        return matrix;
    }
}
