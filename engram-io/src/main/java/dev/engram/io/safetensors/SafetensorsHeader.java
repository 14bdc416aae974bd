package dev.engram.io.safetensors;

import dev.engram.io.file.Digests;
import dev.engram.io.file.MemoryFileException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The header of a safetensors file, and the checks the format and our checksums demand.
 *
 * @param metadata every entry of {@code __metadata__}, checksums included
 * @param tensors in the order of the header
 */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> tensors) {
    /** Metadata: SHA-256 of a tensor's bytes, followed by its name. */
    static final String TENSOR_CHECKSUM = "checksum.";

    /** Metadata: SHA-256 of the header's bytes, in which the 64 digits of this checksum itself are zeros. */
    static final String HEADER_CHECKSUM = "header_checksum";

    /** Metadata: the version of Engram's use of the format. */
    static final String VERSION = "format_version";

    /**
     * One tensor.
     *
     * @param begin first byte, counted from the end of the header
     * @param end one past the last byte
     */
    record Entry(String name, DType dtype, long[] shape, long begin, long end) {}

    /** The header's entries for tensors that follow one another in the order given. */
    static List<Entry> layOut(List<NamedTensor> tensors) {
        List<Entry> entries = new ArrayList<>();
        long at = 0;
        for (NamedTensor tensor : tensors) {
            long end = at + (long) tensor.data().length() * tensor.dtype().bytes();
            entries.add(new Entry(tensor.name(), tensor.dtype(), tensor.shape(), at, end));
            at = end;
        }
        return entries;
    }

    /** The entries in the order of their data. */
    List<Entry> inFileOrder() {
        return tensors.stream()
                .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
                .toList();
    }

    /**
     * Checks that the tensors cover the data without gap or overlap and have the sizes their shapes demand.
     *
     * @param dataLength bytes after the header
     * @throws MemoryFileException.Corrupt otherwise
     */
    void requireExactCoverage(String what, long dataLength) {
        long at = 0;
        for (Entry entry : inFileOrder()) {
            if (entry.begin() != at) {
                throw new MemoryFileException.Corrupt(
                        "%s is damaged: the tensor %s begins at byte %,d of the data where %,d was expected."
                                .formatted(what, entry.name(), entry.begin(), at));
            }
            if (entry.end() < at || entry.end() - at != bytes(what, entry)) {
                throw new MemoryFileException.Corrupt(
                        "%s is damaged: the tensor %s has %,d bytes where its shape needs %,d."
                                .formatted(what, entry.name(), entry.end() - at, bytes(what, entry)));
            }
            at = entry.end();
        }
        if (at != dataLength) {
            throw new MemoryFileException.Corrupt(
                    "%s is damaged%s: its tensors need %,d bytes, %,d are there. Maybe copy it again."
                            .formatted(what, dataLength < at ? " (truncated)" : "", at, dataLength));
        }
    }

    private static long bytes(String what, Entry entry) {
        try {
            return Math.multiplyExact(
                    NamedTensor.elements(entry.shape()), entry.dtype().bytes());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new MemoryFileException.Corrupt(
                    "%s is damaged: the tensor %s has an impossible shape.".formatted(what, entry.name()));
        }
    }

    /** The checksum of a header's bytes; {@code checksum} is what stands in them. */
    static Optional<String> checksum(byte[] header, String checksum) {
        String text = new String(header, StandardCharsets.ISO_8859_1);
        String field = "\"%s\":\"".formatted(HEADER_CHECKSUM);
        int at = text.indexOf(field + checksum + "\"");
        if (at < 0 || checksum.length() != Digests.LENGTH) {
            return Optional.empty();
        }
        int from = at + field.length();
        MessageDigest digest = Digests.sha256();
        digest.update(header, 0, from);
        digest.update("0".repeat(Digests.LENGTH).getBytes(StandardCharsets.ISO_8859_1));
        digest.update(header, from + Digests.LENGTH, header.length - from - Digests.LENGTH);
        return Optional.of(Digests.hex(digest));
    }

    /** The metadata without checksums and version: what the writer was given. */
    Map<String, String> userMetadata() {
        Map<String, String> user = new LinkedHashMap<>(metadata);
        user.keySet().removeIf(SafetensorsHeader::isReserved);
        return user;
    }

    static boolean isReserved(String key) {
        return key.startsWith(TENSOR_CHECKSUM) || key.equals(HEADER_CHECKSUM) || key.equals(VERSION);
    }
}
