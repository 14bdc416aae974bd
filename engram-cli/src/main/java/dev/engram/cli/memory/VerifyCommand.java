package dev.engram.cli.memory;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.ExitCode;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.CommonOptions;
import dev.engram.io.NumberText;
import dev.engram.io.memory.Stored;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code engram verify}. Reading a memory is verifying it; this command does nothing else. */
@Command(
        name = "verify",
        description = {
            "Check that a memory file is whole: every byte against its checksum, every number finite.",
            "Exit code 0 if it is, 4 if it is damaged, foreign or of a newer format."
        },
        footer = {"", "Example:", "  engram verify photos.engram && echo whole"})
public final class VerifyCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "MEMORY", description = "A memory file written by learn or sequence learn.")
    private Path memory = Path.of("");

    @Mixin
    private CommonOptions common = new CommonOptions();

    public VerifyCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        common.apply(context);
        Stored stored = Stored.read(memory, context.la());
        long bytes = memory.toFile().length();
        if (common.json()) {
            JsonOutput.of("verify")
                    .with("memory", memory)
                    .with("whole", true)
                    .with("bytes", bytes)
                    .with("model", stored.model())
                    .with("bytes_stored", stored.bytes())
                    .print(context.terminal());
        } else {
            context.terminal()
                    .result("%s is whole: %s read, every checksum agrees, all numbers of the %s memory are finite."
                            .formatted(memory, NumberText.bytes(bytes), stored.model()));
        }
        return ExitCode.DONE;
    }
}
