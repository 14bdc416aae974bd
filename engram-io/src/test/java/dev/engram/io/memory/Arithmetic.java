package dev.engram.io.memory;

import dev.engram.linalg.LinearAlgebra;
import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import dev.ludovic.netlib.lapack.JavaLAPACK;
import dev.ludovic.netlib.lapack.LAPACK;
import dev.ludovic.netlib.lapack.NativeLAPACK;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.netlib.util.intW;

/**
 * Which roundings the machine makes, as a fingerprint: of what BLAS and LAPACK and Java's exponentials give for fixed numbers. OpenBLAS has
 * kernels for each family of processors, which sum in another order, and does not say which it took.
 *
 * <p>It asks BLAS itself, not {@link LinearAlgebra}: a change of ours must not look like another machine.
 */
final class Arithmetic {
    private static final int[] SIZES = {1, 2, 3, 4, 6, 8, 12, 16, 32, 33, 48};

    private final BLAS blas;
    private final LAPACK lapack;
    private final CRC32 digest = new CRC32();
    private final SplittableRandom random = new SplittableRandom(6);

    private Arithmetic() {
        boolean isNative = LinearAlgebra.shared().isNative();
        this.blas = isNative ? NativeBLAS.getInstance() : JavaBLAS.getInstance();
        this.lapack = isNative ? NativeLAPACK.getInstance() : JavaLAPACK.getInstance();
    }

    static String fingerprint() {
        Arithmetic arithmetic = new Arithmetic();
        for (int n : SIZES) {
            for (int k : SIZES) {
                arithmetic.addProducts(n, k);
            }
            arithmetic.addFactors(n);
        }
        arithmetic.addFunctions();
        return "%08x".formatted(arithmetic.digest.getValue());
    }

    private void addProducts(int n, int k) {
        for (String opA : new String[] {"N", "T"}) {
            for (String opB : new String[] {"N", "T"}) {
                for (int m : new int[] {1, 4, 6, n}) {
                    int leadA = "N".equals(opA) ? m : k;
                    int leadB = "N".equals(opB) ? k : n;
                    float[] c = new float[m * n];
                    blas.sgemm(opA, opB, m, n, k, 1, floats(m * k), 0, leadA, floats(k * n), 0, leadB, 0, c, 0, m);
                    add(c);
                    double[] d = new double[m * n];
                    blas.dgemm(opA, opB, m, n, k, 1, doubles(m * k), 0, leadA, doubles(k * n), 0, leadB, 0, d, 0, m);
                    add(d);
                }
            }
            float[] y = new float["N".equals(opA) ? n : k];
            blas.sgemv(opA, n, k, 1, floats(n * k), 0, n, floats(n + k), 0, 1, 0, y, 0, 1);
            add(y);
        }
    }

    /** Of a symmetric matrix with a heavy diagonal. */
    private void addFactors(int n) {
        double[] a = doubles(n * n);
        for (int i = 0; i < n; i++) {
            a[i * n + i] += n;
            for (int j = 0; j < i; j++) {
                a[i * n + j] = a[j * n + i];
            }
        }
        double[] factor = a.clone();
        lapack.dpotrf("U", n, factor, 0, n, new intW(0));
        add(factor);
        double[] b = doubles(n);
        lapack.dpotrs("U", n, 1, factor, 0, n, b, 0, n, new intW(0));
        add(b);
        double[] inverse = factor.clone();
        lapack.dpotri("U", n, inverse, 0, n, new intW(0));
        add(inverse);
        lapack.dtrtri("U", "N", n, factor, 0, n, new intW(0));
        add(factor);
        double[] values = new double[n];
        double[] work = new double[1 + 6 * n + 2 * n * n];
        int[] integers = new int[3 + 5 * n];
        lapack.dsyevd("V", "U", n, a, 0, n, values, 0, work, 0, work.length, integers, 0, integers.length, new intW(0));
        add(values);
        add(a);
    }

    private void addFunctions() {
        double[] x = doubles(1000);
        double[] y = new double[3 * x.length];
        for (int i = 0; i < x.length; i++) {
            y[3 * i] = Math.exp(10 * x[i]);
            y[3 * i + 1] = Math.log(1 + x[i]);
            y[3 * i + 2] = Math.pow(1 + x[i], 4);
        }
        add(y);
    }

    private void add(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
        bytes.asDoubleBuffer().put(values);
        digest.update(bytes);
    }

    private void add(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        digest.update(bytes);
    }

    private double[] doubles(int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = 2 * random.nextDouble() - 1;
        }
        return values;
    }

    private float[] floats(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }
}
