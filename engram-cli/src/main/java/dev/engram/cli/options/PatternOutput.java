package dev.engram.cli.options;

import dev.engram.cli.console.CommandException;
import dev.engram.io.image.ImageWriter;
import dev.engram.io.numpy.NpyWriter;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where patterns are written: {@code .npy} (float32, not clipped) or a folder of PNG pictures (clipped to [0, 1], 8
 * bits), by its name.
 */
public final class PatternOutput {
    private static final String FILE_NAMES = ".*\\.(npz|png|jpe?g|gif|bmp|engram|txt|csv)";

    private final Path path;
    private final boolean npy;

    private PatternOutput(Path path, boolean npy) {
        this.path = path;
        this.npy = npy;
    }

    /**
     * Checks what can be checked before the work.
     *
     * @param inputs what the command reads, and must not overwrite
     */
    public static PatternOutput of(Path path, Path... inputs) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        boolean npy = name.endsWith(".npy");
        if (!npy && name.matches(FILE_NAMES)) {
            throw CommandException.wrongUsage(
                    ("%s is not a name patterns can be written to: .npy or a folder (for PNG pictures) was expected."
                                    + " Maybe use %s.npy.")
                            .formatted(path, name.substring(0, name.lastIndexOf('.'))));
        }
        Targets.require(path, npy, inputs);
        return new PatternOutput(path, npy);
    }

    Path path() {
        return path;
    }

    /** Whether values outside [0, 1] are lost. */
    public boolean clips() {
        return !npy;
    }

    /**
     * Checks that patterns of this shape can be written here.
     *
     * @throws CommandException (wrong usage) for pictures of two channels
     */
    public void requireHolds(Shape shape) {
        if (!npy && shape.channels() == 2) {
            throw CommandException.wrongUsage(
                    "%s: patterns of shape %s have 2 channels, a PNG has 1, 3 or 4. Maybe write to a .npy file."
                            .formatted(path, shape));
        }
    }

    /** Writes all or nothing. */
    public void write(Matrix patterns, Shape shape, List<String> names) {
        if (npy) {
            NpyWriter.write(path, shape.withCount(patterns.rows()), patterns.data());
        } else {
            ImageWriter.writeFolder(path, patterns, shape, withoutNumbers(names));
        }
    }

    /**
     * Writes answers in the size of their cues, all or nothing.
     *
     * @param answers {@code [cues, values]}
     */
    public void write(Matrix answers, CuePictures cues, List<String> names) {
        ImageWriter.writeFolder(path, withoutNumbers(names), cue -> cues.png(answers, cue));
    }

    /** The names without the number the writer once put before each, and will again. */
    public static List<String> withoutNumbers(List<String> names) {
        List<String> bare = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int hyphen = name.indexOf('-');
            if (hyphen < 1 || !name.substring(0, hyphen).matches("0*" + i)) {
                return names;
            }
            bare.add(name.substring(hyphen + 1));
        }
        return bare;
    }

    /** How many values would be, or were, clipped. */
    public long clipped(Matrix patterns) {
        if (npy) {
            return 0;
        }
        long count = 0;
        for (float value : patterns.data()) {
            count += value < 0 || value > 1 ? 1 : 0;
        }
        return count;
    }
}
