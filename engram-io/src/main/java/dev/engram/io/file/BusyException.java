package dev.engram.io.file;

/**
 * A file that somebody else is changing, or has changed since it was read: nothing was written. The message is one line for the user; the command
 * line ends with exit code 5.
 */
public final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BusyException(String message) {
        super(message);
    }
}
