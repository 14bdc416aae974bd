package dev.engram.experiments.frame;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The smallest piece of an experiment: computed as a unit, and kept when it is finished.
 *
 * @param setting which cell; no two of an experiment have the same
 * @param data how many patterns of each data set it uses; 0 for all
 * @param options whatever else its numbers depend on, by name: a change here has it computed again
 * @param bytes of memory it needs, about; 0 where that is not worth saying
 * @param cost how long it takes compared with the others, about; for the remaining time
 */
public record Cell(
        CellSetting setting,
        Map<DataSet, Integer> data,
        Map<String, String> options,
        long bytes,
        double cost,
        Work work) {

    /** What a cell does: computes, and records at the bench. */
    @FunctionalInterface
    public interface Work {
        void run(Workbench bench);
    }

    public Cell {
        data = Collections.unmodifiableMap(data.isEmpty() ? Map.of() : new EnumMap<>(data));
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        if (bytes < 0 || !(cost > 0)) {
            throw new IllegalArgumentException(
                    "The cell %s needs %d bytes at a cost of %s; at least 0 and above 0 were expected."
                            .formatted(setting, bytes, cost));
        }
    }

    public static Cell of(CellSetting setting, Work work) {
        return new Cell(setting, Map.of(), Map.of(), 0, 1, work);
    }

    public Cell withData(DataSet set, int patterns) {
        Map<DataSet, Integer> more = new EnumMap<>(DataSet.class);
        more.putAll(data);
        more.put(set, patterns);
        return new Cell(setting, more, options, bytes, cost, work);
    }

    public Cell withOption(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(name, String.valueOf(value));
        return new Cell(setting, data, more, bytes, cost, work);
    }

    public Cell withBytes(long newBytes) {
        return new Cell(setting, data, options, newBytes, cost, work);
    }

    public Cell withCost(double newCost) {
        return new Cell(setting, data, options, bytes, newCost, work);
    }
}
