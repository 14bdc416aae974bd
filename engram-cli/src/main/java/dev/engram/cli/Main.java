package dev.engram.cli;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.ExitCode;
import dev.engram.cli.console.Failure;
import dev.engram.cli.console.HelpText;
import dev.engram.cli.console.Interruption;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Terminal;
import dev.engram.linalg.LinearAlgebra;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The {@code engram} program. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        // Numbers look the same everywhere; scripts and tests read them.
        Locale.setDefault(Locale.ROOT);
        LogManager.getLogManager().reset();
        Terminal terminal = Terminal.ofProcess();
        Interruption interruption = new Interruption();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> interruption.onShutdown(terminal, LinearAlgebra::endProcess), "engram-shutdown"));
        int exitCode = run(args, new Context(terminal, interruption));
        interruption.returned(exitCode != ExitCode.CANCELLED);
        System.exit(exitCode);
    }

    /**
     * Runs one command within this process.
     *
     * @param out standard output: results
     * @param err standard error: prose, progress, errors
     * @return the exit code
     */
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        return run(args, new Context(Terminal.of(out, err), new Interruption()));
    }

    public static int run(String[] args, Context context) {
        Terminal terminal = context.terminal();
        CommandLine line;
        try {
            line = EngramCommand.commandLine(context, List.of(args).contains("learn"));
        } catch (IllegalStateException e) { // a memory of somebody's own that cannot be offered
            return end(Failure.of(CommandException.failed(String.valueOf(e.getMessage()))), e, args, context);
        }
        line.setOut(terminal.out());
        line.setErr(terminal.err());
        line.setParameterExceptionHandler((e, given) -> {
            if (HelpText.NO_COMMAND.equals(e.getMessage())) {
                e.getCommandLine().usage(terminal.err());
                return ExitCode.WRONG_USAGE;
            }
            return end(Failure.ofUsage(e), e, args, context);
        });
        line.setExecutionExceptionHandler((e, command, parsed) -> end(Failure.of(e), e, args, context));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.interactive() ? Ansi.AUTO : Ansi.OFF));
        int exitCode = execute(line, args, context);
        terminal.err().flush();
        if (!terminal.delivered() && exitCode == ExitCode.DONE) {
            Failure undelivered = Failure.undelivered();
            terminal.line(undelivered.line());
            return undelivered.exitCode();
        }
        return exitCode;
    }

    private static int execute(CommandLine line, String[] args, Context context) {
        try {
            return line.execute(args);
        } catch (Error e) {
            return end(Failure.of(e), e, args, context);
        }
    }

    private static int end(Failure failure, Throwable error, String[] args, Context context) {
        Terminal terminal = context.terminal();
        if (failure.exitCode() == ExitCode.CANCELLED) {
            context.interruption().announce(terminal);
        } else {
            terminal.line(failure.line());
        }
        List<String> given = List.of(args);
        if (given.contains("--debug")) {
            terminal.trace(error);
        }
        if (given.contains("--json")) {
            new JsonOutput()
                    .with("error", failure.line())
                    .with("exit_code", failure.exitCode())
                    .print(terminal);
        }
        return failure.exitCode();
    }
}
