package dev.engram.experiments.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code results.json}, the same for every report.
 *
 * @param experiment which report
 * @param setting what was varied, in words
 * @param metric what was measured, with its unit
 * @param value the measurement; NaN where there is none
 * @param claim what was expected, in words; empty where nothing was
 * @param verdict whether it was met; {@link Verdict#MET} where nothing was expected
 */
public record ResultRow(String experiment, String setting, String metric, double value, String claim, Verdict verdict) {

    /** A measurement of which nothing was expected. */
    public static ResultRow measured(String experiment, String setting, String metric, double value) {
        return new ResultRow(experiment, setting, metric, value, "", Verdict.MET);
    }

    /** The row as JSON has it: a value that is not finite and a claim that was not run are {@code null}. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("experiment", experiment);
        map.put("setting", setting);
        map.put("metric", metric);
        map.put("value", Double.isFinite(value) ? value : null);
        map.put("claim", claim);
        map.put("met", verdict == Verdict.NOT_RUN ? null : verdict == Verdict.MET);
        return map;
    }
}
