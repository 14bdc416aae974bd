package dev.engram.io.file;

/**
 * A memory file that cannot be used. The message is one line for the user; the command line ends with exit code 4.
 *
 * <p>A file that does not exist, or may not be read, is an {@link InputException}.
 */
public abstract sealed class MemoryFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private MemoryFileException(String message) {
        super(Bounds.message(message));
    }

    /** It was such a file once: truncated, a bit flipped, offsets or checksums that do not agree. */
    public static final class Corrupt extends MemoryFileException {
        private static final long serialVersionUID = 1L;

        public Corrupt(String message) {
            super(message);
        }
    }

    /** It is not such a file at all, or one that Engram did not write. */
    public static final class Foreign extends MemoryFileException {
        private static final long serialVersionUID = 1L;

        public Foreign(String message) {
            super(message);
        }
    }

    /** It was written by a later version of Engram. */
    public static final class TooNew extends MemoryFileException {
        private static final long serialVersionUID = 1L;

        public TooNew(String message) {
            super(message);
        }
    }
}
