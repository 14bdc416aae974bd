package dev.engram.io.file;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The record of a file that is written over a long time: how much of it is on the disk, and a note of its writer for each part. What is in a
 * record that was cut off or damaged, up to there, is found by checksums.
 *
 * <pre>{@code
 * log   = "engram log 1\n" key "\n" frame*
 * key   = 64 hexadecimal digits that say what the file is of
 * frame = note's length (int), file's length so far (long), CRC32C of the file's bytes since the last frame (long),
 *         note, CRC32C of this frame until here (long); big-endian
 * }</pre>
 */
final class ResumeLog {
    private static final String MAGIC = "engram log 1\n";
    private static final int HEADER = MAGIC.length() + Digests.LENGTH + 1;
    private static final int FIXED = Integer.BYTES + 2 * Long.BYTES;
    private static final int BUFFER = 1 << 16;
    private static final Duration LONGEST = Duration.ofDays(7);

    private ResumeLog() {}

    /** How far a file and its record are whole; nothing where {@code length} is 0. */
    record Whole(long length, long logLength) {}

    /** Where a frame ends, and what it says. */
    private record Frame(long length, long crc, byte[] note, long end) {}

    static byte[] header(String key) {
        return (MAGIC + key + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] frame(long length, long crc, byte[] note) {
        ByteBuffer frame = ByteBuffer.allocate(FIXED + note.length + Long.BYTES);
        frame.putInt(note.length).putLong(length).putLong(crc).put(note);
        return frame.putLong(crc(frame.array(), FIXED + note.length)).array();
    }

    private static long crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }

    /** Whether what an owner who died left can be resumed: something is in it, and it is not older than a week. */
    static boolean isWorthKeeping(Path log) throws IOException {
        return Files.exists(log)
                && Files.size(log) > HEADER
                && Files.getLastModifiedTime(log)
                        .toInstant()
                        .isAfter(Instant.now().minus(LONGEST));
    }

    /** Whether the record is of what the key says. */
    static boolean isOf(Path log, String key) throws IOException {
        if (!Files.exists(log)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(log)) {
            return Arrays.equals(in.readNBytes(HEADER), header(key));
        }
    }

    /** Compares a file with its record. */
    static Whole compare(Path log, InputStream file) throws IOException {
        Whole whole = new Whole(0, HEADER);
        try (Frames frames = new Frames(log, Files.size(log))) {
            for (Optional<Frame> next = frames.next(); next.isPresent(); next = frames.next()) {
                Frame frame = next.get();
                if (frame.length < whole.length || !agrees(file, frame.length - whole.length, frame.crc)) {
                    return whole;
                }
                whole = new Whole(frame.length, frame.end);
            }
        }
        return whole;
    }

    private static boolean agrees(InputStream file, long length, long expected) throws IOException {
        CRC32C crc = new CRC32C();
        byte[] block = new byte[BUFFER];
        for (long rest = length; rest > 0; ) {
            int got = file.readNBytes(block, 0, (int) Math.min(block.length, rest));
            if (got == 0) {
                return false;
            }
            crc.update(block, 0, got);
            rest -= got;
        }
        return crc.getValue() == expected;
    }

    /** The notes in the first bytes of a record, which are whole; read again by every iteration, one at a time. */
    static Iterable<byte[]> notes(Path log, long logLength) {
        return () -> {
            try {
                return new Notes(new Frames(log, logLength), log);
            } catch (IOException e) {
                throw Inputs.unreadable(log, e);
            }
        };
    }

    /** The frames of a record, one after the other, to the first that is not whole. */
    private static final class Frames implements AutoCloseable {
        private final DataInputStream in;
        private final long length;
        private long at = HEADER;

        Frames(Path log, long length) throws IOException {
            this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(log), BUFFER));
            this.length = length;
            in.skipNBytes(HEADER);
        }

        Optional<Frame> next() throws IOException {
            if (length - at < FIXED + Long.BYTES) {
                return Optional.empty();
            }
            ByteBuffer fixed = ByteBuffer.wrap(in.readNBytes(FIXED));
            int note = fixed.getInt();
            if (note < 0 || note > length - at - FIXED - Long.BYTES) {
                return Optional.empty();
            }
            byte[] bytes = Arrays.copyOf(fixed.array(), FIXED + note);
            try {
                in.readFully(bytes, FIXED, note);
                if (in.readLong() != crc(bytes, bytes.length)) {
                    return Optional.empty();
                }
            } catch (EOFException e) {
                return Optional.empty();
            }
            at += bytes.length + Long.BYTES;
            return Optional.of(
                    new Frame(fixed.getLong(), fixed.getLong(), Arrays.copyOfRange(bytes, FIXED, bytes.length), at));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** The notes of frames. */
    private static final class Notes implements Iterator<byte[]> {
        private final Frames frames;
        private final Path log;
        private Optional<Frame> next;

        Notes(Frames frames, Path log) throws IOException {
            this.frames = frames;
            this.log = log;
            this.next = read();
        }

        private Optional<Frame> read() throws IOException {
            Optional<Frame> frame = frames.next();
            if (frame.isEmpty()) {
                frames.close();
            }
            return frame;
        }

        @Override
        public boolean hasNext() {
            return next.isPresent();
        }

        @Override
        public byte[] next() {
            byte[] note = next.orElseThrow(NoSuchElementException::new).note;
            try {
                next = read();
            } catch (IOException e) {
                throw new UncheckedIOException("%s cannot be read".formatted(log), e);
            }
            return note;
        }
    }
}
