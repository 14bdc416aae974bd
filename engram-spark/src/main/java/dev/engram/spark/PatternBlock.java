package dev.engram.spark;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Spread;
import java.io.Serializable;
import java.util.List;

/**
 * Some patterns of a partition, one after the other.
 *
 * <p>Not a record, so that every serialiser of Spark can spill it to a disk.
 */
final class PatternBlock implements Serializable {
    private static final long serialVersionUID = 1;

    private final Matrix patterns;
    private final String[] names;
    private final long unusable;
    private final String firstReason;

    /**
     * @param patterns [patterns, values]
     * @param names one for each, or none
     * @param unusable records before this that were left out
     * @param firstReason why the first of them was; empty where none was
     */
    PatternBlock(Matrix patterns, List<String> names, long unusable, String firstReason) {
        this.patterns = patterns;
        this.names = names.toArray(String[]::new);
        this.unusable = unusable;
        this.firstReason = firstReason;
    }

    Matrix patterns() {
        return patterns;
    }

    List<String> names() {
        return List.of(names);
    }

    /** What is known of a partition. */
    static final class Survey implements Serializable {
        private static final long serialVersionUID = 1;

        final Spread spread;
        long patterns;
        long unusable;
        String firstReason = "";

        Survey(int values) {
            this.spread = new Spread(values);
        }

        void add(PatternBlock block) {
            spread.add(block.patterns);
            patterns += block.patterns.rows();
            unusable += block.unusable;
            firstReason = firstReason.isEmpty() ? block.firstReason : firstReason;
        }

        void add(Survey other) {
            spread.add(other.spread);
            patterns += other.patterns;
            unusable += other.unusable;
            firstReason = firstReason.isEmpty() ? other.firstReason : firstReason;
        }
    }
}
