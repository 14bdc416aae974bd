package dev.engram.io.file;

/**
 * An output that cannot be written: no such folder, not writable, in the way of something else, disk full.
 *
 * <p>The message is one line for the user. Whatever stood at the target before is still there, whole. The command line
 * ends with exit code 1.
 */
public final class OutputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OutputException(String message) {
        super(Bounds.message(message));
    }

    public OutputException(String message, Throwable cause) {
        super(Bounds.message(message), cause);
    }
}
