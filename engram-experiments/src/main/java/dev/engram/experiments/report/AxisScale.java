package dev.engram.experiments.report;

import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.List;

/** The scale of an axis for given data: where it begins and ends, where a value lies, what its ticks are. */
final class AxisScale {
    private static final int MOST_DECADES = 12;
    private static final int MOST_TICKS = 6;
    private static final int PLAIN_DECADES = 4;
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final char SUPERSCRIPT_MINUS = '⁻';
    private static final double ROUNDING = 1e-9;

    private final Axis axis;
    private final double low;
    private final double high;

    private AxisScale(Axis axis, double low, double high) {
        this.axis = axis;
        this.low = low;
        this.high = high;
    }

    /** @param values those that are not finite are left out */
    static AxisScale of(Axis axis, double[] values) {
        boolean log = axis.scale() == Axis.Scale.LOGARITHMIC;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (Double.isFinite(value) && (!log || value > 0)) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        if (least > most) {
            least = log ? 0.1 : 0;
            most = 1;
        }
        double low = axis.from().orElse(least);
        double high = axis.to().orElse(most);
        if (log) {
            return logarithmic(axis, Math.log10(low), Math.log10(high));
        }
        if (high <= low) {
            high = low + 1;
        }
        double step = step(high - low);
        return new AxisScale(
                axis,
                axis.from().orElse(Math.floor(low / step + ROUNDING) * step),
                axis.to().orElse(Math.ceil(high / step - ROUNDING) * step));
    }

    /** To whole decades, unless the ends or the ticks were given. */
    private static AxisScale logarithmic(Axis axis, double least, double most) {
        boolean whole = axis.ticks().isEmpty();
        double high = axis.to().isPresent() || !whole ? most : Math.ceil(most - ROUNDING);
        double low =
                Math.max(high - MOST_DECADES, axis.from().isPresent() || !whole ? least : Math.floor(least + ROUNDING));
        return new AxisScale(axis, low, high > low ? high : low + 1);
    }

    /** Where the value lies, from 0 to 1. */
    double at(double value) {
        double place = value;
        if (axis.scale() == Axis.Scale.LOGARITHMIC) {
            place = value > 0 ? Math.log10(value) : low;
        }
        return Math.max(0, Math.min(1, (place - low) / (high - low)));
    }

    List<Axis.Tick> ticks() {
        if (!axis.ticks().isEmpty()) {
            return axis.ticks();
        }
        List<Axis.Tick> ticks = new ArrayList<>();
        if (axis.scale() == Axis.Scale.LOGARITHMIC) {
            int every = Math.max(1, (int) Math.ceil((high - low) / MOST_TICKS));
            for (int decade = (int) Math.ceil(low - ROUNDING); decade <= high + ROUNDING; decade += every) {
                ticks.add(new Axis.Tick(Math.pow(10, decade), decade(decade)));
            }
            return ticks;
        }
        double step = step(high - low);
        for (long k = Math.round(Math.ceil(low / step - ROUNDING)); k * step <= high + ROUNDING * step; k++) {
            ticks.add(tick(k * step));
        }
        return ticks;
    }

    private Axis.Tick tick(double value) {
        if (axis.format() == Axis.Format.PERCENT) {
            return new Axis.Tick(value, NumberText.plain(100 * value) + " %");
        }
        return new Axis.Tick(value, NumberText.plain(value));
    }

    /** Powers of ten as papers write them, unless all are short as plain numbers. */
    private String decade(int decade) {
        if (low > -PLAIN_DECADES && high < PLAIN_DECADES) {
            return tick(Math.pow(10, decade)).label();
        }
        StringBuilder power = new StringBuilder("10");
        String.valueOf(decade)
                .chars()
                .forEach(c -> power.append(c == '-' ? SUPERSCRIPT_MINUS : SUPERSCRIPTS.charAt(c - '0')));
        return power.toString();
    }

    /** 1, 2 or 5 times a power of ten, so that there are about five steps. */
    private static double step(double span) {
        double raw = span / (MOST_TICKS - 1);
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double lead = raw / power;
        return power * (lead <= 1 + ROUNDING ? 1 : lead <= 2 + ROUNDING ? 2 : lead <= 5 + ROUNDING ? 5 : 10);
    }
}
