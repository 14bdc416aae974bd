package dev.engram.cli.options;

import dev.engram.cli.console.CommandException;
import dev.engram.io.file.AtomicFiles;
import dev.engram.io.file.Inputs;
import dev.engram.io.file.RealPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Checks an output before the work, so that no hour is lost to a misspelt name. The writers check again. */
public final class Targets {
    private Targets() {}

    /**
     * @param file whether a file is to be written, not a folder
     * @param inputs what the command reads
     * @throws CommandException if the output cannot be written, or is one of the inputs
     */
    public static void require(Path target, boolean file, Path... inputs) {
        if (target.toString().equals("-")) {
            throw CommandException.wrongUsage(
                    "Results are files and folders; none is written to standard output (-). Maybe give a name, ./- for one that is called so.");
        }
        for (Path input : inputs) {
            if (overwrites(target, input)) {
                throw CommandException.wrongUsage("The output %s would overwrite the input %s. Maybe give another name."
                        .formatted(target, input));
            }
        }
        if (!file && real(Path.of("")).startsWith(real(target))) {
            throw CommandException.wrongUsage(
                    "The output %s is the folder that this command runs in, or one above it, which would be replaced. Maybe give the name of a new folder."
                            .formatted(target));
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
        AtomicFiles.settle(target);
        try {
            return Optional.ofNullable(RealPath.of(target).getParent())
                    .orElseThrow(() -> new NoSuchFileException(target.toString()));
        } catch (NoSuchFileException e) {
            throw CommandException.failed("%s cannot be written: the folder %s does not exist. Maybe create it first."
                    .formatted(target, e.getFile()));
        } catch (IOException e) {
            throw CommandException.failed("%s cannot be written: %s.".formatted(target, Inputs.reason(e)));
        }
    }

    /** Whether the input is the target, by whatever name, or lies in it. */
    private static boolean overwrites(Path target, Path input) {
        return Files.exists(target)
                && Files.exists(input)
                && (real(input).startsWith(real(target)) || isOneFile(target, input));
    }

    private static boolean isOneFile(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    private static Path real(Path path) {
        try {
            return RealPath.of(path);
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    /** Whether the two lead to the same place. */
    public static boolean isSame(Path one, Path other) {
        return real(one).equals(real(other)) || Files.exists(one) && Files.exists(other) && isOneFile(one, other);
    }
}
