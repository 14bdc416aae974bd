package dev.engram.io.file;

/**
 * Input data that cannot be used: a file that is missing, damaged, of an unknown kind or of the wrong shape.
 *
 * <p>The message is one line for the user: what is wrong, where, what was expected, and a "Maybe ..." way out where one
 * is known. The command line ends with exit code 3.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(Bounds.message(message));
    }

    public InputException(String message, Throwable cause) {
        super(Bounds.message(message), cause);
    }
}
