package dev.engram.experiments.frame;

import dev.engram.experiments.report.Sheet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a finished cell of an experiment recorded: numbers, times, curves and pictures.
 *
 * @param measurements the same whenever the same is computed
 * @param timings seconds and the like, which are never twice the same
 * @param curves by name
 * @param sheets pictures by name
 * @param seconds the whole cell took
 */
record CellRecord(
        List<Measurement> measurements,
        List<Measurement> timings,
        Map<String, double[]> curves,
        Map<String, Sheet> sheets,
        double seconds) {
    CellRecord {
        measurements = List.copyOf(measurements);
        timings = List.copyOf(timings);
        curves = Collections.unmodifiableMap(new LinkedHashMap<>(curves));
        sheets = Collections.unmodifiableMap(new LinkedHashMap<>(sheets));
    }
}
