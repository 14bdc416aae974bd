package dev.engram.cli.memory;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.io.NumberText;
import dev.engram.io.memory.Stored;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code engram verify}: checks that a memory file is whole, by reading it. */
@Command(
        name = "verify",
        description = {
            "Check that a memory file is whole: every byte against its checksum, every number finite.",
            "Exit code 0 if it is, 4 if it is damaged, foreign or of a newer format."
        },
        footer = {"", "Example:", "  engram verify photos.engram && echo whole"})
public final class VerifyCommand extends BaseCommand {
    @Parameters(index = "0", paramLabel = "MEMORY", description = "A memory file written by learn or sequence learn.")
    private Path memory = Path.of("");

    public VerifyCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        Stored stored = Stored.read(memory, context.la());
        long bytes = memory.toFile().length();
        if (json()) {
            JsonOutput.of("verify")
                    .with("memory", memory)
                    .with("whole", true)
                    .with("bytes", bytes)
                    .with("model", stored.model())
                    .with("bytes_stored", stored.bytes())
                    .print(terminal);
        } else {
            terminal.result("%s is whole: %s read, every checksum agrees, all numbers of the %s memory are finite."
                    .formatted(memory, NumberText.bytes(bytes), stored.model()));
        }
    }
}
