package dev.engram.io.numpy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The element types of a NumPy array that can be read, by NumPy's own codes, without the byte order. */
public enum NpyType {
    BOOL("b1", 1),
    UINT8("u1", 1),
    INT8("i1", 1),
    UINT16("u2", 2),
    INT16("i2", 2),
    UINT32("u4", 4),
    INT32("i4", 4),
    UINT64("u8", 8),
    INT64("i8", 8),
    FLOAT16("f2", 2),
    FLOAT32("f4", 4),
    FLOAT64("f8", 8);

    private static final double TWO_TO_64 = 0x1p64;

    private final String code;
    private final int bytes;

    NpyType(String code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** NumPy's code without the byte order, for example {@code f4}. */
    public String code() {
        return code;
    }

    /** Bytes in one element. */
    public int bytes() {
        return bytes;
    }

    static Optional<NpyType> ofCode(String code) {
        return Arrays.stream(values()).filter(t -> t.code.equals(code)).findFirst();
    }

    /** The next element as a float; the buffer's byte order counts. Wide integers and doubles are rounded. */
    float next(ByteBuffer buffer) {
        return switch (this) {
            case BOOL -> buffer.get() == 0 ? 0f : 1f;
            case UINT8 -> buffer.get() & 0xff;
            case INT8 -> buffer.get();
            case UINT16 -> buffer.getChar();
            case INT16 -> buffer.getShort();
            case UINT32 -> buffer.getInt() & 0xffffffffL;
            case INT32 -> buffer.getInt();
            case UINT64 -> unsigned(buffer.getLong());
            case INT64 -> buffer.getLong();
            case FLOAT16 -> Half.fromF16(buffer.getShort());
            case FLOAT32 -> buffer.getFloat();
            case FLOAT64 -> (float) buffer.getDouble();
        };
    }

    private static float unsigned(long value) {
        return (float) (value >= 0 ? value : value + TWO_TO_64);
    }

    /** The next {@code count} elements into {@code out} from {@code from}. */
    void decode(ByteBuffer buffer, float[] out, int from, int count) {
        switch (this) {
            case FLOAT32 -> buffer.asFloatBuffer().get(out, from, count);
            case UINT8 -> {
                for (int i = from; i < from + count; i++) {
                    out[i] = buffer.get() & 0xff;
                }
            }
            default -> {
                for (int i = from; i < from + count; i++) {
                    out[i] = next(buffer);
                }
            }
        }
    }
}
