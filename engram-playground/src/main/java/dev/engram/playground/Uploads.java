package dev.engram.playground;

import dev.engram.io.PatternReader;
import dev.engram.io.PatternSet;
import dev.engram.io.ReadOptions;
import dev.engram.io.file.InputException;
import dev.engram.io.file.MemoryFileException;
import dev.engram.io.file.ScratchFolder;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.StoredMemory;
import dev.engram.linalg.LinearAlgebra;
import io.javalin.http.UploadedFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Files a page sent, read by the library's readers from a temporary folder that is gone afterwards. */
final class Uploads {
    private static final int MOST_PATTERNS = 2_000;
    private static final int MOST_FOLDERS = 3;
    private static final int LONGEST_NAME = 100;
    private static final String PICTURES = ".*\\.(png|jpe?g|gif|bmp)";

    private Uploads() {}

    /**
     * Reads what is to be stored.
     *
     * @param size of the pictures in pixels, high and wide; 0 keeps them. Arrays are kept as they are
     */
    static PatternSet patterns(List<UploadedFile> files, int size) {
        requireSome(files);
        if (size < 0) {
            throw Refusal.unusable(
                    "The size (%d) must be at least 1 pixel, or 0 to keep the pictures as they are.".formatted(size));
        }
        boolean pictures = files.stream().anyMatch(file -> file.filename().matches("(?i)" + PICTURES));
        ReadOptions all = ReadOptions.defaults().withLimit(MOST_PATTERNS);
        ReadOptions options = size == 0 || !pictures ? all : all.withResize(size, size);
        return within(folder -> {
            List<Path> written = files.stream().map(file -> write(folder, file)).toList();
            return PatternReader.read(written.size() == 1 ? written.get(0) : folder, options);
        });
    }

    /** Reads one picture as a cue of the size of the stored ones. */
    static PatternSet picture(List<UploadedFile> files, int width, int height) {
        requireSome(files);
        ReadOptions options = ReadOptions.defaults().withLimit(1).withResize(width, height);
        return within(folder -> PatternReader.read(write(folder, files.get(0)), options));
    }

    static StoredMemory memory(List<UploadedFile> files, LinearAlgebra la) {
        requireSome(files);
        return within(folder -> MemoryFile.read(write(folder, files.get(0)), la));
    }

    /** A memory as the bytes of its file. */
    static byte[] bytes(StoredMemory stored) {
        return within(folder -> {
            Path file = folder.resolve("memory.engram");
            MemoryFile.write(file, stored);
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void requireSome(List<UploadedFile> files) {
        if (files.isEmpty()) {
            throw Refusal.unusable("No file came. Maybe the folder is empty.");
        }
    }

    /** Runs the task on a folder of its own; messages speak of the files as the user knows them. */
    private static <T> T within(Function<Path, T> task) {
        try (ScratchFolder folder = ScratchFolder.create("page")) {
            try {
                return task.apply(folder.path());
            } catch (InputException | MemoryFileException e) {
                throw Refusal.unusable(plain(e, folder.path()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary folder cannot be used.", e);
        }
    }

    private static String plain(RuntimeException e, Path folder) {
        return String.valueOf(e.getMessage())
                .replace(folder + File.separator, "")
                .replace("The folder " + folder, "The folder")
                .replace(folder.toString(), "the folder")
                .replace("use --resize", "choose a size above, for example")
                .replace("use --limit N", "bring fewer");
    }

    private static Path write(Path folder, UploadedFile file) {
        List<String> parts = Arrays.stream(file.filename().split("[/\\\\]"))
                .filter(part -> !part.isEmpty())
                .map(Uploads::safe)
                .toList();
        Path target = folder;
        for (String part : parts.subList(Math.max(0, parts.size() - MOST_FOLDERS), parts.size())) {
            target = target.resolve(part);
        }
        try (InputStream in = file.content()) {
            Files.createDirectories(target.getParent());
            Files.copy(in, target);
            return target;
        } catch (IOException e) {
            throw Refusal.unusable(
                    "%s could not be kept. Maybe two files have the same name.".formatted(file.filename()));
        }
    }

    private static String safe(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}._ ()-]", "_").replaceAll("^\\.+", "_");
        return plain.length() > LONGEST_NAME ? plain.substring(plain.length() - LONGEST_NAME) : plain;
    }
}
