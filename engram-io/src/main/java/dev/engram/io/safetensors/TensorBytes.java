package dev.engram.io.safetensors;

import dev.engram.io.file.Digests;
import dev.engram.io.file.HeapLimit;
import dev.engram.io.file.MemoryFileException;
import dev.engram.io.numpy.Half;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/** The elements of a tensor as little-endian bytes, a block at a time: never a second copy of a large tensor. */
final class TensorBytes {
    private static final int BLOCK_ELEMENTS = 16_384;

    private final ByteBuffer block =
            ByteBuffer.allocate(BLOCK_ELEMENTS * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** What is done with a block of bytes. */
    @FunctionalInterface
    private interface Sink {
        void accept(byte[] bytes, int length) throws IOException;
    }

    /** The SHA-256 of the tensor's bytes. */
    String checksum(NamedTensor tensor) {
        MessageDigest digest = Digests.sha256();
        try {
            forEachBlock(tensor, (bytes, length) -> digest.update(bytes, 0, length));
        } catch (IOException e) {
            throw new AssertionError("A digest does no input or output.", e);
        }
        return Digests.hex(digest);
    }

    void write(NamedTensor tensor, OutputStream out) throws IOException {
        forEachBlock(tensor, (bytes, length) -> out.write(bytes, 0, length));
    }

    private void forEachBlock(NamedTensor tensor, Sink sink) throws IOException {
        int length = tensor.data().length();
        for (int from = 0; from < length; from += BLOCK_ELEMENTS) {
            int count = Math.min(BLOCK_ELEMENTS, length - from);
            block.clear();
            TensorData data = tensor.data();
            if (data instanceof TensorData.Floats floats) {
                block.asFloatBuffer().put(floats.values(), from, count);
            } else if (data instanceof TensorData.Doubles doubles) {
                block.asDoubleBuffer().put(doubles.values(), from, count);
            } else if (data instanceof TensorData.Ints ints) {
                block.asIntBuffer().put(ints.values(), from, count);
            } else if (data instanceof TensorData.Longs longs) {
                block.asLongBuffer().put(longs.values(), from, count);
            } else if (data instanceof TensorData.Bytes bytes) {
                block.put(bytes.values(), from, count);
            }
            sink.accept(block.array(), count * tensor.dtype().bytes());
        }
    }

    /**
     * Reads the tensor's elements.
     *
     * @param digest is fed the bytes
     */
    TensorData read(InputStream in, String what, SafetensorsHeader.Entry entry, MessageDigest digest)
            throws IOException {
        int length = HeapLimit.floats(
                "The tensor %s in %s".formatted(entry.name(), what), NamedTensor.elements(entry.shape()));
        TensorData data = allocate(entry.dtype(), length);
        for (int from = 0; from < length; from += BLOCK_ELEMENTS) {
            int count = Math.min(BLOCK_ELEMENTS, length - from);
            int bytes = count * entry.dtype().bytes();
            if (in.readNBytes(block.array(), 0, bytes) < bytes) {
                throw new MemoryFileException.Corrupt(
                        "%s is damaged (truncated) within the tensor %s. Maybe copy it again."
                                .formatted(what, entry.name()));
            }
            digest.update(block.array(), 0, bytes);
            block.clear();
            decode(entry.dtype(), data, from, count);
        }
        return data;
    }

    private static TensorData allocate(DType dtype, int length) {
        return switch (dtype) {
            case F32, F16, BF16 -> new TensorData.Floats(new float[length]);
            case F64 -> new TensorData.Doubles(new double[length]);
            case I32 -> new TensorData.Ints(new int[length]);
            case I64 -> new TensorData.Longs(new long[length]);
            case U8, BOOL -> new TensorData.Bytes(new byte[length]);
        };
    }

    private void decode(DType dtype, TensorData data, int from, int count) {
        if (data instanceof TensorData.Floats floats && dtype == DType.F32) {
            block.asFloatBuffer().get(floats.values(), from, count);
        } else if (data instanceof TensorData.Floats floats) {
            for (int i = from; i < from + count; i++) {
                short bits = block.getShort();
                floats.values()[i] = dtype == DType.F16 ? Half.fromF16(bits) : Half.fromBf16(bits);
            }
        } else if (data instanceof TensorData.Doubles doubles) {
            block.asDoubleBuffer().get(doubles.values(), from, count);
        } else if (data instanceof TensorData.Ints ints) {
            block.asIntBuffer().get(ints.values(), from, count);
        } else if (data instanceof TensorData.Longs longs) {
            block.asLongBuffer().get(longs.values(), from, count);
        } else if (data instanceof TensorData.Bytes bytes) {
            block.get(bytes.values(), from, count);
        }
    }
}
