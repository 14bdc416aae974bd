package dev.engram.playground;

import dev.engram.memory.Shape;
import java.util.Base64;
import java.util.BitSet;
import java.util.function.IntToDoubleFunction;

/** Values as the bytes a page can show, in base64. Nothing is computed with what is made here. */
final class Pixels {
    private static final int BYTE = 255;
    private static final int MIDDLE = 128;

    private Pixels() {}

    /** Values in [0, 1], clamped, as 0..255. */
    static String picture(float[] values) {
        return bytes(values.length, i -> BYTE * values[i]);
    }

    /** The largest error of each pixel, on a scale that shows small ones: 255 √|ε|. */
    static String errors(float[] errors, Shape shape) {
        int channels = shape.channels();
        return bytes(errors.length / channels, pixel -> {
            double largest = 0;
            for (int c = 0; c < channels; c++) {
                largest = Math.max(largest, Math.abs(errors[pixel * channels + c]));
            }
            return BYTE * Math.sqrt(largest);
        });
    }

    /** Values of either sign: 128 is 0, 255 is {@code scale}. */
    static String signed(float[] values, double scale) {
        return bytes(values.length, i -> MIDDLE + (BYTE - MIDDLE) * values[i] / scale);
    }

    /** 1 for every pixel of which a value is in the set. */
    static String marked(BitSet values, Shape shape) {
        int channels = shape.channels();
        return bytes(shape.values() / channels, pixel -> values.get(pixel * channels) ? 1 : 0);
    }

    private static String bytes(int length, IntToDoubleFunction value) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) Math.max(0, Math.min(BYTE, Math.round(value.applyAsDouble(i))));
        }
        return Base64.getEncoder().encodeToString(bytes);
    }
}
