package dev.engram.io.safetensors;

import dev.engram.io.file.Digests;
import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import dev.engram.io.file.MemoryFileException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reading half of {@link Safetensors}: sizes are checked before anything is allocated, checksums while reading. */
final class SafetensorsReader {
    private SafetensorsReader() {}

    static SafetensorsFile read(Path file, boolean lenient) {
        String what = file.toString();
        if (Files.isDirectory(file)) {
            throw new InputException("%s is a folder; a memory file was expected.".formatted(file));
        }
        Inputs.requireOrdinary(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            long size = Files.size(file);
            byte[] raw = readHeader(in, what, size);
            SafetensorsHeader header = SafetensorsJson.read(what, raw);
            boolean verified = verifyHeader(what, raw, header, lenient);
            header.requireExactCoverage(what, size - Long.BYTES - raw.length);
            List<NamedTensor> tensors = new ArrayList<>();
            TensorBytes bytes = new TensorBytes();
            for (SafetensorsHeader.Entry entry : header.inFileOrder()) {
                tensors.add(readTensor(in, what, header, entry, bytes));
            }
            return new SafetensorsFile(what, tensors, header.userMetadata(), verified);
        } catch (IOException e) {
            throw Inputs.unreadable(file, e);
        }
    }

    private static byte[] readHeader(InputStream in, String what, long size) throws IOException {
        byte[] start = in.readNBytes(Long.BYTES);
        if (size < Long.BYTES + 2) {
            throw new MemoryFileException.Corrupt(
                    "%s has only %d bytes: it is truncated, or not a memory file at all.".formatted(what, size));
        }
        long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        in.mark(1);
        boolean json = in.read() == '{';
        in.reset();
        if (!json || length < 2 || length > Safetensors.LARGEST_HEADER) {
            throw new MemoryFileException.Foreign(
                    ("%s is not a memory file: it does not begin with a safetensors header. Maybe another file was "
                                    + "meant.")
                            .formatted(what));
        }
        if (length > size - Long.BYTES) {
            throw new MemoryFileException.Corrupt(
                    "%s is damaged (truncated): its header needs %,d bytes, the file has %,d. Maybe copy it again."
                            .formatted(what, length, size));
        }
        return in.readNBytes((int) length);
    }

    /** Whether there is a header checksum, and it agrees. */
    private static boolean verifyHeader(String what, byte[] raw, SafetensorsHeader header, boolean lenient) {
        Optional<String> stored = Optional.ofNullable(header.metadata().get(SafetensorsHeader.HEADER_CHECKSUM));
        Optional<String> version = Optional.ofNullable(header.metadata().get(SafetensorsHeader.VERSION));
        if (stored.isEmpty() || version.isEmpty()) {
            if (lenient) {
                return false;
            }
            throw new MemoryFileException.Foreign(
                    "%s is a safetensors file without Engram's checksums. Maybe another program wrote it."
                            .formatted(what));
        }
        requireVersion(what, version.get());
        if (!SafetensorsHeader.checksum(raw, stored.get()).equals(stored)) {
            throw new MemoryFileException.Corrupt(
                    "%s is damaged: the checksum of its header does not agree. Maybe copy it again.".formatted(what));
        }
        for (SafetensorsHeader.Entry entry : header.tensors()) {
            if (!header.metadata().containsKey(SafetensorsHeader.TENSOR_CHECKSUM + entry.name())) {
                throw new MemoryFileException.Corrupt(
                        "%s is damaged: the tensor %s has no checksum.".formatted(what, entry.name()));
            }
        }
        return true;
    }

    private static void requireVersion(String what, String version) {
        try {
            if (Integer.parseInt(version) > Safetensors.FORMAT_VERSION) {
                throw new MemoryFileException.TooNew(
                        "%s has format version %s; this Engram reads up to %d. Maybe update Engram."
                                .formatted(what, version, Safetensors.FORMAT_VERSION));
            }
        } catch (NumberFormatException e) {
            throw new MemoryFileException.Corrupt(
                    "%s is damaged: its format version is \"%s\".".formatted(what, version));
        }
    }

    private static NamedTensor readTensor(
            InputStream in, String what, SafetensorsHeader header, SafetensorsHeader.Entry entry, TensorBytes bytes)
            throws IOException {
        MessageDigest digest = Digests.sha256();
        TensorData data = bytes.read(in, what, entry, digest);
        String stored = header.metadata().get(SafetensorsHeader.TENSOR_CHECKSUM + entry.name());
        if (stored != null && !stored.equals(Digests.hex(digest))) {
            throw new MemoryFileException.Corrupt(
                    "%s is damaged: the checksum of the tensor %s does not agree. Maybe copy it again."
                            .formatted(what, entry.name()));
        }
        return new NamedTensor(entry.name(), entry.dtype(), entry.shape(), data);
    }
}
