package dev.engram.spark;

/** Says in one line why a record cannot be read as a pattern or cue. */
final class UnreadableRecordException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableRecordException(String message) {
        super(message);
    }
}
