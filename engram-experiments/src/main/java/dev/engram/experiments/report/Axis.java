package dev.engram.experiments.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One axis of a chart.
 *
 * @param label what the values are, with their unit
 * @param from where it begins; empty lets the data decide
 * @param to where it ends; empty lets the data decide
 * @param ticks where it is marked; empty lets the scale decide
 */
public record Axis(String label, Scale scale, Format format, OptionalDouble from, OptionalDouble to, List<Tick> ticks) {
    /** How values become places. */
    public enum Scale {
        LINEAR,
        /** Values that are not above 0 are drawn at the beginning of the axis. */
        LOGARITHMIC
    }

    /** How ticks are written. */
    public enum Format {
        NUMBER,
        /** A fraction, as per cent. */
        PERCENT
    }

    /** A mark at a value. */
    public record Tick(double value, String label) {}

    public Axis {
        ticks = List.copyOf(ticks);
    }

    public static Axis linear(String label) {
        return new Axis(label, Scale.LINEAR, Format.NUMBER, OptionalDouble.empty(), OptionalDouble.empty(), List.of());
    }

    public static Axis logarithmic(String label) {
        return new Axis(
                label, Scale.LOGARITHMIC, Format.NUMBER, OptionalDouble.empty(), OptionalDouble.empty(), List.of());
    }

    /** An axis from 0 to 100 % for fractions. */
    public static Axis percent(String label) {
        return new Axis(label, Scale.LINEAR, Format.PERCENT, OptionalDouble.of(0), OptionalDouble.of(1), List.of());
    }

    public Axis withRange(double newFrom, double newTo) {
        if (!(newFrom < newTo) || scale == Scale.LOGARITHMIC && newFrom <= 0) {
            throw new IllegalArgumentException("The range %s to %s of the %s axis \"%s\" must rise%s."
                    .formatted(
                            newFrom, newTo, scale, label, scale == Scale.LOGARITHMIC ? " from a value above 0" : ""));
        }
        return new Axis(label, scale, format, OptionalDouble.of(newFrom), OptionalDouble.of(newTo), ticks);
    }

    public Axis withTicks(List<Tick> newTicks) {
        return new Axis(label, scale, format, from, to, newTicks);
    }
}
