package dev.engram.cli;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.Interruption;
import dev.engram.cli.console.Terminal;
import dev.engram.cli.shell.FishCompletion;
import dev.engram.cli.shell.ManualPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes what an archive of the program has for shells: completion for bash, zsh and fish, and the manual page. */
final class ShellFiles {
    private ShellFiles() {}

    /** @param args the folder, and the version for the foot of the manual page */
    public static void main(String[] args) throws IOException {
        Locale.setDefault(Locale.ROOT);
        Path folder = Files.createDirectories(Path.of(args[0]));
        Files.writeString(folder.resolve("engram.bash"), AutoComplete.bash("engram", commandLine()));
        Files.writeString(folder.resolve("engram.fish"), FishCompletion.of(commandLine()));
        Files.writeString(folder.resolve("engram.1"), ManualPage.of(commandLine(), args[1]));
    }

    private static CommandLine commandLine() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return EngramCommand.commandLine(new Context(Terminal.of(nowhere, nowhere), new Interruption()));
    }
}
