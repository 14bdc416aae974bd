package dev.engram.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.netlib.util.intW;

/**
 * Matrix products and factorisations on a given back end with a given number of threads.
 *
 * <p>A product splits the columns of its result over the threads (the rows where there are few columns); each thread calls
 * single-threaded BLAS on its part. The same inputs, back end and thread count give the same bits.
 *
 * <p>{@link #shared()} is what everything uses by default: OpenBLAS where it loads, as many threads as the machine has processors. The
 * system properties {@code engram.blas=java} and {@code engram.threads=N} change that for a whole process. Which of OpenBLAS's kernels
 * compute is chosen at its first start on a machine, by timing them; the environment variable {@code OPENBLAS_CORETYPE} has precedence, and
 * {@code engram.kernels=openblas} leaves the choice to OpenBLAS (docs/decisions/001-linear-algebra.md).
 */
public final class LinearAlgebra {
    private static final int ALIGNMENT = 16;
    static final double WORTH_SPLITTING = 1e6;
    private static final double WORTH_BALANCING = 1e8; // two parts a thread: one that is held up holds up less
    private static final int GRAM_BLOCK = 128;
    private static final int MIRROR_TILE = 16;
    private static final int COLUMNS_WIDENED = 1024; // of a single-precision matrix, at once
    private static final int ROWS_COPIED = 1024; // of those that a Gram matrix is made of, at once
    static final double LONGEST =
            2.5e8; // multiplications in one call of BLAS: about 10 ms, 0.1 s where 16 threads share two cores
    private static final int WIDEST_TRANSPOSED = 512; // beyond this OpenBLAS packs a transposed factor less well

    private final Backend backend;
    private final Workers workers;

    private LinearAlgebra(Backend backend, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("The number of threads (%d) must be at least 1.".formatted(threads));
        }
        this.backend = backend;
        this.workers = new Workers(threads);
    }

    private static final class Shared {
        static final LinearAlgebra INSTANCE = withThreads(defaultThreads());
    }

    /** The process-wide instance. */
    public static LinearAlgebra shared() {
        return Shared.INSTANCE;
    }

    /** The best there is, as the process-wide instance is, with the given number of Java threads. */
    public static LinearAlgebra withThreads(int threads) {
        return "java".equals(System.getProperty("engram.blas"))
                ? pureJava(threads)
                : new LinearAlgebra(Backend.best(), threads);
    }

    /**
     * OpenBLAS with the given number of Java threads.
     *
     * @throws UnsupportedOperationException if no native library loads, saying why
     */
    public static LinearAlgebra openBlas(int threads) {
        return new LinearAlgebra(Backend.openBlas(), threads);
    }

    /** Pure Java with the given number of threads: slow, and everywhere. */
    public static LinearAlgebra pureJava(int threads) {
        return new LinearAlgebra(Backend.java(), threads);
    }

    /**
     * Ends the process at once with this exit code, whatever its threads are at: for programs that were told to end, whose files are safe.
     *
     * <p>{@link System#exit} waits for Java's own compilers, which takes ten seconds where processors are scarce, and for native calls. Here
     * hooks that still run are cut off, and nothing is deleted on exit. Returns where no native library is loaded, or the platform cannot; the
     * end is then Java's.
     */
    public static void endProcess(int exitCode) {
        NativeGate.endProcess(exitCode);
    }

    private static int defaultThreads() {
        return Math.max(
                1, Integer.getInteger("engram.threads", Runtime.getRuntime().availableProcessors()));
    }

    /** For people: what computes, and with how many threads. */
    public String description() {
        return "%s, %d thread%s".formatted(backend.description(), workers.threads(), workers.threads() == 1 ? "" : "s");
    }

    /** Whether a native library computes; false is the slow pure-Java fallback. */
    public boolean isNative() {
        return backend.isNative();
    }

    public int threads() {
        return workers.threads();
    }

    /** Why pure Java computes although a native library was wanted; empty where it is what was asked for. */
    public Optional<String> fallback() {
        return backend.fallback();
    }

    /**
     * Runs {@code task} for 0 .. tasks-1 on the calling thread and those of this instance that are free. What is computed inside a task stays
     * on its thread. What a task throws is thrown when no thread is in a task any more.
     *
     * @throws CancellationException if the calling thread was interrupted, and it remains so; or if a {@link Cancellation} it is in is over
     */
    public void parallel(int tasks, IntConsumer task) {
        workers.forEach(tasks, task);
    }

    /**
     * C = alpha op(A) op(B) + beta C.
     *
     * @param a of shape [m, k] after {@code opA}
     * @param b of shape [k, n] after {@code opB}
     * @param c of shape [m, n]; with {@code beta} 0 its old content does not matter
     * @throws IllegalArgumentException if the shapes do not agree
     */
    public void multiply(float alpha, Matrix a, Transpose opA, Matrix b, Transpose opB, float beta, Matrix c) {
        multiply(alpha, Block.of(a), opA, Block.of(b), opB, beta, Block.of(c));
    }

    /** {@link #multiply(float, Matrix, Transpose, Matrix, Transpose, float, Matrix)} in double precision. */
    public void multiply(
            double alpha, DoubleMatrix a, Transpose opA, DoubleMatrix b, Transpose opB, double beta, DoubleMatrix c) {
        multiply(alpha, Block.of(a), opA, Block.of(b), opB, beta, Block.of(c));
    }

    /**
     * C = alpha op(A) op(B) + beta C on parts of tensors, all of one precision.
     *
     * @param c must not overlap A or B; with {@code beta} 0 its old content does not matter
     * @throws IllegalArgumentException if the shapes do not agree
     */
    public void multiply(double alpha, Block a, Transpose opA, Block b, Transpose opB, double beta, Block c) {
        int inner = checkShapes(a, opA, b, opB, c);
        if (inner == 0) {
            c.scale(beta);
            return;
        }
        int widest = opB == Transpose.YES && c.rows() > 1 ? WIDEST_TRANSPOSED : Integer.MAX_VALUE;
        split(c.rows(), c.columns(), inner, widest, (i0, i1, j0, j1) -> {
            Operand left = Operand.of(a, opA, 0).below(i0);
            Operand right = Operand.of(b, opB, 0).beside(j0);
            Operand result = Operand.of(c, Transpose.NO, 0).below(i0).beside(j0);
            part(alpha, left, right, beta, result, i1 - i0, j1 - j0, inner);
        });
    }

    /** A part of a block that enters a product: its first element is {@code from} elements into the block. */
    private record Operand(Block block, Transpose op, int from) {
        static Operand of(Matrix matrix, Transpose op, int from) {
            return new Operand(Block.of(matrix), op, from);
        }

        static Operand of(Block block, Transpose op, int from) {
            return new Operand(block, op, from);
        }

        /** The same without its first rows. */
        Operand below(int rows) {
            return new Operand(block, op, from + rows * (op == Transpose.NO ? lead() : 1));
        }

        /** The same without its first columns. */
        Operand beside(int columns) {
            return new Operand(block, op, from + columns * (op == Transpose.NO ? 1 : lead()));
        }

        int offset() {
            return block.offset() + from;
        }

        /** Elements from one row to the next. */
        int lead() {
            return Math.max(1, block.columns());
        }
    }

    /** {@code m} x {@code n} of C, from where the operands begin: one call of BLAS, or several where it would take long. */
    private void part(double alpha, Operand left, Operand right, double beta, Operand result, int m, int n, int inner) {
        if ((double) m * n * inner <= LONGEST || Math.max(m, n) < 2 * ALIGNMENT) {
            backend.blas(blas -> call(blas, alpha, left, right, beta, result, m, n, inner));
            return;
        }
        int half = (Math.max(m, n) / 2 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (m >= n) {
            part(alpha, left, right, beta, result, half, n, inner);
            part(alpha, left.below(half), right, beta, result.below(half), m - half, n, inner);
        } else {
            part(alpha, left, right, beta, result, m, half, inner);
            part(alpha, left, right.beside(half), beta, result.beside(half), m, n - half, inner);
        }
    }

    private static void call(
            BLAS blas,
            double alpha,
            Operand left,
            Operand right,
            double beta,
            Operand result,
            int m,
            int n,
            int inner) {
        String opA = left.op.blas();
        String opB = right.op.blas();
        int fromA = left.offset();
        int fromB = right.offset();
        int fromC = result.offset();
        int leadA = left.lead();
        int leadB = right.lead();
        int leadC = result.lead();
        // BLAS counts columns first: a row-major C is the column-major C', and C' = op(B)' op(A)'.
        if (result.block.tensor().precision() == Precision.DOUBLE) {
            double[] a = left.block.tensor().doubles();
            double[] b = right.block.tensor().doubles();
            double[] c = result.block.tensor().doubles();
            blas.dgemm(opB, opA, n, m, inner, alpha, b, fromB, leadB, a, fromA, leadA, beta, c, fromC, leadC);
            return;
        }
        float[] a = left.block.tensor().floats();
        float[] b = right.block.tensor().floats();
        float[] c = result.block.tensor().floats();
        float by = (float) alpha;
        float keep = (float) beta;
        if (m == 1) { // without the copies of B that sgemm would make
            boolean plain = right.op == Transpose.NO;
            int stepA = left.op == Transpose.NO ? 1 : leadA;
            int high = plain ? n : inner;
            int wide = plain ? inner : n;
            blas.sgemv(opB, high, wide, by, b, fromB, leadB, a, fromA, stepA, keep, c, fromC, 1);
            return;
        }
        blas.sgemm(opB, opA, n, m, inner, by, b, fromB, leadB, a, fromA, leadA, keep, c, fromC, leadC);
    }

    /**
     * Rows of a product, on the calling thread: C[rows] = alpha A[rows] B + beta C[rows].
     *
     * @param a [m, k]
     * @param from first row, inclusive
     * @param to last row, exclusive
     * @param b [k, n]
     * @param c [m, n], or [to - from, n] for those rows alone
     */
    public void multiplyRows(float alpha, Matrix a, int from, int to, Matrix b, float beta, Matrix c) {
        int firstOut = c.rows() == a.rows() ? from : 0;
        if (a.columns() != b.rows() || b.columns() != c.columns() || firstOut + to - from > c.rows()) {
            throw new IllegalArgumentException(
                    "Rows %d to %d of %s times %s do not fit %s.".formatted(from, to, a, b, c));
        }
        Operand left = Operand.of(a, Transpose.NO, from * a.columns());
        Operand result = Operand.of(c, Transpose.NO, firstOut * c.columns());
        part(alpha, left, Operand.of(b, Transpose.NO, 0), beta, result, to - from, c.columns(), a.columns());
    }

    /**
     * A product with some rows transposed, on the calling thread: C = alpha A[rows]ᵀ B + beta C.
     *
     * @param a [m, k]
     * @param from first row, inclusive
     * @param to last row, exclusive
     * @param b [at least to - from, n]; its first rows are taken
     * @param c [k, n]
     */
    public void multiplyRowsTransposed(float alpha, Matrix a, int from, int to, Matrix b, float beta, Matrix c) {
        if (a.columns() != c.rows() || b.columns() != c.columns() || to - from > b.rows()) {
            throw new IllegalArgumentException(
                    "Rows %d to %d of %s, transposed, times %s do not fit %s.".formatted(from, to, a, b, c));
        }
        Operand left = Operand.of(a, Transpose.YES, from * a.columns());
        Operand right = Operand.of(b, Transpose.NO, 0);
        part(alpha, left, right, beta, Operand.of(c, Transpose.NO, 0), c.rows(), c.columns(), to - from);
    }

    /** AᵀA, [columns, columns], exactly symmetric: half the work of a product. */
    public Matrix gram(Matrix a) {
        int n = a.columns();
        Matrix gram = Matrix.zeros(n, n);
        int blocks = (n + GRAM_BLOCK - 1) / GRAM_BLOCK;
        // the longest columns first, so that the threads end together
        workers.forEach(blocks, i -> {
            int from = (blocks - 1 - i) * GRAM_BLOCK;
            int to = Math.min(n, from + GRAM_BLOCK);
            belowDiagonal(1, a, a, 0, gram, from, to);
            mirror(gram, from, to);
        });
        return gram;
    }

    /**
     * C += alpha (AᵀB + BᵀA), exactly symmetric where C was: half the work of the products.
     *
     * @param a [m, n]
     * @param b [m, n]
     * @param c [n, n], symmetric
     */
    public void addSymmetric(float alpha, Matrix a, Matrix b, Matrix c) {
        int n = c.rows();
        if (c.columns() != n || a.columns() != n || b.columns() != n || a.rows() != b.rows()) {
            throw new IllegalArgumentException("AᵀB + BᵀA of %s and %s does not fit %s.".formatted(a, b, c));
        }
        if (a.rows() == 0) {
            return;
        }
        int blocks = (n + GRAM_BLOCK - 1) / GRAM_BLOCK;
        workers.forEach(blocks, i -> {
            int from = (blocks - 1 - i) * GRAM_BLOCK;
            int to = Math.min(n, from + GRAM_BLOCK);
            belowDiagonal(alpha, a, b, 1, c, from, to);
            belowDiagonal(alpha, b, a, 1, c, from, to);
            mirror(c, from, to);
        });
    }

    /** C = alpha AᵀB + beta C for the rows {@code from} to {@code to}, as far as the diagonal and the rest of its block. */
    private void belowDiagonal(float alpha, Matrix a, Matrix b, float beta, Matrix c, int from, int to) {
        Operand left = Operand.of(a, Transpose.YES, from);
        Operand result = Operand.of(c, Transpose.NO, from * c.columns());
        part(alpha, left, Operand.of(b, Transpose.NO, 0), beta, result, to - from, to, a.rows());
    }

    /** Copies the rows {@code from} to {@code to}, left of the diagonal, to where they belong above it; in tiles, which stay in the cache. */
    private static void mirror(Matrix lower, int from, int to) {
        int n = lower.rows();
        float[] data = lower.data();
        for (int i0 = from; i0 < to; i0 += MIRROR_TILE) {
            for (int j0 = 0; j0 < to; j0 += MIRROR_TILE) {
                for (int j = j0; j < Math.min(to, j0 + MIRROR_TILE); j++) {
                    for (int i = Math.max(i0, j + 1); i < Math.min(to, i0 + MIRROR_TILE); i++) {
                        data[j * n + i] = data[i * n + j];
                    }
                }
            }
        }
    }

    /** The new matrix op(A) op(B). */
    public Matrix product(Matrix a, Transpose opA, Matrix b, Transpose opB) {
        Matrix c = Matrix.zeros(
                opA == Transpose.NO ? a.rows() : a.columns(), opB == Transpose.NO ? b.columns() : b.rows());
        multiply(1, a, opA, b, opB, 0, c);
        return c;
    }

    /** The new matrix op(A) op(B), in double precision. */
    public DoubleMatrix product(DoubleMatrix a, Transpose opA, DoubleMatrix b, Transpose opB) {
        DoubleMatrix c = DoubleMatrix.zeros(
                opA == Transpose.NO ? a.rows() : a.columns(), opB == Transpose.NO ? b.columns() : b.rows());
        multiply(1, a, opA, b, opB, 0, c);
        return c;
    }

    /** Aᵀ in double precision, on all threads. */
    public DoubleMatrix transposeToDouble(Matrix a) {
        DoubleMatrix transpose = DoubleMatrix.zeros(a.columns(), a.rows());
        double[] out = transpose.data();
        workers.forEach((a.columns() + GRAM_BLOCK - 1) / GRAM_BLOCK, block -> {
            int to = Math.min(a.columns(), (block + 1) * GRAM_BLOCK);
            for (int i0 = 0; i0 < a.rows(); i0 += MIRROR_TILE) {
                for (int j = block * GRAM_BLOCK; j < to; j++) {
                    for (int i = i0; i < Math.min(a.rows(), i0 + MIRROR_TILE); i++) {
                        out[j * a.rows() + i] = a.data()[i * a.columns() + j];
                    }
                }
            }
        });
        return transpose;
    }

    /** The new matrix A Aᵀ, in double precision and exactly symmetric: half the work of a product. */
    public DoubleMatrix gramOfRows(DoubleMatrix a) {
        DoubleMatrix gram = DoubleMatrix.zeros(a.rows(), a.rows());
        addGram(a, Transpose.NO, gram);
        return mirror(gram);
    }

    /** A Aᵀ of single-precision rows, in double precision and exactly symmetric; no second copy of A is made. */
    public DoubleMatrix gramOfRows(Matrix a) {
        return gramOfRows(a, IntStream.range(0, a.columns()).toArray());
    }

    /** The same of the named columns of A alone. */
    public DoubleMatrix gramOfRows(Matrix a, int... columns) {
        DoubleMatrix gram = DoubleMatrix.zeros(a.rows(), a.rows());
        DoubleMatrix wide = DoubleMatrix.zeros(a.rows(), Math.min(columns.length, COLUMNS_WIDENED));
        for (int from = 0; from < columns.length; from += COLUMNS_WIDENED) {
            int to = Math.min(columns.length, from + COLUMNS_WIDENED);
            if (to - from < wide.columns()) {
                wide = DoubleMatrix.zeros(a.rows(), to - from);
            }
            widen(a, Arrays.copyOfRange(columns, from, to), wide);
            addGram(wide, Transpose.NO, gram);
        }
        return mirror(gram);
    }

    /** Copies some columns in double precision, on all threads. */
    private void widen(Matrix a, int[] columns, DoubleMatrix copy) {
        workers.forEach((a.rows() + GRAM_BLOCK - 1) / GRAM_BLOCK, block -> {
            int to = Math.min(a.rows(), (block + 1) * GRAM_BLOCK);
            a.copyColumns(block * GRAM_BLOCK, to, columns, copy);
        });
    }

    /** C += AᵀA, exactly symmetric; what C held above its diagonal does not matter. */
    public void addGramOfColumns(DoubleMatrix a, DoubleMatrix c) {
        addGram(a, Transpose.YES, c);
        mirror(c);
    }

    /** The same of the named rows of A alone; they are copied a block at a time. */
    public void addGramOfColumns(DoubleMatrix a, int[] rows, DoubleMatrix c) {
        for (int from = 0; from < rows.length; from += ROWS_COPIED) {
            int to = Math.min(rows.length, from + ROWS_COPIED);
            addGram(a.rows(Arrays.copyOfRange(rows, from, to)), Transpose.YES, c);
        }
        mirror(c);
    }

    /** C += op(A) op(A)ᵀ on and below the diagonal: half the work of a product. */
    private void addGram(DoubleMatrix a, Transpose op, DoubleMatrix c) {
        int n = c.rows();
        int inner = op == Transpose.NO ? a.columns() : a.rows();
        if (n == 0 || inner == 0) {
            return;
        }
        int block = (double) n * n * inner < WORTH_SPLITTING ? n : GRAM_BLOCK;
        int blocks = (n + block - 1) / block;
        Block whole = Block.of(a);
        Operand right = Operand.of(whole, op == Transpose.NO ? Transpose.YES : Transpose.NO, 0);
        // the longest rows first, so that the threads end together
        workers.forEach(blocks, i -> {
            int from = (blocks - 1 - i) * block;
            int to = Math.min(n, from + block);
            Operand left = Operand.of(whole, op, op == Transpose.NO ? from * inner : from);
            part(1, left, right, 1, Operand.of(Block.of(c), Transpose.NO, from * n), to - from, to, inner);
        });
    }

    /** Copies what is below the diagonal to where it belongs above it; in tiles, which stay in the cache. */
    static DoubleMatrix mirror(DoubleMatrix lower) {
        int n = lower.rows();
        double[] data = lower.data();
        for (int i0 = 0; i0 < n; i0 += MIRROR_TILE) {
            for (int j0 = 0; j0 <= i0; j0 += MIRROR_TILE) {
                for (int j = j0; j < Math.min(n, j0 + MIRROR_TILE); j++) {
                    for (int i = Math.max(i0, j + 1); i < Math.min(n, i0 + MIRROR_TILE); i++) {
                        data[j * n + i] = data[i * n + j];
                    }
                }
            }
        }
        return lower;
    }

    /**
     * The Cholesky factorisation of a symmetric positive definite matrix.
     *
     * @param matrix [n, n]; only read
     * @throws ArithmeticException if it is not positive definite
     */
    public Cholesky cholesky(DoubleMatrix matrix) {
        return Cholesky.factor(this, matrix.copy());
    }

    /**
     * The Cholesky factorisation, written over the matrix itself.
     *
     * @throws ArithmeticException if it is not positive definite; the contents of the matrix are then undefined
     */
    public Cholesky choleskyInPlace(DoubleMatrix matrix) {
        return Cholesky.factor(this, matrix);
    }

    /**
     * The factorisation of a symmetric positive semidefinite matrix, whose contents are lost.
     *
     * @param negligible a row depends on those before it where what they leave of its diagonal element is at most this share of it
     */
    public Cholesky.Spanning spanning(DoubleMatrix matrix, double negligible) {
        return Cholesky.spanning(this, matrix, negligible);
    }

    /**
     * Overwrites every row b [n] with A⁻¹ b, for a symmetric matrix A that need not be definite.
     *
     * @param matrix A, [n, n]; its contents are lost
     * @throws ArithmeticException if it is singular
     */
    public void solve(DoubleMatrix matrix, DoubleMatrix rows) {
        int n = matrix.rows();
        if (matrix.columns() != n || rows.columns() != n) {
            throw new IllegalArgumentException("Right sides %s do not fit %s.".formatted(rows, matrix));
        }
        if (n > 0 && rows.rows() > 0) {
            intW info = new intW(0);
            lapack(to -> to.dgesv(n, rows.rows(), matrix.data(), 0, n, new int[n], 0, rows.data(), 0, n, info));
            if (info.val != 0) {
                throw new ArithmeticException("%s is singular (pivot %d).".formatted(matrix, info.val));
            }
        }
    }

    /** Eigenvalues (ascending) and eigenvectors of a symmetric matrix [n, n]; only read. */
    public SymmetricEigen eigen(DoubleMatrix matrix) {
        return SymmetricEigen.of(this, matrix);
    }

    /** Computes with BLAS: a part of a product, of at most some {@link #LONGEST} operations. */
    void blas(Consumer<BLAS> call) {
        backend.blas(call);
    }

    /** Computes with LAPACK, whose calls take as long as they take. */
    void lapack(Consumer<LAPACK> call) {
        backend.lapack(call);
    }

    private static int checkShapes(Block a, Transpose opA, Block b, Transpose opB, Block c) {
        int m = opA == Transpose.NO ? a.rows() : a.columns();
        int innerA = opA == Transpose.NO ? a.columns() : a.rows();
        int innerB = opB == Transpose.NO ? b.rows() : b.columns();
        int n = opB == Transpose.NO ? b.columns() : b.rows();
        if (innerA != innerB || m != c.rows() || n != c.columns()) {
            throw new IllegalArgumentException(
                    "The product of op(A) [%d, %d] and op(B) [%d, %d] has shape [%d, %d] and does not fit C [%d, %d]."
                            .formatted(m, innerA, innerB, n, m, n, c.rows(), c.columns()));
        }
        return innerA;
    }

    private interface Part {
        void compute(int fromRow, int toRow, int fromColumn, int toColumn);
    }

    private void split(int rows, int columns, int inner, int widest, Part part) {
        if (rows == 0 || columns == 0) {
            return;
        }
        double work = (double) rows * columns * inner;
        int team = work < WORTH_SPLITTING ? 1 : workers.threads(); // inside a task too: the parts decide the bits
        int parts = team > 1 && work > WORTH_BALANCING ? 2 * team : team;
        boolean byColumns = columns >= rows / 4;
        int length = byColumns ? columns : rows;
        int size = Math.max(ALIGNMENT, (length / parts + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        if (parts == 1) {
            size = length;
        }
        int step = byColumns ? Math.min(size, widest) : size;
        workers.forEach((length + step - 1) / step, number -> {
            int from = number * step;
            int to = Math.min(length, from + step);
            if (byColumns) {
                part.compute(0, rows, from, to);
            } else {
                part.compute(from, to, 0, columns);
            }
        });
    }
}
