package dev.engram.memory.sparse;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.internal.Described;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a sparse quantised Hopfield network is built.
 *
 * @param shape of a pattern
 * @param sides the nodes on a side of each level's square grid, from the patches up to the single node on top: each divides the one before,
 *     the first divides height and width, and the last is 1
 * @param units the most units a node may have; 0 takes one for each pattern
 * @param novelty a node whose best unit is less similar than this to what it sees gets a new unit, while it may; above 1 always
 * @param bottomUp how much a node below the top trusts what it sees, from 0 to 1; the rest is what the node above expects
 */
public record SparseQuantisedOptions(Shape shape, List<Integer> sides, int units, double novelty, double bottomUp)
        implements MemoryModel {
    public SparseQuantisedOptions {
        sides = List.copyOf(sides);
        requireTree(shape, sides);
        if (units < 0) {
            throw new IllegalArgumentException(
                    "The number of units in a node (%d) must be at least 1, or 0 for one a pattern.".formatted(units));
        }
        if (!(novelty > 0)) {
            throw new IllegalArgumentException("The novelty (%s) must be positive.".formatted(novelty));
        }
        if (!(bottomUp >= 0 && bottomUp <= 1)) {
            throw new IllegalArgumentException(
                    "The trust in what is seen (%s) must be from 0 to 1.".formatted(bottomUp));
        }
    }

    private static void requireTree(Shape shape, List<Integer> sides) {
        if (sides.isEmpty() || sides.get(sides.size() - 1) != 1) {
            throw new IllegalArgumentException(
                    "The sides of the levels %s must end with 1, the single node on top.".formatted(sides));
        }
        for (int l = 0; l < sides.size(); l++) {
            int side = sides.get(l);
            boolean fits = side > 0
                    && (l > 0 ? sides.get(l - 1) % side == 0 : shape.height() % side == 0 && shape.width() % side == 0);
            if (!fits) {
                throw new IllegalArgumentException(
                        "The sides of the levels %s must divide the pattern %s, and each the one before. Maybe use 1 alone."
                                .formatted(sides, shape));
            }
        }
    }

    /** One hidden layer: a single node that sees the whole pattern, every pattern with a unit of its own. */
    public static SparseQuantisedOptions flat(Shape shape) {
        return tree(shape, 1);
    }

    /** A tree over the pattern, every pattern with a unit of its own in every node. */
    public static SparseQuantisedOptions tree(Shape shape, Integer... sides) {
        return new SparseQuantisedOptions(shape, Arrays.asList(sides), 0, Double.POSITIVE_INFINITY, 0.5);
    }

    public SparseQuantisedOptions withShape(Shape newShape) {
        return new SparseQuantisedOptions(newShape, sides, units, novelty, bottomUp);
    }

    public SparseQuantisedOptions withUnits(int most) {
        return new SparseQuantisedOptions(shape, sides, most, novelty, bottomUp);
    }

    public SparseQuantisedOptions withNovelty(double similarity) {
        return new SparseQuantisedOptions(shape, sides, units, similarity, bottomUp);
    }

    public SparseQuantisedOptions withBottomUp(double trust) {
        return new SparseQuantisedOptions(shape, sides, units, novelty, trust);
    }

    @Override
    public String name() {
        return "sparse-quantised-hopfield";
    }

    @Override
    public Map<String, String> describe() {
        return Described.of(
                "sides", sides.stream().map(String::valueOf).collect(Collectors.joining(",")),
                "units", Described.orWord(units, "auto"),
                "novelty", novelty(),
                "bottom_up", bottomUp());
    }

    @Override
    public boolean keepsPatterns() {
        return units == 0 && novelty > 1;
    }

    @Override
    public double bytesNeeded(int patterns, Shape shape) {
        double nodes = sides.get(0) * sides.get(0);
        return 2.0 * Float.BYTES * patterns * shape.values() + 256 * nodes * patterns;
    }

    @Override
    public Optional<String> obstacle(int patterns, Shape shape, long memory) {
        try {
            withShape(shape);
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
        return MemoryModel.super.obstacle(patterns, shape, memory);
    }

    /** The shape is that of the patterns, not that of the options. */
    @Override
    public Learned<SparseQuantisedHopfield> learn(
            Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
        return Learned.atOnce(SparseQuantisedHopfield.learn(patterns, withShape(shape), la), patterns, watch);
    }
}
