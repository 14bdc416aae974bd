package dev.engram.cli.console;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code engram help}: the help of a command, or of a command of a group ({@code engram help sequence learn}). */
@Command(
        name = "help",
        helpCommand = true,
        description = "Show the help of a command, for example: engram help learn, engram help sequence learn.")
public final class HelpCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command; without one, all are listed.")
    private String[] path = new String[0];

    @Override
    public void run() {
        CommandLine command = spec.commandLine().getParent();
        for (String name : path) {
            CommandLine next = command.getSubcommands().get(name);
            if (next == null) {
                throw HelpText.noCommand(command, name);
            }
            command = next;
        }
        command.usage(command.getOut());
    }
}
