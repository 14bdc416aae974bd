package dev.engram.linalg.internal;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The choice for one processor and one version of OpenBLAS, kept in the user's cache folder. Each pair has a file of its own: machines may
 * share a home.
 *
 * @param folder where it lies; made when it is written
 * @param processor the processor's name
 * @param openBlas the version of OpenBLAS
 */
record ChoiceFile(Path folder, String processor, String openBlas) {
    /** The file; what it says counts only where processor, version and candidates are those of now. */
    Path file() {
        String name = "kernels %s openblas %s".formatted(processor, openBlas).replaceAll("[^A-Za-z0-9.]+", "-");
        return folder.resolve(name + ".properties");
    }

    /** Where caches go: XDG_CACHE_HOME if it is an absolute path, else .cache in the home folder. */
    static Path folder(@Nullable String cacheHome, String home) {
        Path given = Path.of(cacheHome == null ? "" : cacheHome);
        return (given.isAbsolute() ? given : Path.of(home, ".cache")).resolve("engram");
    }

    /** What was chosen before; nothing where the file is absent, damaged, or of another machine. */
    Optional<Choice> read(List<String> candidates) {
        Properties lines = new Properties();
        try (Reader in = Files.newBufferedReader(file(), StandardCharsets.UTF_8)) {
            lines.load(in);
            String kernels = lines.getProperty("kernels", "unknown");
            if (!processor.equals(lines.getProperty("processor"))
                    || !openBlas.equals(lines.getProperty("openblas"))
                    || !kernels.isEmpty() && !candidates.contains(kernels)) {
                return Optional.empty();
            }
            return Optional.of(new Choice(
                    Optional.of(kernels).filter(name -> !name.isEmpty()),
                    lines.getProperty("measured", ""),
                    Boolean.parseBoolean(lines.getProperty("finished")),
                    Integer.parseInt(lines.getProperty("tries", "0"))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes the choice in one piece.
     *
     * @throws IOException if the folder cannot be written
     */
    void write(Choice choice) throws IOException {
        Files.createDirectories(folder);
        removeAbandoned();
        Path temporary = folder.resolve(
                ".kernels.%d.tmp".formatted(ProcessHandle.current().pid()));
        try {
            Files.writeString(temporary, """
                    # Which of OpenBLAS's kernels Engram uses on this processor: the fastest when they were timed.
                    # Without this file they are timed again. The variable OPENBLAS_CORETYPE has precedence over it.
                    processor=%s
                    openblas=%s
                    kernels=%s
                    measured=%s
                    finished=%s
                    tries=%d
                    """.formatted(
                            processor,
                            openBlas,
                            choice.kernels().orElse(""),
                            choice.measured(),
                            choice.finished(),
                            choice.tries()));
            Files.move(temporary, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** What killed runs left: files of processes that are no more. */
    private void removeAbandoned() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".kernels.*.tmp")) {
            for (Path file : files) {
                String process = String.valueOf(file.getFileName()).replaceAll("\\D", "");
                if (process.length() < 19
                        && ProcessHandle.of(Long.parseLong("0" + process)).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
