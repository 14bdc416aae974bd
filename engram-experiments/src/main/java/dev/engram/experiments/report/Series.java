package dev.engram.experiments.report;

import java.util.stream.IntStream;

/**
 * A curve of a chart.
 *
 * @param x where its points are, ascending
 * @param y their values; one that is not finite leaves a gap
 * @param low lower ends of the spread, or none
 * @param high upper ends of the spread, or none
 */
public record Series(String name, double[] x, double[] y, double[] low, double[] high, Line line, Spread spread) {
    /** How its points are joined. */
    public enum Line {
        SOLID,
        /** For references: no markers. */
        DASHED,
        NONE
    }

    /** How its spread is drawn. */
    public enum Spread {
        NONE,
        BARS,
        BAND
    }

    public Series {
        int ends = spread == Spread.NONE ? 0 : x.length;
        if (x.length != y.length || low.length != ends || high.length != ends) {
            throw new IllegalArgumentException(
                    "The series \"%s\" has %d places, %d values and %d to %d ends of its spread; they must agree."
                            .formatted(name, x.length, y.length, low.length, high.length));
        }
    }

    public static Series of(String name, double[] x, double[] y) {
        return new Series(name, x.clone(), y.clone(), new double[0], new double[0], Line.SOLID, Spread.NONE);
    }

    /** Values of the steps 0, 1, 2 .. */
    public static Series ofSteps(String name, double[] y) {
        return of(name, IntStream.range(0, y.length).asDoubleStream().toArray(), y);
    }

    /** A dashed line at a value: a threshold, a reference. */
    public static Series level(String name, double from, double to, double y) {
        return of(name, new double[] {from, to}, new double[] {y, y}).withLine(Line.DASHED);
    }

    public Series withSpread(Spread newSpread, double[] newLow, double[] newHigh) {
        return new Series(name, x, y, newLow.clone(), newHigh.clone(), line, newSpread);
    }

    public Series withLine(Line newLine) {
        return new Series(name, x, y, low, high, newLine, spread);
    }
}
