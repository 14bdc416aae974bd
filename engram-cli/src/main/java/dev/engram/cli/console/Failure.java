package dev.engram.cli.console;

import dev.engram.io.NumberText;
import dev.engram.io.file.InputException;
import dev.engram.io.file.MemoryFileException;
import dev.engram.io.file.OutputException;
import dev.engram.memory.UnusableValuesException;
import java.util.Optional;
import picocli.CommandLine;

/**
 * What the user is told of an error, and the exit code that goes with it.
 *
 * @param line one line
 */
public record Failure(int exitCode, String line) {
    private static final String NEEDS_MEMORY =
            "out of memory (Java may use %s). Maybe give it more, for example ENGRAM_JAVA_OPTS=-Xmx8g, or"
                    + " use --limit N.";

    public static Failure of(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            Optional<Failure> known = known(cause);
            if (known.isPresent()) {
                return known.get();
            }
        }
        String reason = Optional.ofNullable(error.getMessage()).orElse("no message");
        return failure(
                ExitCode.FAILED,
                "internal error: %s: %s Maybe run it again with --debug and report what it prints."
                        .formatted(error.getClass().getSimpleName(), reason));
    }

    private static Optional<Failure> known(Throwable error) {
        String message = String.valueOf(error.getMessage());
        if (error instanceof CommandException command) {
            return Optional.of(failure(command.exitCode(), message));
        }
        if (error instanceof InputException || error instanceof UnusableValuesException) {
            return Optional.of(failure(ExitCode.UNUSABLE_INPUT, message));
        }
        if (error instanceof MemoryFileException) {
            return Optional.of(failure(ExitCode.BAD_MEMORY_FILE, message));
        }
        if (error instanceof OutputException) {
            return Optional.of(failure(ExitCode.FAILED, message));
        }
        if (error instanceof OutOfMemoryError) {
            String heap = NumberText.bytes(Runtime.getRuntime().maxMemory());
            return Optional.of(failure(ExitCode.FAILED, NEEDS_MEMORY.formatted(heap)));
        }
        return Optional.empty();
    }

    /** A command line that was not understood. */
    public static Failure ofUsage(CommandLine.ParameterException error) {
        String message = String.valueOf(error.getMessage()).strip();
        String full = message.matches("(?s).*[.!?)]") ? message : message + ".";
        if (error instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            String similar = unmatched.getSuggestions().get(0);
            return failure(ExitCode.WRONG_USAGE, "%s Maybe %s was meant.".formatted(full, similar));
        }
        String name = error.getCommandLine().getCommandSpec().qualifiedName();
        String help = name.equals("engram") ? "engram --help" : "engram help " + name.substring("engram ".length());
        return failure(ExitCode.WRONG_USAGE, full.contains("Maybe") ? full : "%s Maybe see: %s".formatted(full, help));
    }

    private static Failure failure(int exitCode, String text) {
        return new Failure(exitCode, "engram: " + text.replaceAll("\\s*\\R\\s*", " "));
    }
}
