package dev.engram.io.safetensors;

import java.util.Arrays;
import java.util.Optional;

/** The element types of a tensor in a safetensors file, by that format's own names. */
public enum DType {
    F64(8),
    F32(4),
    /** IEEE half precision; read as floats, not written. */
    F16(2),
    /** The upper half of a 32-bit float; read as floats, not written. */
    BF16(2),
    I64(8),
    I32(4),
    U8(1),
    /** One byte each, 0 or 1; read as bytes, not written. */
    BOOL(1);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes in one element. */
    public int bytes() {
        return bytes;
    }

    static Optional<DType> ofName(String name) {
        return Arrays.stream(values()).filter(t -> t.name().equals(name)).findFirst();
    }
}
