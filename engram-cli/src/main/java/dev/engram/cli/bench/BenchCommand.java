package dev.engram.cli.bench;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.HelpText;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands {@code engram bench ...}: measurements of speed, each a command of its own. */
@Command(
        name = "bench",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Measures how fast the engines are on this machine: one inference step (step), an update and a whole"
                    + " memory (learn), one query (recall), growing pictures or more and more patterns (scaling), and a race with other"
                    + " programs (worker)."
        },
        footer = {"", "Examples:", "  engram bench step", "  engram bench worker --data arrays/ --engine reference"})
public final class BenchCommand {
    /** The group with its commands. A new one is one more line here. */
    public static CommandLine commandLine(Context context) {
        CommandLine line = new CommandLine(new BenchCommand())
                .addSubcommand(new BenchStepCommand(context))
                .addSubcommand(new BenchLearnCommand(context))
                .addSubcommand(new BenchRecallCommand(context))
                .addSubcommand(new BenchScalingCommand(context))
                .addSubcommand(new BenchWorkerCommand(context, System.in, System.getenv()));
        line.getSubcommands().values().forEach(HelpText::addHelpOption);
        return line;
    }
}
