package dev.engram.linalg.internal;

import dev.ludovic.netlib.blas.BLAS;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Times candidates on the two products of an inference step, for one block of sensory nodes, and checks what they give against plain Java.
 *
 * <p>The candidates take turns: the clock of a shared machine rises and falls by a quarter from one moment to the next, and so it does for all
 * of them alike.
 */
final class StepTrial {
    private static final int CUES = 100;
    private static final int HIDDEN = 1024;
    private static final int SENSORY = 384;
    private static final int ROUNDS = 20;
    private static final long LONGEST = 150_000_000; // nanoseconds: a slow machine has fewer rounds
    private static final int CHECKED_EVERY = 331; // a prime: elements of all rows and columns have their turn
    private static final double TOLERANCE = 1e-4;

    private final BLAS blas;
    private final float[] weights = numbers(SENSORY * HIDDEN);
    private final float[] rates = numbers(HIDDEN * CUES);
    private final float[] errors = new float[SENSORY * CUES];
    private final float[] pull = new float[HIDDEN * CUES];

    StepTrial(BLAS blas) {
        this.blas = blas;
    }

    /**
     * Nanoseconds of the fastest round of every candidate whose products are right.
     *
     * @param select makes a candidate the one in use; an exception means that it cannot be
     */
    Map<String, Long> times(List<String> candidates, Consumer<String> select) {
        List<String> right = new ArrayList<>();
        for (String name : candidates) {
            try {
                select.accept(name);
            } catch (UnsupportedOperationException e) {
                continue;
            }
            if (isRight() && isRightInDouble()) {
                right.add(name);
            }
        }
        Map<String, Long> fastest = new LinkedHashMap<>();
        long began = System.nanoTime();
        for (int round = 0; round < ROUNDS && System.nanoTime() - began < LONGEST; round++) {
            for (String name : right) {
                select.accept(name);
                long start = System.nanoTime();
                multiply();
                fastest.merge(name, System.nanoTime() - start, Math::min);
            }
        }
        return fastest;
    }

    /** errors = W rates and pull = Wᵀ errors. */
    private void multiply() {
        blas.sgemm("N", "N", CUES, SENSORY, HIDDEN, 1, rates, CUES, weights, HIDDEN, 0, errors, CUES);
        blas.sgemm("N", "T", CUES, HIDDEN, SENSORY, 1, errors, CUES, weights, HIDDEN, 0, pull, CUES);
    }

    private boolean isRight() {
        multiply();
        for (int at = 0; at < errors.length; at += CHECKED_EVERY) {
            double sum = 0;
            for (int k = 0; k < HIDDEN; k++) {
                sum += (double) weights[at / CUES * HIDDEN + k] * rates[k * CUES + at % CUES];
            }
            if (isFar(errors[at], sum)) {
                return false;
            }
        }
        for (int at = 0; at < pull.length; at += CHECKED_EVERY) {
            double sum = 0;
            for (int k = 0; k < SENSORY; k++) {
                sum += (double) weights[k * HIDDEN + at / CUES] * errors[k * CUES + at % CUES];
            }
            if (isFar(pull[at], sum)) {
                return false;
            }
        }
        return true;
    }

    /** A product of awkward sizes. */
    private boolean isRightInDouble() {
        int m = 33;
        int n = 29;
        int inner = 65;
        double[] a = new double[m * inner];
        double[] b = new double[inner * n];
        double[] c = new double[m * n];
        for (int i = 0; i < a.length; i++) {
            a[i] = number(i);
        }
        for (int i = 0; i < b.length; i++) {
            b[i] = number(i + 1);
        }
        blas.dgemm("N", "N", m, n, inner, 1, a, m, b, inner, 0, c, m);
        for (int at = 0; at < c.length; at++) {
            double sum = 0;
            for (int k = 0; k < inner; k++) {
                sum += a[k * m + at % m] * b[at / m * inner + k];
            }
            if (isFar(c[at], sum)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFar(double found, double expected) {
        return !(Math.abs(found - expected) <= TOLERANCE * Math.max(1, Math.abs(expected))); // NaN is far
    }

    private static float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) number(i);
        }
        return numbers;
    }

    /** Between -0.5 and 0.5, different in every row. */
    private static double number(int i) {
        return (i * 7919L + i / 991 * 104729L) % 1009 / 1009.0 - 0.5;
    }
}
