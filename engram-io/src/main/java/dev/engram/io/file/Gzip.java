package dev.engram.io.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Reads gzip files, of one member or several. What is read to its end is compared with the checksum and the length that each member ends with,
 * so whoever uses a file reads to the end before taking what it found for true.
 */
public final class Gzip {
    private static final int BLOCK = 1 << 16;

    private Gzip() {}

    /** What is done with what is unpacked, and the bytes it is packed in. */
    @FunctionalInterface
    public interface Use<T> {
        T of(BufferedInputStream in, long packed) throws IOException;
    }

    /** Whether the bytes are the first of a gzip file. */
    public static boolean hasSignature(byte[] start) {
        return Inputs.startsWith(start, 0x1f, 0x8b);
    }

    /**
     * Uses what is unpacked.
     *
     * @throws InputException if the file is damaged, saying near which byte
     */
    public static <T> T open(Path file, Use<T> use) {
        try (OpenInput packed = OpenInput.of(file)) {
            return open(file, packed, use);
        } catch (IOException e) {
            throw Inputs.unreadable(file, e);
        }
    }

    private static <T> T open(Path file, OpenInput packed, Use<T> use) throws IOException {
        try (BufferedInputStream in = new BufferedInputStream(new GZIPInputStream(packed.stream(), BLOCK))) {
            try {
                return use.of(in, packed.size());
            } catch (IOException e) {
                throw damaged(file, packed.position(), e);
            }
        } catch (IOException e) {
            throw damaged(file, 0, e);
        }
    }

    private static InputException damaged(Path file, long at, IOException cause) {
        String where = at <= BLOCK ? "" : " before byte %,d".formatted(at);
        return new InputException(
                "%s is a damaged or truncated gzip file: %s%s. Maybe copy or download it again."
                        .formatted(file, Inputs.reason(cause), where),
                cause);
    }
}
