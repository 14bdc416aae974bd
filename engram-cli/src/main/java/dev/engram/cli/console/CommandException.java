package dev.engram.cli.console;

/** The failure of a command, with one line for the user: what, where, what was expected, "Maybe ...". */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public static CommandException failed(String message) {
        return new CommandException(ExitCode.FAILED, message);
    }

    public static CommandException wrongUsage(String message) {
        return new CommandException(ExitCode.WRONG_USAGE, message);
    }

    public static CommandException unusableInput(String message) {
        return new CommandException(ExitCode.UNUSABLE_INPUT, message);
    }

    public static CommandException cancelled() {
        return new CommandException(ExitCode.CANCELLED, Interruption.MESSAGE);
    }

    int exitCode() {
        return exitCode;
    }
}
