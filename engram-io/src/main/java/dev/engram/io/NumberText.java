package dev.engram.io;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as people read them, the same in every locale. */
public final class NumberText {
    private static final double KILO = 1000;

    private NumberText() {}

    /** Three significant digits: {@code 0.00123}, {@code 4.56e-07}, {@code 12.3}. */
    public static String brief(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : String.valueOf(value);
        }
        double magnitude = Math.abs(value);
        if (magnitude < 1e-3 || magnitude >= 1e5) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(magnitude)));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** As short as it can be, for the ticks of an axis: {@code 0}, {@code 0.05}, {@code 250}, {@code 1e-6}. */
    public static String plain(double value) {
        double magnitude = Math.abs(value);
        if (magnitude != 0 && (magnitude < 1e-3 || magnitude >= 1e5)) {
            BigDecimal rounded = new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
            int exponent = rounded.precision() - rounded.scale() - 1;
            return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
        }
        return new BigDecimal(value)
                .round(new MathContext(5))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** A fraction, for example {@code 98.5 %}; 100 only if it is all, 0 only if it is nothing. */
    public static String percent(double fraction) {
        if (!Double.isFinite(fraction) || fraction == 0 || fraction == 1) {
            return Double.isFinite(fraction) ? Math.round(100 * fraction) + " %" : "";
        }
        double shown = Math.max(0.1, fraction < 1 ? Math.min(99.9, 100 * fraction) : 100 * fraction);
        return String.format(Locale.ROOT, "%.1f %%", shown);
    }

    /** A fraction, or nothing where there is none. */
    public static String percent(OptionalDouble fraction) {
        return percent(fraction.orElse(Double.NaN));
    }

    /** For example {@code 98.5 %}; 100 only if it is all. */
    public static String percent(int part, int whole) {
        double percent = whole == 0 ? 0 : 100.0 * part / whole;
        return part == whole && whole > 0 ? "100 %" : String.format(Locale.ROOT, "%.1f %%", Math.min(percent, 99.9));
    }

    /** For example {@code 1.2 MB}. */
    public static String bytes(long bytes) {
        if (bytes < KILO) {
            return bytes + " bytes";
        }
        String[] units = {"kB", "MB", "GB", "TB"};
        double value = bytes / KILO;
        int unit = 0;
        while (value >= KILO && unit < units.length - 1) {
            value /= KILO;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }

    /** For example {@code 1 pattern}, {@code 50 patterns}. */
    public static String count(int count, String noun) {
        return "%d %s%s".formatted(count, noun, count == 1 ? "" : "s");
    }

    /** For example {@code 0.42 s}, {@code 12 s}, {@code 3 min 05 s}. */
    public static String duration(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.2g s", Math.max(seconds, 0.01));
        }
        long whole = Math.round(seconds);
        return whole < 60
                ? whole + " s"
                : whole < 3600
                        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
    }
}
