package dev.engram.memory.hopfield;

import dev.engram.inference.Status;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.internal.Cues;
import dev.engram.memory.internal.Stream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The classical Hopfield network: bipolar units, each pulled by all others through symmetric weights, come to rest in a state of locally
 * least energy.
 *
 * <pre>
 *   s_i ← sgn(h_i),   h = W s,   E = -½ sᵀ W s        a unit whose field is 0 stays as it is
 * </pre>
 *
 * <p>Patterns and cues are binarised at a threshold, and answers have the two values of the patterns ({@link Levels}), 0 and 1 where these had
 * more. Recall starts all units from the cue. Completion holds the
 * known units to the cue; the missing ones start silent (s = 0, which pulls no other unit) and take their first sign from the known. Known
 * values come back as they were shown, also where they are neither of the two.
 *
 * <p>A cue's status is {@code CONVERGED} at a fixed point and {@code STEPS_USED} when the sweeps run out before; its residual is the pull on
 * units that point against their field, as a fraction of the pull on all free units. A step is a sweep that changed something.
 *
 * <p>Source: Hopfield 1982, "Neural networks and physical systems with emergent collective computational abilities".
 */
public final class HopfieldNetwork implements AssociativeMemory {
    private static final float SYMMETRY_TOLERANCE = 1e-5f;
    // Of the sum of a unit's |w|: where projections cancel, a field of 0 is a rounding error that must not flip the
    // unit.
    private static final float NO_FIELD = 1e-6f;

    private final LinearAlgebra la;
    private final Matrix weights;
    private final HopfieldOptions options;
    private final Levels levels;
    private final float[] noField;

    private HopfieldNetwork(LinearAlgebra la, Matrix weights, HopfieldOptions options, Levels levels) {
        this.la = la;
        this.weights = weights;
        this.options = options;
        this.levels = levels;
        int n = weights.rows();
        this.noField = new float[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                noField[i] += NO_FIELD * Math.abs(weights.get(i, j));
            }
        }
    }

    /**
     * A network over ready-made weights, which are copied; its answers are 0 or 1.
     *
     * @param weights [units, units], symmetric up to rounding, with a zero diagonal
     * @throws IllegalArgumentException if they are not
     */
    public static HopfieldNetwork of(Matrix weights, HopfieldOptions options, LinearAlgebra la) {
        int n = weights.rows();
        if (n == 0 || n != weights.columns() || !weights.isFinite()) {
            throw new IllegalArgumentException(
                    "The weights of a Hopfield network must be square and finite; given was " + weights + ".");
        }
        float largest = 0;
        for (float w : weights.data()) {
            largest = Math.max(largest, Math.abs(w));
        }
        Matrix symmetric = weights.copy();
        for (int i = 0; i < n; i++) {
            if (weights.get(i, i) != 0) {
                throw new IllegalArgumentException(
                        "The weight of unit %d to itself (%s) must be 0. Maybe clear the diagonal first."
                                .formatted(i, weights.get(i, i)));
            }
            for (int j = 0; j < i; j++) {
                float mean = 0.5f * (weights.get(i, j) + weights.get(j, i));
                if (!(Math.abs(weights.get(i, j) - mean) <= SYMMETRY_TOLERANCE * largest)) {
                    throw new IllegalArgumentException(
                            "The weights between units %d and %d (%s and %s) must be equal. Maybe take the mean of the matrix and its transpose."
                                    .formatted(i, j, weights.get(i, j), weights.get(j, i)));
                }
                symmetric.set(i, j, mean);
                symmetric.set(j, i, mean);
            }
        }
        return new HopfieldNetwork(la, symmetric, options, Levels.BINARY);
    }

    /**
     * The network whose weights below the diagonal are given, as {@link #triangle} has them; its answers are 0 or 1.
     *
     * @param units at least 1
     * @param triangle w_10, w_20, w_21, w_30, ...: units (units - 1) / 2 of them, finite
     * @throws IllegalArgumentException if they are not
     */
    public static HopfieldNetwork ofTriangle(int units, float[] triangle, HopfieldOptions options, LinearAlgebra la) {
        if (units < 1 || triangle.length != (long) units * (units - 1) / 2) {
            throw new IllegalArgumentException("%d weights are no triangle of a network of %d units; %d were expected."
                    .formatted(triangle.length, units, (long) units * (units - 1) / 2));
        }
        Matrix weights = Matrix.zeros(units, units);
        int at = 0;
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < i; j++) {
                float w = triangle[at++];
                if (!Float.isFinite(w)) {
                    throw new IllegalArgumentException(
                            "The weight between units %d and %d is %s; it must be finite.".formatted(i, j, w));
                }
                weights.set(i, j, w);
                weights.set(j, i, w);
            }
        }
        return new HopfieldNetwork(la, weights, options, Levels.BINARY);
    }

    /**
     * Stores patterns by the options' rule.
     *
     * @param patterns [patterns, values], at least one, finite; binarised at the options' threshold
     * @throws IllegalArgumentException if there is no pattern or one holds NaN or infinite values
     */
    public static HopfieldNetwork learn(Matrix patterns, HopfieldOptions options, LinearAlgebra la) {
        Cues.requirePatterns(patterns);
        Matrix weights = options.rule().weights(la, bipolar(patterns, options.threshold()));
        return new HopfieldNetwork(la, weights, options, Levels.of(patterns, options.threshold()));
    }

    /** {@link #learn(Matrix, HopfieldOptions, LinearAlgebra)} with the shared linear algebra. */
    public static HopfieldNetwork learn(Matrix patterns, HopfieldOptions options) {
        return learn(patterns, options, LinearAlgebra.shared());
    }

    /** 1 above the threshold, -1 else. */
    public static Matrix bipolar(Matrix values, double threshold) {
        return Levels.BIPOLAR.applied(values, threshold);
    }

    /** The same network with other values for its two signs. */
    public HopfieldNetwork withLevels(Levels others) {
        return new HopfieldNetwork(la, weights, options, others);
    }

    /** The two values of its answers. */
    public Levels levels() {
        return levels;
    }

    /** W, [units, units]; the matrix itself, not a copy. */
    public Matrix weights() {
        return weights;
    }

    /** The weights below the diagonal, row by row: w_10, w_20, w_21, w_30, ...; all there is to keep. */
    public float[] triangle() {
        int n = values();
        float[] triangle = new float[n * (n - 1) / 2];
        int at = 0;
        for (int i = 1; i < n; i++) {
            System.arraycopy(weights.data(), i * n, triangle, at, i);
            at += i;
        }
        return triangle;
    }

    public HopfieldOptions options() {
        return options;
    }

    @Override
    public String model() {
        return "hopfield";
    }

    @Override
    public int values() {
        return weights.rows();
    }

    /** One triangle of the weights. */
    @Override
    public long bytes() {
        return (long) Float.BYTES * values() * (values() - 1) / 2;
    }

    /** Every iteration allows as many sweeps again; a fixed point is its own recall. */
    @Override
    public Recall recall(Matrix cues, int iterations) {
        Cues.require(this, cues);
        Cues.requireIterations(iterations);
        Matrix state = bipolar(cues, options.threshold());
        return settle(state, Mask.known(new boolean[values()]), (long) iterations * options.sweeps());
    }

    @Override
    public Recall complete(Matrix given, Mask mask) {
        Matrix cues = Cues.known(this, given, mask);
        Matrix state = mask.blank(bipolar(cues, options.threshold()), 0);
        Recall recall = settle(state, mask, options.sweeps());
        mask.clamp().hold(cues, recall.patterns());
        return recall;
    }

    private Recall settle(Matrix state, Mask held, long sweeps) {
        int cues = state.rows();
        int[] steps = new int[cues];
        boolean[] resting = new boolean[cues];
        SplittableRandom random = Stream.UPDATES.of(options.seed());
        for (long sweep = 0; sweep < sweeps && isMoving(resting); sweep++) {
            Matrix field = la.product(state, Transpose.NO, weights, Transpose.NO);
            int[] order = permutation(random);
            la.parallel(cues, cue -> {
                if (!resting[cue]) {
                    resting[cue] = !sweep(state, field, cue, held, order);
                    steps[cue] += resting[cue] ? 0 : 1;
                }
            });
        }
        return result(state, held, steps);
    }

    /** Whether the sweep changed the state of the cue. */
    private boolean sweep(Matrix state, Matrix field, int cue, Mask held, int[] order) {
        boolean changed = false;
        int n = values();
        float[] s = state.data();
        float[] h = field.data();
        int row = cue * n;
        for (int i : order) {
            if (held.isKnown(cue, i)) {
                continue;
            }
            float before = s[row + i];
            float after = next(before, h[row + i], noField[i]);
            if (after != before) {
                changed = true;
                s[row + i] = after;
                if (options.updates() == HopfieldOptions.Updates.ASYNCHRONOUS) {
                    spread(weights.data(), i * n, after - before, h, row, n);
                }
            }
        }
        return changed;
    }

    private static float next(float state, float field, float noField) {
        if (Math.abs(field) > noField) {
            return Math.signum(field);
        }
        return state == 0 ? -1 : state;
    }

    private static void spread(float[] weights, int from, float change, float[] field, int row, int n) {
        for (int j = 0; j < n; j++) {
            field[row + j] += change * weights[from + j];
        }
    }

    private Recall result(Matrix state, Mask held, int[] steps) {
        int n = values();
        int cues = state.rows();
        Matrix field = la.product(state, Transpose.NO, weights, Transpose.NO);
        Matrix answers = Matrix.zeros(cues, n);
        double[] energy = new double[cues];
        double[] residual = new double[cues];
        Status[] status = new Status[cues];
        for (int cue = 0; cue < cues; cue++) {
            double against = 0;
            double all = 0;
            status[cue] = Status.CONVERGED;
            for (int i = 0; i < n; i++) {
                float s = state.get(cue, i);
                float h = field.get(cue, i);
                energy[cue] -= 0.5 * s * h;
                answers.set(cue, i, levels.of(s));
                if (!held.isKnown(cue, i)) {
                    all += Math.abs(h);
                    if (next(s, h, noField[i]) != s) {
                        against += Math.abs(h);
                        status[cue] = Status.STEPS_USED;
                    }
                }
            }
            residual[cue] = against == 0 ? 0 : against / all;
        }
        return new Recall(answers, energy, residual, steps, List.of(status));
    }

    private int[] permutation(SplittableRandom random) {
        int[] order = new int[values()];
        Arrays.setAll(order, i -> i);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    private static boolean isMoving(boolean[] resting) {
        return IntStream.range(0, resting.length).anyMatch(cue -> !resting[cue]);
    }
}
