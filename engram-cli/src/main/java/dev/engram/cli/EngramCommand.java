package dev.engram.cli;

import dev.engram.cli.bench.BenchCommand;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.HelpCommand;
import dev.engram.cli.console.HelpText;
import dev.engram.cli.demo.DemoCommand;
import dev.engram.cli.demo.PlayCommand;
import dev.engram.cli.experiment.CompareCommand;
import dev.engram.cli.experiment.ReproduceCommand;
import dev.engram.cli.memory.AuditCommand;
import dev.engram.cli.memory.CompleteCommand;
import dev.engram.cli.memory.CorruptCommand;
import dev.engram.cli.memory.DuplicatesCommand;
import dev.engram.cli.memory.FamiliarCommand;
import dev.engram.cli.memory.ForgetCommand;
import dev.engram.cli.memory.InspectCommand;
import dev.engram.cli.memory.LearnCommand;
import dev.engram.cli.memory.ListCommand;
import dev.engram.cli.memory.RecallCommand;
import dev.engram.cli.memory.ScoreCommand;
import dev.engram.cli.memory.StoreCommand;
import dev.engram.cli.memory.VerifyCommand;
import dev.engram.cli.options.Choices;
import dev.engram.cli.sequence.SequenceCommand;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code engram}: its commands, and the workflow that joins them. */
@Command(
        name = "engram",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Stores patterns (images first) in a predictive-coding network and brings them back from noisy, partial or"
                    + " damaged cues."
        },
        footer = {
            "",
            "From pictures to pictures:",
            "  engram learn photos/ -o photos.engram --resize 64x64        store a folder of pictures",
            "  engram corrupt photos/ -o cues/ --mask top:0.5 --resize 64x64   keep only their upper halves",
            "  engram complete photos.engram cues/ --known top:0.5 -o completed/",
            "  engram score photos/ completed/                             how many came back",
            "",
            "A memory that says which pattern a cue is, that several fit, or that it knows none:",
            "  engram learn photos/ -o photos.engram --resize 64x64 --identify",
            "  engram familiar photos.engram others/",
            "  engram store photos.engram new.png                          and forget, list, audit",
            "",
            "Which patterns are copies of each other:",
            "  engram duplicates photos/ --resize 64x64 --html alike.html",
            "",
            "Which memory is best for your patterns:",
            "  engram compare photos/ --resize 64x64 -o comparison/        one table, one recommendation",
            "",
            "A local page that shows a memory at work:",
            "  engram play",
            "",
            "The papers' figures and tables, computed again:",
            "  engram reproduce                                            what there is",
            "",
            "Patterns are a folder of pictures, one picture, .npy, .npz, MNIST or CIFAR-10 files. Each command has its"
                    + " own help:",
            "  engram help learn",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 unusable input data, 4 damaged or foreign memory file,"
                    + " 5 another program is changing the memory.",
            "ENGRAM_JAVA_OPTS adds options for Java, for example -Xmx8g for more memory."
        })
final class EngramCommand {
    /** The whole command line. */
    static CommandLine commandLine(Context context) {
        return commandLine(context, true);
    }

    /**
     * The command line. A new command is one more line here.
     *
     * @param learns whether learn has its options, which are those of every kind of memory: making them takes a tenth of a short command's time
     */
    static CommandLine commandLine(Context context, boolean learns) {
        CommandLine line = new CommandLine(new EngramCommand())
                .addSubcommand(new DemoCommand(context))
                .addSubcommand(new PlayCommand(context))
                .addSubcommand(LearnCommand.commandLine(context, learns))
                .addSubcommand(new CorruptCommand(context))
                .addSubcommand(new RecallCommand(context))
                .addSubcommand(new CompleteCommand(context))
                .addSubcommand(new FamiliarCommand(context))
                .addSubcommand(new StoreCommand(context))
                .addSubcommand(new ForgetCommand(context))
                .addSubcommand(new AuditCommand(context))
                .addSubcommand(new ListCommand(context))
                .addSubcommand(new DuplicatesCommand(context))
                .addSubcommand(new ScoreCommand(context))
                .addSubcommand(new InspectCommand(context))
                .addSubcommand(new VerifyCommand(context))
                .addSubcommand(SequenceCommand.commandLine(context))
                .addSubcommand(new CompareCommand(context))
                .addSubcommand(new ReproduceCommand(context))
                .addSubcommand(BenchCommand.commandLine(context))
                .addSubcommand(new HelpCommand());
        Choices.registerOn(line);
        line.setUsageHelpWidth(HelpText.width(Optional.ofNullable(System.getenv("COLUMNS"))));
        line.getSubcommands().values().forEach(HelpText::addHelpOption);
        return line;
    }
}
