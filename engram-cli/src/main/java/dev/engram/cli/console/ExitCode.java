package dev.engram.cli.console;

/** The exit codes of the program, which scripts depend on. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;
    public static final int UNUSABLE_INPUT = 3;
    static final int BAD_MEMORY_FILE = 4;
    static final int BUSY = 5;
    /** What shells report for a program that Ctrl-C ended. */
    public static final int CANCELLED = 130;

    private ExitCode() {}
}
