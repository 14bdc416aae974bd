package dev.engram.cli.memory;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.io.NumberText;
import dev.engram.io.Printable;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.StoredMemory;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code engram list}: shows what the patterns of a memory are called. */
@Command(
        name = "list",
        description = {
            "Show what the patterns of a memory are called: their numbers and names, one on each line.",
            "With --json also what was attached to them (learn --payload)."
        },
        footer = {"", "Examples:", "  engram list photos.engram", "  engram list photos.engram --json"})
public final class ListCommand extends BaseCommand {
    @Parameters(index = "0", paramLabel = "MEMORY", description = "A memory file written by learn.")
    private Path memory = Path.of("");

    public ListCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        StoredMemory stored = MemoryFile.read(memory, context.la());
        int patterns = stored.provenance().patterns();
        if (json()) {
            JsonOutput.of("list")
                    .with("memory", memory)
                    .with("named", !stored.names().isEmpty())
                    .with("patterns", NameText.items(stored.catalogue(), patterns))
                    .print(terminal);
            return;
        }
        if (stored.names().isEmpty()) {
            terminal.result("%s without names in %s.%s"
                    .formatted(
                            NumberText.count(patterns, "pattern"),
                            memory,
                            StoredMemory.namesPatterns(stored.memory())
                                    ? " Answers tell their numbers, from 0."
                                    : " This memory (model %s) does not say which pattern a cue is."
                                            .formatted(stored.model())));
            return;
        }
        for (int i = 0; i < patterns; i++) {
            terminal.result("%6d  %s"
                    .formatted(i, Printable.name(stored.catalogue().name(i).orElse("")))
                    .stripTrailing());
        }
    }
}
