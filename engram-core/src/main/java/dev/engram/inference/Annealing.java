package dev.engram.inference;

import java.io.Serializable;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The sequence of prior precisions λ that an inference uses, as factors of the network's own: each equilibrium is the start of the next.
 *
 * <p>Completion is limited by the pull of the memory vector; lowering λ step by step removes it without losing the basin the
 * training value chose.
 *
 * @param factors at least one, each positive
 */
public record Annealing(List<Double> factors) implements Serializable {
    public Annealing {
        factors = List.copyOf(factors);
        if (factors.isEmpty() || factors.stream().anyMatch(f -> !(f > 0) || f.isInfinite())) {
            throw new IllegalArgumentException(
                    "An annealing needs at least one factor, each positive and finite; given was " + factors + ".");
        }
    }

    /** The network's own λ throughout, as in the paper. */
    public static Annealing none() {
        return new Annealing(List.of(1.0));
    }

    /** λ, λ/10, λ/100 .. λ/10^decades. */
    public static Annealing decades(int decades) {
        DoubleStream factors = IntStream.rangeClosed(0, decades).mapToDouble(k -> Math.pow(10, -k));
        return new Annealing(factors.boxed().toList());
    }
}
