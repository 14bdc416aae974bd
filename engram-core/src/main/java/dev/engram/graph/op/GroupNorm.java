package dev.engram.graph.op;

import java.util.Arrays;

/**
 * Group normalisation: neighbouring channels of a picture are brought to mean 0 and variance 1 together, over all their pixels.
 *
 * <pre>
 *   x [channels, ...] in G groups of channels / G,  γ, β [channels]:  y[c] = γ_c (x[c] - mean) / √(var + 1e-5) + β_c     mean, var: of c's group
 * </pre>
 *
 * <p>With one group it is layer normalisation of whole pictures, with as many as channels instance normalisation. Wu and He 2018, "Group
 * Normalization", Eq. 1 to 7.
 */
final class GroupNorm extends Normalisation {
    private final int groups;

    GroupNorm(int groups) {
        if (groups < 1) {
            throw new IllegalArgumentException(
                    "A group normalisation needs at least 1 group; given were %d.".formatted(groups));
        }
        this.groups = groups;
    }

    @Override
    public String name() {
        return "groupNorm";
    }

    @Override
    int[] parameterShape(int[] x, int[] scale) {
        if (x.length == 0 || x[0] % groups != 0) {
            throw new IllegalArgumentException(
                    "the channels, the first axis of %s, do not make %d groups of one size. Maybe a divisor of their number"
                            .formatted(Arrays.toString(x), groups));
        }
        return new int[] {x[0]};
    }

    @Override
    int run(int perExample, int parameters) {
        return perExample / groups;
    }

    @Override
    int plane(int perExample, int parameters) {
        return perExample / parameters;
    }
}
