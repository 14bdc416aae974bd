package dev.engram.cli.bench;

import dev.engram.cli.console.JsonOutput;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How costs grow with the number of patterns N: the exponents p of c·Nᵖ, by least squares of log cost on log N.
 *
 * <p>Small numbers say little of large ones, for in them weighs what does not grow; so only the last {@value #LAST} rows count.
 *
 * @param rows at least two, of different numbers of patterns
 */
record Growth(List<PatternRow> rows) {
    private static final int LAST = 3;

    /** That of the last of these rows. */
    static Growth ofLast(List<PatternRow> rows) {
        return new Growth(rows.subList(Math.max(0, rows.size() - LAST), rows.size()));
    }

    List<Integer> fittedTo() {
        return rows.stream().map(PatternRow::patterns).toList();
    }

    /** The exponent of a cost; NaN where one is not known or not positive. */
    double exponent(ToDoubleFunction<PatternRow> cost) {
        double meanX = rows.stream().mapToDouble(Growth::size).average().orElse(0);
        double together = 0;
        double alone = 0;
        for (PatternRow row : rows) {
            double x = size(row) - meanX;
            together += x
                    * Math.log(
                            cost.applyAsDouble(row)); // the x sum to 0, so the mean of the others need not be taken off
            alone += x * x;
        }
        return Double.isFinite(together) ? together / alone : Double.NaN;
    }

    private static double size(PatternRow row) {
        return Math.log(row.patterns());
    }

    /** A line that stands under those of {@link PatternRow#text}. */
    String text() {
        return "%8s %8s %9.2f %9.2f %10.2f %12.2f %10.2f %10.2f %10.2f"
                .formatted(
                        "exponent",
                        "",
                        exponent(PatternRow::learn),
                        exponent(PatternRow::write),
                        exponent(PatternRow::bytes),
                        exponent(PatternRow::complete),
                        exponent(PatternRow::query),
                        exponent(row -> row.memory().heap()),
                        exponent(row -> row.memory().resident()));
    }

    JsonOutput json() {
        return new JsonOutput()
                .with("fitted_to", fittedTo())
                .with("learn_seconds", exponent(PatternRow::learn))
                .with("write_seconds", exponent(PatternRow::write))
                .with("file_bytes", exponent(PatternRow::bytes))
                .with("complete_seconds_per_cue", exponent(PatternRow::complete))
                .with("query_seconds", exponent(PatternRow::query))
                .with("peak_heap_bytes", exponent(row -> row.memory().heap()))
                .with("peak_resident_bytes", exponent(row -> row.memory().resident()));
    }
}
