package dev.engram.io.numpy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfTest {
    @Test
    void signsOfSubnormalAndZeroAreKept() {
        assertThat(Half.fromF16((short) 0x8001)).isEqualTo(-0x1p-24f);
        assertThat(Half.fromF16((short) 0x03ff)).isEqualTo(1023 * 0x1p-24f);
        assertThat(Float.floatToRawIntBits(Half.fromF16((short) 0x8000))).isEqualTo(0x80000000);
        assertThat(Half.fromF16((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Half.fromF16((short) 0x7e00)).isNaN();
    }

    @Test
    void everyFiniteValueIsTheOneOfItsParts() {
        for (int bits = 0; bits < 0x7c00; bits++) {
            int exponent = bits >> 10;
            int fraction = bits & 0x3ff;
            double value =
                    exponent == 0 ? fraction * Math.pow(2, -24) : (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);

            assertThat((double) Half.fromF16((short) bits)).isEqualTo(value);
        }
    }

    @Test
    void brainFloatsAreTheUpperHalfOfFloats() {
        assertThat(Half.fromBf16((short) 0x3fc0)).isEqualTo(1.5f);
        assertThat(Half.fromBf16((short) 0xc020)).isEqualTo(-2.5f);
        assertThat(Half.fromBf16((short) 0xff80)).isEqualTo(Float.NEGATIVE_INFINITY);
    }
}
