package dev.engram.cli.options;

import dev.engram.cli.console.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks an output before the work, so that no hour is lost to a misspelt name. The writers check again. */
public final class Targets {
    private Targets() {}

    /**
     * @param file whether a file is to be written, not a folder
     * @param inputs what the command reads
     * @throws CommandException if the output cannot be written, or is one of the inputs
     */
    public static void require(Path target, boolean file, Path... inputs) {
        for (Path input : inputs) {
            if (overwrites(target, input)) {
                throw CommandException.wrongUsage("The output %s would overwrite the input %s. Maybe give another name."
                        .formatted(target, input));
            }
        }
        Path parent = requireParent(target);
        if (!Files.isWritable(parent)) {
            throw CommandException.failed(
                    "%s cannot be written: the folder %s is read-only. Maybe write to another folder."
                            .formatted(target, parent));
        }
        if (file && Files.isDirectory(target)) {
            throw CommandException.failed(
                    "%s is a folder; a file was to be written. Maybe give the name of a file in it.".formatted(target));
        }
        if (!file && Files.exists(target) && !Files.isDirectory(target)) {
            throw CommandException.failed(
                    ("%s is a file; a folder of pictures was to be written. Maybe give another name, or one ending in"
                                    + " .npy.")
                            .formatted(target));
        }
    }

    /** The folder that the target is to be in, which must exist. */
    public static Path requireParent(Path target) {
        Path parent = target.toAbsolutePath().normalize().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw CommandException.failed("%s cannot be written: the folder %s does not exist. Maybe create it first."
                    .formatted(target, parent == null ? target : parent));
        }
        return parent;
    }

    /** Whether the input is the target, or lies in it. */
    private static boolean overwrites(Path target, Path input) {
        return Files.exists(target) && Files.exists(input) && real(input).startsWith(real(target));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
