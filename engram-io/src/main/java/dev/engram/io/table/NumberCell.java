package dev.engram.io.table;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as they are written into a table: with as many digits as a 32-bit float of the column's spread has, or as the user wrote them. */
final class NumberCell {
    private static final int DIGITS = 6;

    private NumberCell() {}

    /**
     * The text of a value in the user's units. One digit less is taken where it says the same value: 20.5, and not 20.4999997.
     *
     * @param standardised the value less the column's mean, over its standard deviation
     */
    static String text(float standardised, double mean, double deviation) {
        double value = mean + deviation * standardised;
        if (!Double.isFinite(value)) {
            return "";
        }
        int decimals = DIGITS - (int) Math.floor(Math.log10(deviation));
        BigDecimal shorter = rounded(value, decimals - 1);
        boolean saysTheSame = (float) ((shorter.doubleValue() - mean) / deviation) == standardised;
        BigDecimal rounded = saysTheSame ? shorter : rounded(value, decimals);
        if (rounded.signum() == 0) {
            return "0";
        }
        BigDecimal shortest = rounded.stripTrailingZeros();
        return Math.abs(value) < 1e-6 || Math.abs(value) >= 1e15 ? shortest.toString() : shortest.toPlainString();
    }

    private static BigDecimal rounded(double value, int decimals) {
        return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
    }
}
