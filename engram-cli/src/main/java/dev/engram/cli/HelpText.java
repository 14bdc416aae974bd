package dev.engram.cli;

import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;

/** What all commands' help has in common. */
final class HelpText {
    static final int WIDTH = 110;
    static final String NO_COMMAND = "No command was given.";

    private HelpText() {}

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
