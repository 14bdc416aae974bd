package dev.engram.io.image;

import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * Compares the checksums of a PNG file, which Java's reader passes over.
 *
 * <pre>
 * file  := 89 'P' 'N' 'G' 0D 0A 1A 0A chunk*        the last chunk is IEND
 * chunk := length:uint32 type:4 data checksum       big-endian; CRC-32 of type and data
 * </pre>
 */
final class PngChecksums {
    private static final int SIGNATURE = 8;
    private static final int TYPE = 4;
    private static final String END = "IEND";

    private PngChecksums() {}

    static boolean isPng(byte[] start) {
        return Inputs.startsWith(start, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n');
    }

    /**
     * Goes through the file.
     *
     * @throws InputException if a checksum does not agree, naming the chunk and its place, or the file ends before its last chunk
     */
    static void require(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Inputs.open(file)))) {
            in.skipNBytes(SIGNATURE);
            long at = SIGNATURE;
            byte[] block = new byte[1 << 13];
            String type = "";
            while (!type.equals(END)) {
                long length = Integer.toUnsignedLong(in.readInt());
                CRC32 checksum = new CRC32();
                in.readFully(block, 0, TYPE);
                checksum.update(block, 0, TYPE);
                type = new String(block, 0, TYPE, StandardCharsets.ISO_8859_1);
                for (long rest = length; rest > 0; ) {
                    int count = (int) Math.min(block.length, rest);
                    in.readFully(block, 0, count);
                    checksum.update(block, 0, count);
                    rest -= count;
                }
                if (in.readInt() != (int) checksum.getValue()) {
                    throw new InputException(
                            ("The picture %s is damaged: the checksum of its part %s at byte %,d does not agree. "
                                            + "Maybe copy or download it again.")
                                    .formatted(file, type, at));
                }
                at += Integer.BYTES + TYPE + length + Integer.BYTES;
            }
        } catch (EOFException e) {
            throw new InputException(
                    "The picture %s is truncated. Maybe copy or download it again.".formatted(file), e);
        }
    }
}
