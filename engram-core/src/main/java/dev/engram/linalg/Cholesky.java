package dev.engram.linalg;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.netlib.util.intW;

/**
 * A = L Lᵀ of a symmetric positive definite matrix, in double precision, on all threads: n³/3 operations, and n² for each right side.
 *
 * <p>Of a matrix that is only semidefinite, {@link #spanning} finds the rows that the others depend on.
 */
public final class Cholesky {
    // In BLAS's column-major eyes a row-major lower triangle is an upper one.
    private static final String TRIANGLE = "U";
    private static final int BLOCK = 128; // columns factored together
    private static final int RIGHT_SIDES = 64; // solved for together, by one thread

    private final LinearAlgebra la;
    private final DoubleMatrix factor;

    private Cholesky(LinearAlgebra la, DoubleMatrix factor) {
        this.la = la;
        this.factor = factor;
    }

    /** Written over the lower triangle of the matrix; above the diagonal it stays as it was. */
    static Cholesky factor(LinearAlgebra la, DoubleMatrix matrix) {
        requireSquare(matrix);
        Cholesky cholesky = new Cholesky(la, matrix);
        cholesky.eachBlock((from, to) -> cholesky.factorDiagonal(from, to));
        return cholesky;
    }

    /**
     * A = R Rᵀ of a positive semidefinite matrix: R has a column for each row that depends on none before it.
     *
     * @param rows those rows, ascending
     * @param root R, [n, rows]; its rows with these numbers are lower triangular
     * @param least the smallest share of such a row's diagonal element that those before it leave
     */
    public record Spanning(int[] rows, DoubleMatrix root, double least) implements Serializable {
        /** The factor of the part of A that has only these rows and columns. */
        public Cholesky triangle(LinearAlgebra la) {
            return new Cholesky(la, rows.length == root.rows() ? root : root.rows(rows));
        }
    }

    /**
     * The factorisation of a positive semidefinite matrix, whose contents are lost.
     *
     * @param negligible a row depends on those before it where what they leave of its diagonal element is at most this share of it
     */
    static Spanning spanning(LinearAlgebra la, DoubleMatrix matrix, double negligible) {
        requireSquare(matrix);
        int n = matrix.rows();
        double[] diagonal =
                IntStream.range(0, n).mapToDouble(i -> matrix.get(i, i)).toArray();
        boolean[] depends = new boolean[n];
        Cholesky cholesky = new Cholesky(la, matrix);
        cholesky.eachBlock((from, to) -> cholesky.factorDependent(from, to, diagonal, negligible, depends));
        cholesky.clearAboveDiagonal();
        int[] rows = IntStream.range(0, n).filter(i -> !depends[i]).toArray();
        double least = Arrays.stream(rows)
                .mapToDouble(i -> matrix.get(i, i) * matrix.get(i, i) / diagonal[i])
                .min()
                .orElse(1);
        return new Spanning(rows, rows.length == n ? matrix : matrix.columns(rows), least);
    }

    private static void requireSquare(DoubleMatrix matrix) {
        if (matrix.rows() != matrix.columns()) {
            throw new IllegalArgumentException("A Cholesky factorisation needs a square matrix; this one is " + matrix);
        }
    }

    @FunctionalInterface
    private interface Diagonal {
        /** Factors the block on the diagonal, from which what the columns before it explain has been taken off. */
        void factor(int from, int to);
    }

    /** Column block by column block: take off what those before it explain, factor its diagonal, solve for what is below. */
    private void eachBlock(Diagonal diagonal) {
        int n = factor.rows();
        double[] a = factor.data();
        for (int from = 0; from < n; from += BLOCK) {
            int first = from;
            int to = Math.min(n, from + BLOCK);
            if (from > 0) {
                inStrips(
                        n - from,
                        n,
                        (double) BLOCK * first,
                        (i, rows) -> la.blas(blas -> blas.dgemm(
                                "T",
                                "N",
                                to - first,
                                rows,
                                first,
                                -1,
                                a,
                                first * n,
                                n,
                                a,
                                (first + i) * n,
                                n,
                                1,
                                a,
                                (first + i) * n + first,
                                n)));
            }
            diagonal.factor(from, to);
            solveBelow(from, to);
        }
    }

    /** Below a factored block on the diagonal, P becomes P L⁻ᵀ. In arrays of its own: BLAS's bindings take no column of blocks. */
    private void solveBelow(int from, int to) {
        int n = factor.rows();
        int width = to - from;
        double[] triangle = block(from, width, from, width);
        inStrips(n - to, n, (double) BLOCK * BLOCK, (i, rows) -> {
            double[] strip = block(to + i, rows, from, width);
            la.blas(blas -> blas.dtrsm("L", TRIANGLE, "T", "N", width, rows, 1, triangle, 0, width, strip, 0, width));
            for (int row = 0; row < rows; row++) {
                System.arraycopy(strip, row * width, factor.data(), (to + i + row) * n + from, width);
            }
        });
    }

    private double[] block(int fromRow, int rows, int fromColumn, int columns) {
        double[] copy = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            int at = (fromRow + i) * factor.columns() + fromColumn;
            System.arraycopy(factor.data(), at, copy, i * columns, columns);
        }
        return copy;
    }

    private interface Strip {
        void compute(int from, int size);
    }

    /**
     * Splits rows over the threads, so that each has a few strips of work in turn, none of them long.
     *
     * @param each operations for each row
     */
    private void inStrips(int rows, int cost, double each, Strip strip) {
        if (rows == 0) {
            return;
        }
        boolean small = (double) rows * cost * BLOCK < LinearAlgebra.WORTH_SPLITTING;
        int shared = Math.max(RIGHT_SIDES, (rows / (4 * la.threads()) + 15) / 16 * 16);
        int longest = Math.max(16, (int) (LinearAlgebra.LONGEST / each) / 16 * 16);
        int size = small ? rows : Math.min(shared, longest);
        la.parallel((rows + size - 1) / size, k -> strip.compute(k * size, Math.min(size, rows - k * size)));
    }

    private void factorDiagonal(int from, int upTo) {
        int n = factor.rows();
        intW info = new intW(0);
        la.lapack(to -> to.dpotrf(TRIANGLE, upTo - from, factor.data(), from * n + from, n, info));
        if (info.val != 0) {
            throw new ArithmeticException(
                    "The matrix is not positive definite (leading minor %d of %d). Maybe a larger ridge or prior precision helps."
                            .formatted(from + info.val, n));
        }
    }

    private void factorDependent(int from, int to, double[] diagonal, double negligible, boolean[] depends) {
        int n = factor.rows();
        double[] a = factor.data();
        for (int j = from; j < to; j++) {
            double rest = a[j * n + j];
            for (int k = from; k < j; k++) {
                rest -= a[j * n + k] * a[j * n + k];
            }
            depends[j] = !(rest > negligible * diagonal[j] + Double.MIN_NORMAL);
            a[j * n + j] = depends[j] ? Double.POSITIVE_INFINITY : Math.sqrt(rest); // what is divided by it becomes 0
            for (int i = j + 1; i < to; i++) {
                double left = a[i * n + j];
                for (int k = from; k < j; k++) {
                    left -= a[i * n + k] * a[j * n + k];
                }
                a[i * n + j] = left / a[j * n + j];
            }
        }
    }

    /** Overwrites the vector b with the solution x of A x = b. */
    public void solve(double[] b) {
        int n = factor.rows();
        if (b.length != n) {
            throw new IllegalArgumentException(
                    "The right side has %d values, the matrix %d rows.".formatted(b.length, n));
        }
        if (n > 0) {
            la.lapack(to -> to.dpotrs(TRIANGLE, n, 1, factor.data(), 0, n, b, 0, n, new intW(0)));
        }
    }

    /** Overwrites every row b [n] with L⁻¹ b. */
    public DoubleMatrix forward(DoubleMatrix rows) {
        return solveRows(rows, "T");
    }

    /** Overwrites every row b [n] with L⁻ᵀ b. */
    public DoubleMatrix backward(DoubleMatrix rows) {
        return solveRows(rows, "N");
    }

    /** Overwrites every row b [n] with A⁻¹ b. */
    public DoubleMatrix solveRows(DoubleMatrix rows) {
        return backward(forward(rows));
    }

    private DoubleMatrix solveRows(DoubleMatrix rows, String transposed) {
        int n = factor.rows();
        if (rows.columns() != n) {
            throw new IllegalArgumentException("Right sides %s do not fit a matrix of %d rows.".formatted(rows, n));
        }
        if (n > 0) {
            inStrips(
                    rows.rows(),
                    n,
                    (double) n * n,
                    (from, count) -> la.blas(blas -> blas.dtrsm(
                            "L",
                            TRIANGLE,
                            transposed,
                            "N",
                            n,
                            count,
                            1,
                            factor.data(),
                            0,
                            n,
                            rows.data(),
                            from * n,
                            n)));
        }
        return rows;
    }

    /** Overwrites B [n, columns] with A⁻¹ B. */
    public DoubleMatrix solve(DoubleMatrix b) {
        return backwardColumns(forwardColumns(b));
    }

    /** Overwrites B [n, columns] with L⁻¹ B. */
    public DoubleMatrix forwardColumns(DoubleMatrix b) {
        return solveColumns(b, "N");
    }

    /** Overwrites B [n, columns] with L⁻ᵀ B. */
    public DoubleMatrix backwardColumns(DoubleMatrix b) {
        return solveColumns(b, "T");
    }

    /** L⁻¹ of the named rows of B [.., columns], in single precision. */
    public Matrix forwardColumns(Matrix b, int... rows) {
        return forwardColumns(factor.toFloat(), b, rows);
    }

    /**
     * {@link #forwardColumns(Matrix, int...)} where L is already there in single precision.
     *
     * @param single L, rounded
     */
    public Matrix forwardColumns(Matrix single, Matrix b, int... rows) {
        int n = factor.rows();
        int columns = b.columns();
        if (rows.length != n) {
            throw new IllegalArgumentException("%d rows of %s do not fit a matrix of %d.".formatted(rows.length, b, n));
        }
        Matrix result = Matrix.zeros(n, columns);
        single.requireShape(n, n);
        float[] lower = single.data();
        Queue<float[]> free = new ConcurrentLinkedQueue<>(); // strips that were solved for
        inStrips(n == 0 ? 0 : columns, n, (double) n * n, (from, count) -> {
            float[] used = free.poll();
            float[] strip = used == null || used.length < n * count ? new float[n * count] : used;
            for (int i = 0; i < n; i++) {
                System.arraycopy(b.data(), rows[i] * columns + from, strip, i * count, count);
            }
            la.blas(blas -> blas.strsm("R", TRIANGLE, "N", "N", count, n, 1, lower, 0, n, strip, 0, count));
            for (int i = 0; i < n; i++) {
                System.arraycopy(strip, i * count, result.data(), i * columns + from, count);
            }
            free.add(strip);
        });
        return result;
    }

    private DoubleMatrix solveColumns(DoubleMatrix b, String transposed) {
        int n = factor.rows();
        int columns = b.columns();
        if (b.rows() != n) {
            throw new IllegalArgumentException("Right sides %s do not fit a matrix of %d rows.".formatted(b, n));
        }
        inStrips(n == 0 ? 0 : columns, n, (double) n * n, (from, count) -> {
            double[] strip = new double[n * count];
            for (int i = 0; i < n; i++) {
                System.arraycopy(b.data(), i * columns + from, strip, i * count, count);
            }
            la.blas(blas ->
                    blas.dtrsm("R", TRIANGLE, transposed, "N", count, n, 1, factor.data(), 0, n, strip, 0, count));
            for (int i = 0; i < n; i++) {
                System.arraycopy(strip, i * count, b.data(), i * columns + from, count);
            }
        });
        return b;
    }

    /** L, [n, n], with zeros above its diagonal. */
    public DoubleMatrix lower() {
        return new Cholesky(la, factor.copy()).clearAboveDiagonal();
    }

    private DoubleMatrix clearAboveDiagonal() {
        int n = factor.rows();
        for (int i = 0; i < n; i++) {
            Arrays.fill(factor.data(), i * n + i + 1, (i + 1) * n, 0);
        }
        return factor;
    }

    /** The inverse of A, [n, n], symmetric. */
    public DoubleMatrix inverse() {
        int n = factor.rows();
        DoubleMatrix inverse = factor.copy();
        double[] a = inverse.data();
        if (n > 0) {
            la.lapack(to -> to.dpotri(TRIANGLE, n, a, 0, n, new intW(0)));
        }
        LinearAlgebra.mirror(inverse);
        return inverse;
    }
}
