package dev.engram.experiments.frame;

import dev.engram.io.file.AtomicFiles;
import dev.engram.io.file.Inputs;
import dev.engram.io.file.OutputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The folder of an experiment's report, which is also where its finished cells are kept: {@code cells/SETTING.json}, each written
 * whole or not at all.
 *
 * <p>The hidden file {@code .engram-experiment} in it holds the experiment's name: only a folder with it, or an empty one, is used, and
 * only files of the report's own names are replaced in it.
 */
final class RunFolder {
    private static final String MARKER = ".engram-experiment";
    private static final String CELLS = "cells";

    private final Path folder;
    private final String experiment;

    RunFolder(Path folder, String experiment) {
        this.folder = folder;
        this.experiment = experiment;
    }

    /**
     * Checks that nothing of the user's is in the way.
     *
     * @throws OutputException otherwise
     */
    void requireUsable() {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new OutputException(
                    "%s is a file; a folder was to be written. Maybe give another name.".formatted(folder));
        }
        try (Stream<Path> content = Files.list(folder)) {
            List<Path> all = content.toList();
            Path marker = folder.resolve(MARKER);
            if (all.isEmpty()) {
                return;
            }
            if (!all.contains(marker)) {
                throw new OutputException(
                        "The folder %s holds files that no experiment wrote; nothing is changed. Maybe give a new name, or empty it."
                                .formatted(folder));
            }
            String owner = Files.readString(marker).strip();
            if (!owner.equals(experiment)) {
                throw new OutputException("The folder %s holds the report of %s; this is %s. Maybe give a new name."
                        .formatted(folder, owner, experiment));
            }
        } catch (IOException e) {
            throw new OutputException("The folder %s cannot be read: %s.".formatted(folder, e.getMessage()), e);
        }
    }

    /** Makes the folder, if it is not there. */
    void create() {
        requireUsable();
        AtomicFiles.createFolders(folder);
        if (!Files.exists(folder.resolve(MARKER))) {
            write(MARKER, experiment + "\n");
        }
    }

    /** Writes a text file at a path within the folder, whole or not at all. */
    void write(String path, String content) {
        write(path, content.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String path, byte[] content) {
        Path file = folder.resolve(path);
        Optional.ofNullable(file.toAbsolutePath().getParent()).ifPresent(AtomicFiles::createFolders);
        AtomicFiles.write(file, out -> out.write(content));
    }

    void keep(Cell cell, CellRecord record, String fingerprint) {
        write(path(cell), CellJson.write(record, fingerprint));
    }

    /**
     * What an earlier run kept of the cell, if nothing has changed since.
     *
     * @param warning is told of a file that is there and cannot be used, in one line
     */
    Optional<CellRecord> kept(Cell cell, String fingerprint, Consumer<String> warning) {
        Path file = folder.resolve(path(cell));
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            byte[] json = Files.readAllBytes(file);
            if (!CellJson.isDamaged(json)) {
                return CellJson.read(json, fingerprint);
            }
            warning.accept("%s is damaged: its digest does not agree. It is computed again.".formatted(file));
        } catch (IOException e) {
            warning.accept("%s cannot be read: %s. It is computed again.".formatted(file, Inputs.reason(e)));
        }
        return Optional.empty();
    }

    private static String path(Cell cell) {
        return CELLS + "/" + cell.setting().fileName() + ".json";
    }
}
