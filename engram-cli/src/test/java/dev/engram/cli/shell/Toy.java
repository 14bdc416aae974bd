package dev.engram.cli.shell;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A program of one command in a group, with all that needs care in a shell's files. */
@Command(name = "toy", description = "Plays. Not for long.", footer = "  toy box open .hidden -s RED")
final class Toy {
    enum Shade {
        RED,
        BLUE
    }

    @Command(name = "box", description = "What is in it.")
    static final class Box {}

    @Command(name = "open", description = "Opens the children's box.")
    static final class Open {
        @Parameters(paramLabel = "BOX", description = "A file.")
        Path box = Path.of("");

        @Option(
                names = {"-s", "--shade"},
                paramLabel = "SHADE",
                defaultValue = "RED",
                description = {"Of 100%% light.%n.5 is dark (default: ${DEFAULT-VALUE}).", "'C:\\dir' is none."})
        Shade shade = Shade.BLUE;

        @Option(names = "--secret", hidden = true, description = "Not shown.")
        boolean secret;
    }

    private Toy() {}

    static CommandLine commandLine() {
        return new CommandLine(new Toy()).addSubcommand(new CommandLine(new Box()).addSubcommand(new Open()));
    }
}
