package dev.engram.cli;

import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class Numbers {
    private static final double KILO = 1000;

    private Numbers() {}

    /** Three significant digits: {@code 0.00123}, {@code 4.56e-07}, {@code 12.3}. */
    static String brief(double value) {
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

    /** For example {@code 98.5 %}; 100 only if it is all. */
    static String percent(int part, int whole) {
        double percent = whole == 0 ? 0 : 100.0 * part / whole;
        return part == whole && whole > 0 ? "100 %" : String.format(Locale.ROOT, "%.1f %%", Math.min(percent, 99.9));
    }

    /** For example {@code 1.2 MB}. */
    static String bytes(long bytes) {
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
    static String count(int count, String noun) {
        return "%d %s%s".formatted(count, noun, count == 1 ? "" : "s");
    }
}
