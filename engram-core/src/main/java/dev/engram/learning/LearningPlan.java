package dev.engram.learning;

import dev.engram.inference.Engine;
import dev.engram.inference.EngineCost;
import java.util.List;

/**
 * What each engine would cost for learning: N patterns of d values, U updates of T inference steps each, n value nodes in each hidden layer.
 *
 * @param patterns N
 * @param sizes of the layers, sensory first
 * @param updates U
 * @param steps T
 * @param startsAtZero whether the sensory weights do
 * @param turns whether the rule does not depend on the coordinates ({@link LearningRule#turns}; not Adam)
 * @param memory bytes that may be used
 */
public record LearningPlan(
        int patterns, List<Integer> sizes, int updates, int steps, boolean startsAtZero, boolean turns, long memory) {
    private static final double EIGEN = 20; // operations of an eigendecomposition, over n³
    private static final int FLOAT = 4;
    private static final int AUDITED = 256; // cues at once

    /** The engines with their costs; {@link EngineCost#cheapest} is what AUTO takes. */
    public List<EngineCost> costs() {
        double d = sizes.get(0);
        double n = sizes.get(1);
        double own = startsAtZero ? 0 : n;
        double r = Math.min(patterns, d) + own;
        double weights = FLOAT * d * n;
        double held = 2 * weights + FLOAT * 2 * patterns * d;
        EngineCost reference = cost(Engine.REFERENCE, "every step 4Nnd, every update 4Nnd", 0, written(d), held);
        EngineCost reduced = cost(
                Engine.REDUCED,
                "sensory layer summed away at every update, every step 4Nn²",
                0,
                summed(d),
                2 * weights + 8 * (3 * n * n) + FLOAT * 2 * patterns * d);
        double once = 2.0 * patterns * patterns * d
                + Math.pow(patterns, 3) / 3
                + (startsAtZero ? 0 : n * n * d + 6.0 * patterns * n * d + 2 * n * n * d);
        EngineCost span = cost(
                Engine.SPAN,
                "coordinates once, every step 4Nn·%.0f".formatted(Math.min(r, n)),
                once,
                Math.min(written(r), summed(r)),
                (startsAtZero ? 0 : 2 * weights) + FLOAT * 2 * patterns * d + FLOAT * patterns * r + most(r, n));
        return List.of(
                fitting(reference),
                fitting(reduced),
                fitting(span.unless(turns, "the rule depends on the coordinates, as Adam does")
                        .unless(
                                startsAtZero || patterns + n <= d / 2,
                                "the patterns and the random weights together (%.0f) are not well below the values (%.0f)"
                                        .formatted(patterns + n, d))));
    }

    /** The most that is held at once beside patterns, basis and coordinates: while these are found, in an update, or in the audit. */
    private double most(double r, double n) {
        double finding = 8.0 * patterns * patterns + 2 * FLOAT * patterns * r;
        boolean once = startsAtZero && sizes.size() == 2; // mostly one update, which infers nothing
        double nodes = once ? FLOAT * 4 * patterns * n : hidden(); // noise, values, errors and rates
        double updating = FLOAT * (once ? 4 : 7) * patterns * r + 2 * FLOAT * r * n + nodes;
        double auditing = 8 * (n * r + r * r + AUDITED * (6 * n + 4 * r)) + 2 * FLOAT * r * n;
        return Math.max(updating, Math.max(finding, auditing)) - hidden(); // which is added for every engine
    }

    /** The one way to learn more patterns than hidden nodes from sums over them, a block at a time. */
    public List<EngineCost> ofSums() {
        double d = Math.min(sizes.get(0), patterns);
        double n = sizes.get(1);
        EngineCost sums = EngineCost.of(
                Engine.REDUCED,
                "sums over the patterns in blocks, every update N(n² + 4nd)",
                patterns * (d * d + n * n + 4 * n * d) + EIGEN * d * d * d + n * n * n / 3,
                Double.BYTES * (3 * d * d + 3 * n * n + 2 * n * d)
                        + (2.0 * FLOAT + Double.BYTES) * (d + n) * PatternBlocks.rowsFor((int) d)
                        + (d < sizes.get(0) ? 2.0 * FLOAT * patterns * sizes.get(0) : 0));
        String why = "more patterns than hidden nodes are learned from sums over them";
        return List.of(
                EngineCost.of(Engine.REFERENCE, "every step 4Nnd", 0, 0).unless(false, why),
                fitting(sums),
                EngineCost.of(Engine.SPAN, "coordinates once", 0, 0).unless(false, why));
    }

    private EngineCost fitting(EngineCost cost) {
        return cost.unless(
                cost.bytes() <= memory,
                "needs about %,d MB of memory; Java has %,d MB".formatted((long) cost.bytes() >> 20, memory >> 20));
    }

    private EngineCost cost(Engine engine, String how, double once, double eachUpdate, double bytes) {
        double operations = once + updates * (eachUpdate + solve() + steps * above());
        return new EngineCost(engine, how, operations, bytes + hidden(), "");
    }

    /** Values, rates and errors of the hidden nodes, a few times over. */
    private double hidden() {
        return FLOAT * 7.0 * patterns * sizes.stream().skip(1).mapToInt(s -> s).sum();
    }

    /** Inference and weight update with {@code rows} sensory nodes or coordinates. */
    private double written(double rows) {
        return (steps + 1) * 4.0 * patterns * sizes.get(1) * rows;
    }

    private double summed(double rows) {
        double n = sizes.get(1);
        return 4 * n * n * rows + EIGEN * n * n * n + steps * 4.0 * patterns * n * n + 4.0 * patterns * n * rows;
    }

    /** Local least squares' own solve, on the smaller side; small beside the rest for gradient steps too. */
    private double solve() {
        double n = sizes.get(1);
        double side = Math.min(patterns, n);
        return side * side * (patterns + n) + side * side * side;
    }

    private double above() {
        double operations = 0;
        for (int l = 2; l < sizes.size(); l++) {
            operations += 4.0 * patterns * sizes.get(l) * sizes.get(l - 1);
        }
        return operations;
    }
}
