package dev.engram.inference;

import dev.engram.network.Clamp;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import java.util.List;

/**
 * What each engine would cost for an inference: N cues, T steps, layers of size(0) = d, size(1) = n and so on, weights between the first two
 * kept as a matrix (then r = n directions reach the sensory layer) or in the span of r directions.
 */
public final class InferencePlan {
    private static final double FACTOR = 1; // operations of a Cholesky factor and its inverse, over n³
    private static final double NEWTON_STEPS = 2;

    private InferencePlan() {}

    /** The engines that could run this inference, with their costs; {@link EngineCost#cheapest} is what AUTO takes. */
    public static List<EngineCost> of(Inference inference, GenerativeNetwork network, Clamp clamp, int cues) {
        if (inference.solver() instanceof Solver.Newton) {
            return newton(network, clamp, cues);
        }
        return inference.isConstant(clamp)
                ? constant(network, cues, inference.stop().steps())
                : firstOrder(inference, network, clamp, cues);
    }

    /** A given number of constant steps with every sensory node clamped. */
    static List<EngineCost> constant(GenerativeNetwork network, int cues, int steps) {
        double n = network.size(1);
        double rows = rows(network);
        double above = above(network, cues);
        return List.of(
                EngineCost.of(
                        Engine.REFERENCE,
                        "%d steps of 4Nn·%.0f operations".formatted(steps, rows),
                        steps * (4 * cues * n * rows + above),
                        4 * (cues * (rows + 10 * n))),
                EngineCost.of(
                        Engine.REDUCED,
                        "sensory layer summed away (G = WᵀW once), %d steps of 2Nn²".formatted(steps),
                        n * n * rows + 2 * cues * n * rows + steps * (2 * cues * n * n + above),
                        4 * (n * n + 10 * cues * n)));
    }

    private static List<EngineCost> firstOrder(Inference inference, GenerativeNetwork network, Clamp clamp, int cues) {
        double d = network.size(0);
        double n = network.size(1);
        double r = network.map(1).directions();
        int stages = inference.annealing().factors().size();
        double steps = (double) inference.stop().steps() * stages;
        double written = network.map(1) instanceof LinearMap.Spanned ? 4 * cues * r * (n + d) : 4 * cues * n * d;
        double above = above(network, cues);
        double once = 0;
        double most = 0;
        double all = 0; // coordinates of all cues
        boolean factors = false;
        for (int[] group : clamp.groups(cues)) {
            int known = clamp.row(group[0]).cardinality();
            boolean reduced = known > r;
            once += reduced ? 4 * r * r * known + FACTOR * r * r * r : 0;
            factors |= reduced;
            most = Math.max(most, Math.min(known, r));
            all += group.length * Math.min(known, r);
        }
        EngineCost reduced = EngineCost.of(
                Engine.REDUCED,
                "the known nodes in %.0f coordinates, %.0f steps of 4Nn·%.0f".formatted(most, steps, most),
                once + steps * (4 * n * all + above),
                8 * (factors ? 4 * r * r : 0) + 8 * most * n + 4 * 8 * cues * n);
        return List.of(
                EngineCost.of(
                        Engine.REFERENCE,
                        "%.0f steps of 4Nnd".formatted(steps),
                        steps * (written + above),
                        4 * cues * (clamp.isAll() ? d : 5 * d) + 4 * 8 * cues * n),
                reduced.unless(
                        !inference.isLiteral() || clamp.isAll(),
                        "with a fixed γ, or one that nothing guards, free sensory nodes move, as in the paper"));
    }

    /** Newton works in the coordinates of a mask; a cue takes about two steps, under the last prior precision. */
    private static List<EngineCost> newton(GenerativeNetwork network, Clamp clamp, int cues) {
        double n = network.size(1);
        double d = network.size(0);
        LinearMap map = network.map(1);
        double once = 0;
        double solves = 0;
        double most = 0;
        double widest = 0;
        List<int[]> groups = clamp.groups(cues);
        for (int[] group : groups) {
            double known = clamp.row(group[0]).cardinality();
            double r = map instanceof LinearMap.Spanned && known == d
                    ? map.directions()
                    : Math.min(known, map.directions());
            once += weights(map, known, n) + n * r * r + FACTOR * r * r * r / 3;
            solves += NEWTON_STEPS * group.length * (3 * 2 * n * r + 4 * r * r);
            most = Math.max(most, r);
            widest = Math.max(widest, group.length);
        }
        return List.of(
                EngineCost.of(
                                Engine.REFERENCE,
                                "gradient steps on every node",
                                1e4 * 4 * cues * n * d,
                                4.0 * cues * 5 * d)
                        .unless(false, "Newton works in coordinates; Inference.accelerated() has a reference"),
                EngineCost.of(
                        Engine.REDUCED,
                        "Newton in %.0f coordinates for %d mask%s"
                                .formatted(most, groups.size(), groups.size() == 1 ? "" : "s"),
                        once + solves,
                        8 * (2 * n * most + most * most) + 8 * widest * (5 * n + 4 * most)));
    }

    /** The operations that J takes. */
    private static double weights(LinearMap map, double known, double n) {
        double rows = map.directions();
        boolean spanned = map instanceof LinearMap.Spanned;
        if (known <= rows || spanned && known == map.rows()) {
            return spanned && known < map.rows() ? 2 * n * rows * known : 0;
        }
        return rows * rows * known + FACTOR * rows * rows * rows / 3 + (spanned ? 2 * n * rows * rows : 0);
    }

    /** Rows of what multiplies the rates: r in span form, else d. */
    private static double rows(GenerativeNetwork network) {
        return network.map(1) instanceof LinearMap.Spanned spanned
                ? spanned.basis().rows()
                : network.size(0);
    }

    /** One step of the layers above the first hidden one. */
    private static double above(GenerativeNetwork network, int cues) {
        double operations = 0;
        for (int l = 2; l <= network.hiddenLayers(); l++) {
            operations += 4.0 * cues * network.size(l) * network.size(l - 1);
        }
        return operations;
    }
}
