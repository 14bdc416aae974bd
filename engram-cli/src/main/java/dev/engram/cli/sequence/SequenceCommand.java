package dev.engram.cli.sequence;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.HelpText;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands {@code engram sequence ...}: memories of patterns in order. */
@Command(
        name = "sequence",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Stores patterns in their order (learn), and continues from the frames shown (replay): from a first"
                    + " frame alone, or frame by frame beside a noisy present."
        },
        footer = {
            "",
            "Examples:",
            "  engram sequence learn film/ -o film.engram --resize 64x64",
            "  engram sequence replay film.engram first.png -o rest/"
        })
public final class SequenceCommand {
    /** The group with its commands. */
    public static CommandLine commandLine(Context context) {
        CommandLine line = new CommandLine(new SequenceCommand())
                .addSubcommand(new SequenceLearnCommand(context))
                .addSubcommand(new SequenceReplayCommand(context));
        line.getSubcommands().values().forEach(HelpText::addHelpOption);
        return line;
    }
}
