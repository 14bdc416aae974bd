package dev.engram.learning;

import dev.engram.optimiser.LearningState;
import java.util.OptionalDouble;

/** The value nodes of all patterns in {@link Learning}, here or in parts elsewhere. */
interface LearningValues extends AutoCloseable {
    /** Puts them at the memory vector, apart by the start noise. */
    void begin();

    /**
     * Finds the errors where the values are.
     *
     * @param settle whether inference moves them before
     * @return the energy of every layer, 0 .. L, of all patterns together
     */
    double[] infer(boolean settle);

    /**
     * Moves weights and memory vector by the errors found.
     *
     * @param fromCodes whether the values are the start codes as they are
     * @return the sum of the squared errors left, where the rule knows it
     */
    OptionalDouble update(boolean fromCodes);

    /** Σ |x⁰|² of all patterns. */
    double squares();

    /** Σ |x⁰ - m|², with m their mean. */
    double squaresAboutMean();

    void save(LearningState.Draft into);

    void restore(LearningState from);

    @Override
    default void close() {}

    /** The name of a layer's values in a state. */
    static String name(int layer) {
        return "values.%d".formatted(layer);
    }
}
