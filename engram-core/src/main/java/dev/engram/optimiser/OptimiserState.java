package dev.engram.optimiser;

import dev.engram.linalg.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** The state that an {@link Optimiser} keeps for one parameter: the number of updates, and running averages in the parameter's shape. */
public final class OptimiserState {
    private final List<Tensor> averages;
    private long updates;

    private OptimiserState(long updates, List<Tensor> averages) {
        this.updates = updates;
        this.averages = List.copyOf(averages);
    }

    /** Before the first update: averages of 0 in the shape of a parameter. */
    public static OptimiserState zeros(Tensor parameter, int count) {
        return new OptimiserState(
                0,
                IntStream.range(0, count)
                        .mapToObj(i -> Tensor.zeros(parameter.precision(), parameter.shape()))
                        .toList());
    }

    /** A state as it was read out. */
    public static OptimiserState of(long updates, List<Tensor> averages) {
        return new OptimiserState(updates, averages).copy();
    }

    public OptimiserState copy() {
        return new OptimiserState(updates, averages.stream().map(Tensor::copy).toList());
    }

    public long updates() {
        return updates;
    }

    /** None for plain steps, the velocity for momentum, mean and mean square for Adam; live. */
    public List<Tensor> averages() {
        return averages;
    }

    /** Takes over another of the same optimiser and shape. */
    public void set(OptimiserState other) {
        updates = other.updates;
        for (int i = 0; i < averages.size(); i++) {
            averages.get(i).set(other.averages.get(i));
        }
    }

    /** Whether all averages are. */
    public boolean isFinite() {
        return averages.stream().allMatch(Tensor::isFinite);
    }

    /** Counts an update. */
    public void count() {
        updates++;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OptimiserState s && updates == s.updates && averages.equals(s.averages);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(updates) + averages.hashCode();
    }

    @Override
    public String toString() {
        return "OptimiserState after %d updates".formatted(updates);
    }
}
