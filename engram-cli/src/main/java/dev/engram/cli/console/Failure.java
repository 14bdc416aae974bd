package dev.engram.cli.console;

import dev.engram.io.NumberText;
import dev.engram.io.Printable;
import dev.engram.io.file.BusyException;
import dev.engram.io.file.InputException;
import dev.engram.io.file.MemoryFileException;
import dev.engram.io.file.OutputException;
import dev.engram.memory.UnusableValuesException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
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

    private static final String UNREADABLE_NAME =
            "the name of a file has letters that this locale lacks (Java takes names for %s): %s. Maybe set a locale of"
                    + " UTF-8, for example LC_ALL=C.UTF-8.";
    private static final String CHARSET_OF_NAMES = System.getProperty("sun.jnu.encoding", "ASCII");
    private static final int FEW = 3;

    /** A result that did not reach standard output, whatever the command has written into files. */
    public static Failure undelivered() {
        return failure(
                ExitCode.FAILED,
                "the result could not be written to standard output. Maybe the disk is full, or the program that reads"
                        + " it has ended.");
    }

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
        if (error instanceof CancellationException // the process is ending, or the thread was interrupted
                || error.getCause() instanceof ClosedByInterruptException) {
            return known(CommandException.cancelled());
        }
        if (error instanceof InputException || error instanceof UnusableValuesException) {
            return Optional.of(failure(ExitCode.UNUSABLE_INPUT, message));
        }
        if (error instanceof MemoryFileException) {
            return Optional.of(failure(ExitCode.BAD_MEMORY_FILE, message));
        }
        if (error instanceof BusyException) {
            return Optional.of(failure(ExitCode.BUSY, message));
        }
        if (error instanceof OutputException) {
            return Optional.of(failure(ExitCode.FAILED, message));
        }
        if (error instanceof InvalidPathException) {
            return Optional.of(failure(ExitCode.UNUSABLE_INPUT, UNREADABLE_NAME.formatted(CHARSET_OF_NAMES, message)));
        }
        if (error instanceof OutOfMemoryError) {
            String heap = NumberText.bytes(Runtime.getRuntime().maxMemory());
            return Optional.of(failure(ExitCode.FAILED, NEEDS_MEMORY.formatted(heap)));
        }
        return Optional.empty();
    }

    /** A command line that was not understood. */
    public static Failure ofUsage(CommandLine.ParameterException error) {
        if (error.getCause() instanceof InvalidPathException path) {
            return of(path);
        }
        if (error instanceof CommandLine.UnmatchedArgumentException unmatched && isCommand(unmatched)) {
            return ofUsage(HelpText.noCommand(
                    unmatched.getCommandLine(), unmatched.getUnmatched().get(0)));
        }
        String message = String.valueOf(error.getMessage()).strip();
        String full = message.matches("(?s).*[.!?)]") ? message : message + ".";
        if (error instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            String similar = unmatched.getSuggestions().get(0);
            return failure(ExitCode.WRONG_USAGE, "%s Maybe %s was meant.".formatted(full, similar));
        }
        if (error instanceof CommandLine.UnmatchedArgumentException unmatched
                && unmatched.getUnmatched().size() > FEW) {
            return failure(ExitCode.WRONG_USAGE, tooMany(unmatched.getUnmatched()));
        }
        String name = error.getCommandLine().getCommandSpec().qualifiedName();
        String help = name.equals("engram") ? "engram --help" : "engram help " + name.substring("engram ".length());
        return failure(ExitCode.WRONG_USAGE, full.contains("Maybe") ? full : "%s Maybe see: %s".formatted(full, help));
    }

    /** Whether a word stands where a command of a group should. */
    private static boolean isCommand(CommandLine.UnmatchedArgumentException unmatched) {
        return !unmatched.getCommandLine().getSubcommands().isEmpty()
                && !unmatched.getUnmatched().get(0).startsWith("-");
    }

    /** What a shell makes of a wildcard. */
    private static String tooMany(List<String> words) {
        String said = "%,d arguments too many, the first is %s.".formatted(words.size(), words.get(0));
        int slash = words.get(0).lastIndexOf('/');
        String folder = slash < 0 ? "." : words.get(0).substring(0, slash + 1);
        boolean together = words.stream().allMatch(word -> slash < 0 || word.startsWith(folder));
        return together
                ? "%s Maybe name the folder, %s, in place of all that is in it.".formatted(said, folder)
                : "%s Maybe a wildcard named more than was meant.".formatted(said);
    }

    private static Failure failure(int exitCode, String text) {
        return new Failure(exitCode, Printable.message("engram: " + text));
    }
}
