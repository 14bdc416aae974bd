package dev.engram.io.numpy;

import dev.engram.io.file.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Compares the two places in which a zip file names its entries, as Python's zipfile does: its directory, and before each entry's data. Java's
 * {@link java.util.zip.ZipFile} looks at the directory alone, so that an entry whose name is damaged there would just be missing.
 *
 * <pre>
 * file      := ... (header name extra data)* directory end
 * header    := 'P' 'K' 3 4 ... name-length:uint16 extra-length:uint16          30 bytes
 * directory := ('P' 'K' 1 2 ... name-length extra-length comment-length ... offset:uint32 name extra comment)*
 * end       := 'P' 'K' 5 6 ... entries:uint16 size:uint32 offset:uint32 comment-length:uint16 comment
 * </pre>
 *
 * <p>Files of more than 4 GB or 65,535 entries (zip64) say these numbers elsewhere, and are not looked at.
 */
final class ZipNames {
    private static final int HEADER = 0x04034b50;
    private static final int RECORD = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int HEADER_BYTES = 30;
    private static final int RECORD_BYTES = 46;
    private static final int END_BYTES = 22;
    private static final int ZIP64_COUNT = 0xffff;
    private static final long ZIP64 = 0xffffffffL;

    private final Path path;
    private final RandomAccessFile file;

    private ZipNames(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Compares them.
     *
     * @throws InputException if they are not the same, naming the entry
     */
    static void requireSame(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            new ZipNames(path, file).requireSame();
        } catch (EOFException e) {
            throw damaged(path, "its directory points outside of it");
        }
    }

    private void requireSame() throws IOException {
        ByteBuffer tail = bytes(file.length(), Math.min(file.length(), END_BYTES + (long) Character.MAX_VALUE));
        int at = end(tail);
        long endAt = file.length() - tail.limit() + at;
        int entries = tail.getChar(at + 10);
        long size = Integer.toUnsignedLong(tail.getInt(at + 12));
        long offset = Integer.toUnsignedLong(tail.getInt(at + 16));
        if (entries == ZIP64_COUNT || size == ZIP64 || offset == ZIP64) {
            return;
        }
        long begin = endAt - size; // what some programs put before the first entry moves all offsets
        if (begin < offset) {
            throw damaged(path, "its directory points outside of it");
        }
        ByteBuffer directory = bytes(endAt, size);
        int found = 0;
        while (directory.remaining() >= RECORD_BYTES && directory.getInt(directory.position()) == RECORD) {
            int from = directory.position();
            int nameLength = directory.getChar(from + 28);
            int length = RECORD_BYTES + nameLength + directory.getChar(from + 30) + directory.getChar(from + 32);
            if (length > directory.remaining()) {
                throw damaged(path, "its directory ends within entry %d".formatted(found));
            }
            byte[] name = new byte[nameLength];
            directory.get(from + RECORD_BYTES, name);
            long header = Integer.toUnsignedLong(directory.getInt(from + 42));
            if (header != ZIP64) {
                requireSame(name, begin - offset + header);
            }
            directory.position(from + length);
            found++;
        }
        if (directory.hasRemaining() || found != entries) {
            throw damaged(path, "its directory has %d entries where %d were expected".formatted(found, entries));
        }
    }

    /** Where the last part begins. */
    private int end(ByteBuffer tail) {
        for (int at = tail.limit() - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END && at + END_BYTES + tail.getChar(at + 20) == tail.limit()) {
                return at;
            }
        }
        throw damaged(path, "it does not end as a zip file does");
    }

    private void requireSame(byte[] name, long at) throws IOException {
        ByteBuffer header = bytes(at + HEADER_BYTES, HEADER_BYTES);
        if (header.getInt(0) != HEADER) {
            throw damaged(path, "no entry begins at byte %,d, where %s was expected".formatted(at, text(name)));
        }
        int length = header.getChar(26);
        byte[] other = bytes(at + HEADER_BYTES + length, length).array();
        if (!Arrays.equals(name, other)) {
            throw damaged(
                    path,
                    "the entry at byte %,d is called %s there and %s in the directory"
                            .formatted(at, text(other), text(name)));
        }
    }

    /** That many bytes before a place in the file. */
    private ByteBuffer bytes(long end, long length) throws IOException {
        if (length > end || end > file.length()) {
            throw damaged(path, "its directory points outside of it");
        }
        byte[] bytes = new byte[Math.toIntExact(length)];
        file.seek(end - length);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String text(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }

    private static InputException damaged(Path path, String finding) {
        return new InputException("%s is a damaged or truncated npz (zip) file: %s. Maybe copy or download it again."
                .formatted(path, finding));
    }
}
