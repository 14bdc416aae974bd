package dev.engram.io.table;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as they are written into a table: with as many digits as a 32-bit float of the column's spread has. */
final class NumberCell {
    private static final int DIGITS = 6;

    private NumberCell() {}

    /** @param deviation the standard deviation of the column */
    static String text(double value, double deviation) {
        if (!Double.isFinite(value)) {
            return "";
        }
        int decimals = DIGITS - (int) Math.floor(Math.log10(deviation));
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
        if (rounded.signum() == 0) {
            return "0";
        }
        BigDecimal shortest = rounded.stripTrailingZeros();
        return Math.abs(value) < 1e-6 || Math.abs(value) >= 1e15 ? shortest.toString() : shortest.toPlainString();
    }
}
