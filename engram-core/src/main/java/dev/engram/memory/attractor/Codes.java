package dev.engram.memory.attractor;

import dev.engram.linalg.Matrix;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * The codes of the stored patterns: where the top layer of a network comes to rest when each is shown whole.
 *
 * <p>Kept as floats, or as one byte a value: level k of node j then stands for low_j + k·step_j, the levels reaching from the least value of
 * the node to its greatest, so that no value moves by more than step_j / 2.
 */
public final class Codes {
    private static final int LEVELS = 255;

    private final Matrix values;
    private final double[] weights;
    private final boolean quantised;

    private Codes(Matrix values, double[] weights, boolean quantised) {
        this.values = values;
        this.weights = weights;
        this.quantised = quantised;
    }

    /** Codes of equal weight. */
    public static Codes of(Matrix values) {
        double[] weights = new double[values.rows()];
        Arrays.fill(weights, 1.0 / Math.max(1, values.rows()));
        return of(values, weights);
    }

    /**
     * Codes with weights: how probable each pattern is before anything is known of the cue.
     *
     * @param values c_i, [patterns, size(L)], at least one, finite; kept, not copied
     * @param weights w_i, positive; scaled to a sum of 1
     */
    public static Codes of(Matrix values, double[] weights) {
        if (values.rows() == 0 || values.columns() == 0 || !values.isFinite()) {
            throw new IllegalArgumentException(
                    "A memory needs at least one code, of finite values; given was %s.".formatted(values));
        }
        if (weights.length != values.rows() || Arrays.stream(weights).anyMatch(w -> !(w > 0) || Double.isInfinite(w))) {
            throw new IllegalArgumentException("%d codes need as many weights (%d given), each positive and finite."
                    .formatted(values.rows(), weights.length));
        }
        double sum = Arrays.stream(weights).sum();
        return new Codes(values, Arrays.stream(weights).map(w -> w / sum).toArray(), false);
    }

    /** The same codes, each value moved to the nearest of 256 levels of its node and kept as one byte. */
    public Codes quantised() {
        float[] low = low();
        float[] step = step();
        Matrix rounded = Matrix.zeros(size(), nodes());
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < nodes(); j++) {
                rounded.set(i, j, low[j] + level(i, j, low, step) * step[j]);
            }
        }
        return new Codes(rounded, weights, true);
    }

    /** How many there are. */
    public int size() {
        return values.rows();
    }

    /** size(L). */
    public int nodes() {
        return values.columns();
    }

    /** c_i, [patterns, size(L)]; live. */
    public Matrix values() {
        return values;
    }

    /** w_i, of sum 1; live. */
    public double[] weights() {
        return weights;
    }

    /** Whether a value is kept as one byte. */
    public boolean isQuantised() {
        return quantised;
    }

    /** The bytes that must be kept: 4 a value, or 1 a value and 8 a node; and 4 a weight. */
    public long bytes() {
        long each = (long) size() * nodes();
        return Float.BYTES * (long) size() + (quantised ? each + 2L * Float.BYTES * nodes() : Float.BYTES * each);
    }

    /** The least value of every node. */
    public float[] low() {
        return extreme(Math::min);
    }

    private float[] extreme(DoubleBinaryOperator choice) {
        float[] extreme = values.row(0);
        for (int i = 1; i < size(); i++) {
            for (int j = 0; j < extreme.length; j++) {
                extreme[j] = (float) choice.applyAsDouble(extreme[j], values.get(i, j));
            }
        }
        return extreme;
    }

    /** The distance of two levels of every node. */
    public float[] step() {
        float[] low = low();
        float[] step = extreme(Math::max);
        for (int j = 0; j < step.length; j++) {
            step[j] = (step[j] - low[j]) / LEVELS;
        }
        return step;
    }

    /** The values as levels, 0 to 255, row by row. */
    public byte[] levels() {
        float[] low = low();
        float[] step = step();
        byte[] levels = new byte[size() * nodes()];
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < nodes(); j++) {
                levels[i * nodes() + j] = (byte) level(i, j, low, step);
            }
        }
        return levels;
    }

    /** Codes from what {@link #levels}, {@link #low} and {@link #step} gave. */
    public static Codes ofLevels(byte[] levels, float[] low, float[] step, double[] weights) {
        int nodes = low.length;
        Matrix values = Matrix.zeros(weights.length, nodes);
        for (int at = 0; at < levels.length; at++) {
            int j = at % nodes;
            values.data()[at] = low[j] + (levels[at] & 0xFF) * step[j];
        }
        Codes codes = of(values, weights);
        return new Codes(values, codes.weights, true);
    }

    private int level(int code, int node, float[] low, float[] step) {
        return step[node] > 0 ? Math.min(LEVELS, Math.round((values.get(code, node) - low[node]) / step[node])) : 0;
    }
}
