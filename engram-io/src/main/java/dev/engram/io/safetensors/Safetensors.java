package dev.engram.io.safetensors;

import dev.engram.io.file.AtomicFiles;
import dev.engram.io.file.Bounds;
import dev.engram.io.file.Digests;
import dev.engram.io.file.FileStore;
import dev.engram.io.file.InputException;
import dev.engram.io.file.MemoryFileException;
import dev.engram.io.file.OutputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads and writes safetensors files, with checksums so that a flipped bit anywhere is found.
 *
 * <pre>
 * file   := length header data
 * length := uint64 little-endian: bytes of the header, at most 100,000,000
 * header := JSON (see {@link SafetensorsJson}), padded with spaces to a multiple of 8 bytes
 * data   := the tensors, little-endian, row-major, without gaps or overlaps
 * </pre>
 *
 * <p>In {@code __metadata__} we add {@code format_version}, {@code checksum.NAME} (SHA-256 of a tensor's bytes) and
 * {@code header_checksum} (SHA-256 of the header's bytes, in which its own 64 digits are zeros). Other programs ignore
 * them.
 */
public final class Safetensors {
    /** The version of the files this class writes, and the newest it reads. */
    public static final int FORMAT_VERSION = 1;

    static final int LARGEST_HEADER = 100_000_000;

    private static final int ALIGNMENT = 8;
    private static final Set<DType> WRITABLE = Set.of(DType.F32, DType.F64, DType.I32, DType.I64, DType.U8);

    private Safetensors() {}

    /**
     * Writes a file, all or nothing. Tensors of wide elements come first, so that every element is aligned.
     *
     * @param metadata the user's entries; names that begin like our own are refused
     * @throws IllegalArgumentException if two tensors share a name, a type is not written, or a metadata name is
     *     reserved
     * @throws OutputException if the file cannot be written
     */
    public static void write(Path file, List<NamedTensor> tensors, Map<String, String> metadata) {
        write(FileStore.REAL, file, tensors, metadata);
    }

    /** {@link #write(Path, List, Map)} to a storage of another kind. */
    public static void write(FileStore store, Path file, List<NamedTensor> tensors, Map<String, String> metadata) {
        requireWritable(tensors, metadata);
        List<NamedTensor> ordered = tensors.stream()
                .sorted(Comparator.comparingInt((NamedTensor t) -> t.dtype().bytes())
                        .reversed())
                .toList();
        TensorBytes bytes = new TensorBytes();
        byte[] header = header(ordered, metadata, bytes);
        if (header.length > LARGEST_HEADER) {
            throw new IllegalArgumentException(
                    "The header has %,d bytes; at most %,d are allowed. Maybe shorten the metadata."
                            .formatted(header.length, LARGEST_HEADER));
        }
        AtomicFiles.write(store, file, out -> write(out, header, ordered, bytes));
    }

    private static void write(OutputStream out, byte[] header, List<NamedTensor> tensors, TensorBytes bytes)
            throws IOException {
        out.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.write(header);
        for (NamedTensor tensor : tensors) {
            bytes.write(tensor, out);
        }
    }

    private static byte[] header(List<NamedTensor> tensors, Map<String, String> metadata, TensorBytes bytes) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(SafetensorsHeader.VERSION, String.valueOf(FORMAT_VERSION));
        all.put(SafetensorsHeader.HEADER_CHECKSUM, "0".repeat(Digests.LENGTH));
        all.putAll(metadata);
        tensors.forEach(t -> all.put(SafetensorsHeader.TENSOR_CHECKSUM + t.name(), bytes.checksum(t)));
        List<SafetensorsHeader.Entry> entries = SafetensorsHeader.layOut(tensors);
        byte[] unsigned = padded(SafetensorsJson.write(new SafetensorsHeader(all, entries)));
        String checksum =
                SafetensorsHeader.checksum(unsigned, "0".repeat(Digests.LENGTH)).orElseThrow();
        all.put(SafetensorsHeader.HEADER_CHECKSUM, checksum);
        return padded(SafetensorsJson.write(new SafetensorsHeader(all, entries)));
    }

    private static byte[] padded(byte[] json) {
        int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] padded = Arrays.copyOf(json, length);
        Arrays.fill(padded, json.length, length, (byte) ' ');
        return padded;
    }

    private static void requireWritable(List<NamedTensor> tensors, Map<String, String> metadata) {
        Bounds.require("The number of tensors", tensors.size(), Bounds.TENSORS);
        Bounds.require("The number of entries", tensors.size() + metadata.size() + 2L, Bounds.ENTRIES);
        Set<String> names = new HashSet<>();
        for (NamedTensor tensor : tensors) {
            if (!names.add(tensor.name())) {
                throw new IllegalArgumentException("Two tensors are called %s.".formatted(tensor.name()));
            }
            if (!WRITABLE.contains(tensor.dtype())) {
                throw new IllegalArgumentException("%s cannot be written; only %s can.".formatted(tensor, WRITABLE));
            }
        }
        for (String key : metadata.keySet()) {
            if (SafetensorsHeader.isReserved(key)) {
                throw new IllegalArgumentException("The metadata name %s is reserved for checksums.".formatted(key));
            }
        }
    }

    /**
     * Reads a file that Engram wrote, and verifies every checksum.
     *
     * @throws MemoryFileException if it is damaged, foreign or too new
     * @throws InputException if there is no such file, or it may not be read
     */
    public static SafetensorsFile read(Path file) {
        return SafetensorsReader.read(file, false);
    }

    /** Reads a safetensors file of any origin; checksums are verified where there are some. */
    public static SafetensorsFile readAny(Path file) {
        return SafetensorsReader.read(file, true);
    }
}
