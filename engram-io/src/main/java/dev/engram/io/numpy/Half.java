package dev.engram.io.numpy;

/** The two 16-bit float formats, widened to 32 bits; every value is represented exactly. */
public final class Half {
    private static final int EXPONENT_BIAS_DIFFERENCE = 127 - 15;
    private static final int MANTISSA_SHIFT = 23 - 10;
    private static final float SMALLEST_SUBNORMAL = 0x1p-24f;

    private Half() {}

    /** IEEE 754 binary16: 1 sign bit, 5 exponent bits, 10 mantissa bits. */
    public static float fromF16(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 0x1f;
        int mantissa = bits & 0x3ff;
        if (exponent == 0) {
            float magnitude = mantissa * SMALLEST_SUBNORMAL;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == 0x1f ? 0xff : exponent + EXPONENT_BIAS_DIFFERENCE;
        return Float.intBitsToFloat(sign | wide << 23 | mantissa << MANTISSA_SHIFT);
    }

    /** bfloat16: the upper half of a 32-bit float. */
    public static float fromBf16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
