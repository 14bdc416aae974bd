package dev.engram.graph.op;

import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;

/**
 * Runs of numbers, all of one length and equally far from each other, laid out so that the first numbers of all runs are neighbours, then the
 * second: the transpose of a matrix, row by row or in part.
 *
 * @param count how many runs
 * @param length how many numbers in each
 * @param next from where a run begins to where the next one does
 */
record Interleaving(int count, int length, int next) {
    private static final int NEAR = 32; // numbers of each run at a time, so that what is touched stays near

    /** Lays the runs that begin at {@code from} out, neighbour to neighbour, from {@code to} on. */
    void join(Tensor runs, int from, Tensor target, int to) {
        for (int i = 0; i < length; i += NEAR) {
            int end = Math.min(length, i + NEAR);
            if (runs.precision() == Precision.FLOAT) {
                join(runs.floats(), from, target.floats(), to, i, end);
            } else {
                join(runs.doubles(), from, target.doubles(), to, i, end);
            }
        }
    }

    /** The inverse of {@link #join}; the runs are written, or added to. */
    void split(Tensor source, int from, Tensor runs, int to, Accumulation mode) {
        for (int i = 0; i < length; i += NEAR) {
            int end = Math.min(length, i + NEAR);
            if (runs.precision() == Precision.FLOAT) {
                split(source.floats(), from, runs.floats(), to, i, end, mode == Accumulation.ADD);
            } else {
                split(source.doubles(), from, runs.doubles(), to, i, end, mode == Accumulation.ADD);
            }
        }
    }

    // Four runs at a time in single precision, so that four neighbours are written, or read, together.

    private void join(float[] runs, int from, float[] target, int to, int begin, int end) {
        int n = 0;
        for (; n + 4 <= count; n += 4) {
            int run = from + n * next;
            for (int i = begin; i < end; i++) {
                int at = to + i * count + n;
                target[at] = runs[run + i];
                target[at + 1] = runs[run + next + i];
                target[at + 2] = runs[run + 2 * next + i];
                target[at + 3] = runs[run + 3 * next + i];
            }
        }
        for (; n < count; n++) {
            for (int i = begin; i < end; i++) {
                target[to + i * count + n] = runs[from + n * next + i];
            }
        }
    }

    private void join(double[] runs, int from, double[] target, int to, int begin, int end) {
        for (int n = 0; n < count; n++) {
            for (int i = begin; i < end; i++) {
                target[to + i * count + n] = runs[from + n * next + i];
            }
        }
    }

    private void split(float[] source, int from, float[] runs, int to, int begin, int end, boolean add) {
        int n = 0;
        for (; n + 4 <= count && !add; n += 4) {
            int run = to + n * next;
            for (int i = begin; i < end; i++) {
                int at = from + i * count + n;
                runs[run + i] = source[at];
                runs[run + next + i] = source[at + 1];
                runs[run + 2 * next + i] = source[at + 2];
                runs[run + 3 * next + i] = source[at + 3];
            }
        }
        for (; n < count; n++) {
            for (int i = begin; i < end; i++) {
                int at = to + n * next + i;
                float value = source[from + i * count + n];
                runs[at] = add ? runs[at] + value : value;
            }
        }
    }

    private void split(double[] source, int from, double[] runs, int to, int begin, int end, boolean add) {
        for (int n = 0; n < count; n++) {
            for (int i = begin; i < end; i++) {
                int at = to + n * next + i;
                double value = source[from + i * count + n];
                runs[at] = add ? runs[at] + value : value;
            }
        }
    }
}
