package dev.engram.io;

import dev.engram.io.file.AtomicFiles;
import dev.engram.io.file.Gzip;
import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import dev.engram.io.file.OpenInput;
import dev.engram.io.image.ImageDecoder;
import dev.engram.io.image.ImageFolder;
import dev.engram.io.numpy.NpyHeader;
import dev.engram.io.numpy.NpyReader;
import dev.engram.io.numpy.NpzFile;
import dev.engram.io.numpy.OpenArray;
import dev.engram.io.pickle.PickleReader;
import dev.engram.io.table.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads patterns from pictures, arrays and data sets; a file's format is recognised by its content, not by its name.
 *
 * <table>
 * <caption>What can be read</caption>
 * <tr><td>a folder of pictures, or of one sub-folder of pictures per class (Tiny ImageNet)</td><td>{@link
 * ImageFolder}</td></tr>
 * <tr><td>one PNG, JPEG, GIF or BMP file</td><td>{@link ImageDecoder}</td></tr>
 * <tr><td>{@code .npy}, and {@code .npz} with the entry {@code images} or one array</td><td>{@link NpyReader}</td></tr>
 * <tr><td>IDX (MNIST), gzipped or not</td><td>{@link IdxReader}</td></tr>
 * <tr><td>CIFAR-10, binary or Python: a batch or the folder</td><td>{@link CifarReader}</td></tr>
 * <tr><td>tables: {@code .csv}, {@code .tsv}, text with commas or tabs</td><td>{@link TableReader}</td></tr>
 * </table>
 *
 * <p>The first axis of an array counts the patterns: {@code [patterns, values]}, {@code [patterns, height, width]},
 * {@code [patterns, height, width, channels]}. Bytes become [0, 1]; other numbers are taken as they are, which is noted
 * when they leave [0, 1]. Pictures are resized after decoding. Not more is read than the limit asks for.
 */
public final class PatternReader {
    private static final String PREFERRED_ENTRY = "images";
    private static final int SHOWN_BYTES = 8;
    private static final int LARGEST_DEFLATE_RATIO = 1_040;

    private PatternReader() {}

    /**
     * Reads the patterns at the path.
     *
     * @throws InputException if there are none, or they cannot be used: the message says where and what was expected
     */
    public static PatternSet read(Path path, ReadOptions options) {
        requireExists(path);
        if (isTable(path)) {
            return table(path, options);
        }
        RawPatterns patterns = Files.isDirectory(path) ? folder(path, options) : file(path, options);
        if (options.resize().isPresent()) {
            patterns = patterns.resized(path.toString(), options.resize().get(), options.fit());
        }
        return patterns.checked(path.toString(), options.missing());
    }

    /**
     * The patterns at the path, left in their file to be read block by block: of arrays ({@code .npy}, {@code .npz}, IDX) whose rows lie one
     * after the other. Their values are looked at only when they are visited.
     *
     * @return none of what must be read at once: folders, pictures, CIFAR, arrays in Fortran order, everything that is to be resized
     * @throws InputException as {@link #read} does, of what is known before the values are read
     */
    public static Optional<PatternFile> readInBlocks(Path path, ReadOptions options) {
        requireExists(path);
        return Files.isDirectory(path) || isTable(path) || options.resize().isPresent()
                ? Optional.empty()
                : arrayFormat(path, beginning(path)).flatMap(format -> PatternFile.of(path, format, options));
    }

    /** The same with the names that an {@code .npz} file has for them. */
    public static Optional<PatternFile> readNamedInBlocks(Path path, ReadOptions options) {
        return readInBlocks(path, options)
                .map(file -> Inputs.startsWith(beginning(path), 'P', 'K')
                        ? file.with(NpzNames.of(path, file.count()))
                        : file);
    }

    /**
     * The files of pictures at the path, those that {@link #read} reads.
     *
     * @return none where something else is there
     * @throws InputException as {@link #read} does, of what is known before pictures are decoded
     */
    public static Optional<ImageFolder> pictures(Path path, ReadOptions options) {
        requireExists(path);
        if (Files.isDirectory(path)) {
            return CifarReader.batches(path).isEmpty()
                    ? Optional.of(ImageFolder.find(path, options.rows(), options.order()))
                    : Optional.empty();
        }
        byte[] start = beginning(path);
        return ImageDecoder.hasPictureSignature(start)
                        && arrayFormat(path, start).isEmpty()
                ? Optional.of(ofOne(path))
                : Optional.empty();
    }

    private static ImageFolder ofOne(Path file) {
        return new ImageFolder(List.of(file), List.of(String.valueOf(file.getFileName())), List.of());
    }

    /** Whether the path is a table: by its name, or text that no other format claims. */
    private static boolean isTable(Path path) {
        return Files.isRegularFile(path) && Inputs.size(path) > 0 && TableReader.isTable(path);
    }

    private static PatternSet table(Path path, ReadOptions options) {
        if (options.resize().isPresent()) {
            throw new InputException(
                    "%s is a table, which cannot be resized. Maybe leave out --resize.".formatted(path));
        }
        PatternSet set = PatternSet.of(TableReader.read(path, options.rows(), options.table()));
        if (options.missing() == ReadOptions.Missing.REFUSED) {
            requireWhole(path, set);
        }
        return set;
    }

    private static void requireWhole(Path path, PatternSet set) {
        int[] columnOf = set.table().orElseThrow().columns().columnOfValues();
        float[] data = set.patterns().data();
        for (int i = 0; i < data.length; i++) {
            if (Float.isNaN(data[i])) {
                int width = set.patterns().columns();
                throw new InputException(
                        "%s: row %s has no value in the column %s; all cells were expected to have one. Maybe fill in what is missing first (complete)."
                                .formatted(
                                        path,
                                        set.names().get(i / width),
                                        set.table()
                                                .orElseThrow()
                                                .columns()
                                                .get(columnOf[i % width])
                                                .name()));
            }
        }
    }

    private static void requireExists(Path path) {
        AtomicFiles.settle(path);
        if (!Files.exists(path)) {
            throw new InputException("%s does not exist. Maybe the name is misspelt.".formatted(path));
        }
        Inputs.requireOrdinary(path);
    }

    private static RawPatterns folder(Path folder, ReadOptions options) {
        List<Path> batches = CifarReader.batches(folder);
        if (!batches.isEmpty()) {
            return CifarReader.read(batches, options);
        }
        return ImageStack.read(ImageFolder.find(folder, options.rows(), options.order()), options);
    }

    private static RawPatterns file(Path file, ReadOptions options) {
        byte[] start = beginning(file);
        Optional<ArrayFormat> array = arrayFormat(file, start);
        if (array.isPresent()) {
            RawPatterns patterns =
                    RawPatterns.ofArray(file.toString(), array.get().open(file, options.rows(), OpenArray::all));
            return Inputs.startsWith(start, 'P', 'K')
                    ? patterns.with(NpzNames.of(file, patterns.values().rows()))
                    : patterns;
        }
        if (ImageDecoder.hasPictureSignature(start)) {
            return ImageStack.read(ofOne(file), options);
        }
        if (isCifar(file, start)) {
            return CifarReader.read(List.of(file), options);
        }
        throw unknown(file, start);
    }

    private static byte[] beginning(Path file) {
        byte[] start = Inputs.beginning(file, CifarReader.startLength());
        if (start.length == 0) {
            throw new InputException("%s is empty (0 bytes). Maybe copy or download it again.".formatted(file));
        }
        return start;
    }

    /** How the array in the file is opened, if it is a file with one. */
    private static Optional<ArrayFormat> arrayFormat(Path file, byte[] start) {
        if (NpyHeader.isAtStart(start)) {
            return Optional.of(NpyReader::open);
        }
        if (Inputs.startsWith(start, 'P', 'K')) {
            return Optional.of(PatternReader::npz);
        }
        if (Gzip.hasSignature(start)) {
            return Optional.of(PatternReader::gzippedIdx);
        }
        boolean idx =
                IdxReader.isWhole(start, Inputs.size(file)) || IdxReader.hasSignature(start) && !isCifar(file, start);
        return idx ? Optional.of(PatternReader::idx) : Optional.empty();
    }

    private static boolean isCifar(Path file, byte[] start) {
        return CifarReader.isBinaryBatch(start, Inputs.size(file)) || PickleReader.hasSignature(start);
    }

    private static <T> T npz(Path file, int rows, OpenArray.Use<T> use) {
        return NpzFile.open(file, PREFERRED_ENTRY, rows, use);
    }

    private static <T> T idx(Path file, int rows, OpenArray.Use<T> use) {
        try (OpenInput in = OpenInput.of(file)) {
            return IdxReader.open(in.stream(), file.toString(), in.size(), true, rows, use);
        } catch (IOException e) {
            throw Inputs.unreadable(file, e);
        }
    }

    private static <T> T gzippedIdx(Path file, int rows, OpenArray.Use<T> use) {
        return Gzip.open(file, (in, packed) -> {
            in.mark(IdxReader.START);
            byte[] start = in.readNBytes(IdxReader.START);
            in.reset();
            if (!IdxReader.hasSignature(start)) {
                throw new InputException(
                        "%s is a gzip file, but what is in it is not IDX (MNIST's format). Maybe unpack it first."
                                .formatted(file));
            }
            return IdxReader.open(in, file.toString(), packed * LARGEST_DEFLATE_RATIO, false, rows, use);
        });
    }

    private static InputException unknown(Path file, byte[] start) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String shown = HexFormat.ofDelimiter(" ").formatHex(start, 0, Math.min(SHOWN_BYTES, start.length));
        String advice = "Maybe it is damaged, or another file was meant.";
        if (name.endsWith(".bin")) {
            advice = "Maybe it is a truncated CIFAR-10 batch; a whole one has 30,730,000 bytes.";
        } else if (name.matches(".*\\.(npy|npz|png|jpe?g|gif|bmp)")) {
            advice = "Maybe it is damaged; it is not what its name says.";
        }
        return new InputException(
                ("%s begins with the bytes %s, which is none of: picture (PNG, JPEG, GIF, BMP), npy, npz, IDX, "
                                + "CIFAR-10 batch, table (CSV, TSV). %s")
                        .formatted(file, shown, advice));
    }
}
