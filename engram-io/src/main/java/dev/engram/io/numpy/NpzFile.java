package dev.engram.io.numpy;

import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Checksum;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads one array of an {@code .npz} file: a zip, stored or deflated, of {@code .npy} entries. The checksum of what is read is compared, which
 * Java's {@link ZipFile} leaves to its user.
 */
public final class NpzFile {
    /** Deflate makes at most about 1032 bytes of one. */
    private static final long LARGEST_RATIO = 1_040;

    private static final String SUFFIX = ".npy";

    private NpzFile() {}

    /**
     * The first rows of the array called {@code preferred}, or of the only array there is.
     *
     * @throws InputException if the file is damaged, or holds several arrays and none of that name
     */
    public static NpyArray readFirst(Path file, String preferred, int rows) {
        return open(file, preferred, rows, OpenArray::all);
    }

    /** Uses the first rows of that array, while the file is open; fails as {@link #readFirst} does. */
    public static <T> T open(Path file, String preferred, int rows, OpenArray.Use<T> use) {
        try (ZipFile zip = zip(file)) {
            Open entry = new Open(file, zip, choose(file, zip, preferred));
            OpenArray array = NpyReader.open(entry.in, entry.what, entry.entry.getSize(), rows);
            T result = use.of(array);
            if (array.isTaken()) {
                entry.requireWhole();
            }
            return result;
        } catch (NoSuchFileException e) {
            throw Inputs.unreadable(file, e);
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    /** Reads an entry from its bytes. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(InputStream in, String what, long length) throws IOException;
    }

    /** What the array of that name holds, if there is one; fails as {@link #readFirst} does. */
    public static <T> Optional<T> find(Path file, String name, Reader<T> reader) {
        try (ZipFile zip = zip(file)) {
            Optional<ZipEntry> entry = arrays(file, zip).stream()
                    .filter(e -> e.getName().equals(name + SUFFIX))
                    .findFirst();
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            Open open = new Open(file, zip, entry.get());
            T result = reader.read(open.in, open.what, open.entry.getSize());
            open.requireWhole();
            return Optional.of(result);
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    /** The checksum of bytes, and how many they are. */
    private static final class Sum implements Checksum {
        private final CRC32 crc = new CRC32();
        private long bytes;

        @Override
        public void update(int b) {
            crc.update(b);
            bytes++;
        }

        @Override
        public void update(byte[] b, int offset, int length) {
            crc.update(b, offset, length);
            bytes += length;
        }

        @Override
        public long getValue() {
            return crc.getValue();
        }

        @Override
        public void reset() {
            crc.reset();
            bytes = 0;
        }
    }

    /** An entry that is open until its zip is closed: its bytes are counted and summed up while they are read. */
    private static final class Open {
        private final String what;
        private final ZipEntry entry;
        private final Sum sum = new Sum();
        private final InputStream in;

        Open(Path file, ZipFile zip, ZipEntry entry) throws IOException {
            this.what = "%s (entry %s)".formatted(file, entry.getName());
            this.entry = entry;
            requirePossible(what, entry);
            this.in = new BufferedInputStream(new CheckedInputStream(zip.getInputStream(entry), sum));
        }

        /** Reads on to the end; what was read until then is right if this returns. */
        void requireWhole() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
            if (sum.bytes != entry.getSize() || sum.getValue() != entry.getCrc()) {
                throw new InputException(
                        "%s is damaged: its length or its checksum does not agree. Maybe copy or download the file again."
                                .formatted(what));
            }
        }
    }

    private static InputException damaged(Path file, Exception cause) {
        return new InputException(
                "%s is a damaged or truncated npz (zip) file: %s. Maybe copy or download it again."
                        .formatted(file, Inputs.reason(cause)),
                cause);
    }

    private static ZipFile zip(Path file) throws IOException {
        Inputs.requireOrdinary(file);
        try {
            ZipFile zip = new ZipFile(file.toFile());
            try {
                ZipNames.requireSame(file);
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
            return zip;
        } catch (IllegalArgumentException e) {
            throw damaged(file, e);
        }
    }

    private static List<ZipEntry> arrays(Path file, ZipFile zip) {
        try {
            return zip.stream()
                    .filter(e -> e.getName().endsWith(SUFFIX))
                    .map(ZipEntry.class::cast)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw damaged(file, e);
        }
    }

    private static ZipEntry choose(Path file, ZipFile zip, String preferred) {
        List<ZipEntry> arrays = arrays(file, zip);
        return arrays.stream()
                .filter(e -> e.getName().equals(preferred + SUFFIX))
                .findFirst()
                .or(() -> arrays.size() == 1 ? Optional.of(arrays.get(0)) : Optional.empty())
                .orElseThrow(() -> new InputException(
                        ("%s has no entry '%s' and not exactly one array; its arrays are %s. Maybe save it with "
                                        + "np.savez(path, %s=array).")
                                .formatted(file, preferred, names(arrays), preferred)));
    }

    private static List<String> names(List<ZipEntry> arrays) {
        return arrays.stream()
                .map(ZipEntry::getName)
                .map(n -> n.substring(0, n.length() - SUFFIX.length()))
                .sorted()
                .toList();
    }

    /** Refuses an entry that claims a size its compressed bytes cannot have. */
    private static void requirePossible(String what, ZipEntry entry) {
        long size = entry.getSize();
        long packed = entry.getCompressedSize();
        if (size < 0 || packed < 0 || size / LARGEST_RATIO > packed) {
            throw new InputException(
                    "%s claims %,d bytes, but its %,d compressed bytes cannot hold them. Maybe the file is damaged."
                            .formatted(what, size, packed));
        }
    }
}
