package dev.engram.cli;

/** The exit codes of the contract. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int UNUSABLE_INPUT = 3;
    static final int BAD_MEMORY_FILE = 4;
    /** What shells report for a program that Ctrl-C ended. */
    static final int CANCELLED = 130;

    private ExitCode() {}
}
