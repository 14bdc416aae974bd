package dev.engram.optimiser;

import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Where a learning stands between two updates: all that it needs, beside its patterns, options and seed, to be resumed and to end with the
 * bits of one that was never stopped. Tensors and numbers by name, copies; what is random is drawn again from the seed.
 *
 * @param update how many updates are made, at least 1
 */
public record LearningState(int update, Map<String, Tensor> tensors, Map<String, Double> numbers) {
    public LearningState {
        tensors = Collections.unmodifiableMap(new TreeMap<>(tensors));
        numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
        if (update < 1) {
            throw new IllegalArgumentException(
                    "A learning can be resumed after its first update; %d were made.".formatted(update));
        }
    }

    /** A state that is being written down. */
    public static final class Draft {
        private final int update;
        private final Map<String, Tensor> tensors = new TreeMap<>();
        private final Map<String, Double> numbers = new TreeMap<>();

        public Draft(int update) {
            this.update = update;
        }

        /** With a copy of a tensor. */
        public Draft with(String name, Tensor tensor) {
            tensors.put(name, tensor.copy());
            return this;
        }

        /** With a copy of a matrix. */
        public Draft with(String name, Matrix matrix) {
            return with(name, Tensor.of(matrix));
        }

        public Draft with(String name, double number) {
            numbers.put(name, number);
            return this;
        }

        /** With what an optimiser remembers of a parameter. */
        public Draft with(String name, OptimiserState state) {
            for (int i = 0; i < state.averages().size(); i++) {
                with(average(name, i), state.averages().get(i));
            }
            return with(updates(name), state.updates());
        }

        public LearningState state() {
            return new LearningState(update, tensors, numbers);
        }
    }

    private static String average(String name, int index) {
        return "optimiser.%s.%d".formatted(name, index);
    }

    private static String updates(String name) {
        return "updates.%s".formatted(name);
    }

    /**
     * Gives a tensor the values it had.
     *
     * @throws IllegalArgumentException if there is none of that name, or it has another shape
     */
    public void restore(String name, Tensor into) {
        Tensor kept = tensors.get(name);
        if (kept == null || kept.precision() != into.precision() || !kept.hasShape(into.shape())) {
            throw foreign("has %s as %s where %s was expected".formatted(name, kept == null ? "nothing" : kept, into));
        }
        into.set(kept);
    }

    /** {@link #restore(String, Tensor)} of a matrix. */
    public void restore(String name, Matrix into) {
        restore(name, Tensor.of(into));
    }

    /** Gives an optimiser what it remembered of a parameter. */
    public void restore(String name, OptimiserState into) {
        List<Tensor> averages = new ArrayList<>();
        for (int i = 0; i < into.averages().size(); i++) {
            Tensor average = into.averages().get(i).copy();
            restore(average(name, i), average);
            averages.add(average);
        }
        into.set(OptimiserState.of((long) number(updates(name)), averages));
    }

    /** The tensors whose names begin with that prefix, by what follows. */
    public Map<String, Tensor> under(String prefix) {
        Map<String, Tensor> found = new TreeMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), tensor);
            }
        });
        return found;
    }

    /** @throws IllegalArgumentException if there is none of that name */
    public double number(String name) {
        return find(name).orElseThrow(() -> foreign("lacks the number %s".formatted(name)));
    }

    /** The number of that name, if there is one. */
    public OptionalDouble find(String name) {
        Double number = numbers.get(name);
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    private static IllegalArgumentException foreign(String what) {
        return new IllegalArgumentException(
                "The state to resume from %s. Maybe it is of another learning.".formatted(what));
    }
}
