package dev.engram.io.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files for all readers of data: the first bytes, all bytes, and one clear message when a file cannot be read. */
public final class Inputs {
    private Inputs() {}

    /**
     * Opens an ordinary file, buffered by whoever reads it.
     *
     * @throws InputException if it is a pipe or a device, which might make a reader wait for ever, and cannot be read twice
     * @throws IOException if it cannot be opened
     */
    public static InputStream open(Path file) throws IOException {
        requireOrdinary(file);
        return Files.newInputStream(file);
    }

    /**
     * Refuses what is neither a file nor a folder, before it is opened; what is not there at all is left to the reader.
     *
     * @throws InputException if it is a pipe, a socket or a device
     */
    public static void requireOrdinary(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new InputException(
                    "%s is a pipe, a socket or a device; a file was expected. Maybe write it to a file first."
                            .formatted(file));
        }
    }

    /** Up to {@code count} bytes from the start of the file. */
    public static byte[] beginning(Path file, int count) {
        try (InputStream in = open(file)) {
            return in.readNBytes(count);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Whether the bytes begin with these. */
    public static boolean startsWith(byte[] bytes, int... signature) {
        if (bytes.length < signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if (bytes[i] != (byte) signature[i]) {
                return false;
            }
        }
        return true;
    }

    public static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    public static byte[] all(Path file) {
        try (OpenInput in = OpenInput.of(file)) {
            HeapLimit.floats(file.toString(), in.size() / Float.BYTES);
            return in.stream().readAllBytes();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    public static InputException unreadable(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new InputException("%s does not exist. Maybe the name is misspelt.".formatted(file), cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new InputException("%s may not be read. Maybe its permissions are wrong.".formatted(file), cause);
        }
        return new InputException("%s cannot be read: %s.".formatted(file, reason(cause)), cause);
    }

    /** Why, in one line: the system's own words, or the kind of error where it has none. */
    public static String reason(Throwable cause) {
        String message = cause.getMessage();
        String reason = message == null || message.isBlank() ? cause.getClass().getSimpleName() : message.strip();
        String line = reason.lines().findFirst().orElse(reason);
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
