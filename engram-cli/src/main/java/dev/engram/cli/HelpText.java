package dev.engram.cli;

import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What all commands' help has in common, and what was typed. */
final class HelpText {
    static final int WIDTH = 110;
    static final String NO_COMMAND = "No command was given.";

    private HelpText() {}

    /** What was typed, as well as it can be told. */
    static String command(CommandSpec spec) {
        return "engram " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }

    static void addHelpOption(CommandLine command) {
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
