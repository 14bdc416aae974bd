package dev.engram.cli.console;

import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the help texts of all commands share, and the command line as it was typed. */
public final class HelpText {
    public static final int WIDTH = 110;
    /** What picocli says of a group of commands that is called without one. */
    public static final String NO_COMMAND = "Missing required subcommand";

    private HelpText() {}

    /** What was typed, as well as it can be told. */
    public static String command(CommandSpec spec) {
        return "engram " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }

    public static void addHelpOption(CommandLine command) {
        if (command.getCommand() instanceof HelpCommand) {
            return;
        }
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help and exit.")
                        .build());
    }
}
