package dev.engram.cli.memory;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.StoredMemory;
import dev.engram.memory.MemoryAudit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code engram audit}: recalls everything a memory holds, and says how much room is left. */
@Command(
        name = "audit",
        description = {
            "Recall everything a memory holds, and say how much room is left.",
            "A pattern is shown whole, the original where it is kept, else what its code generates. For memories learned"
                    + " with --prior codes."
        },
        footer = {"", "Example:", "  engram audit photos.engram --json"})
public final class AuditCommand extends BaseCommand {
    @Parameters(index = "0", paramLabel = "MEMORY", description = "A memory file written by learn --prior codes.")
    private Path memory = Path.of("");

    public AuditCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        StoredMemory stored = MemoryFile.read(memory, context.la());
        MemoryAudit audit = CodesText.require(stored, memory, "audit").audit().orElseThrow();
        AuditText.say(terminal, audit);
        if (json()) {
            JsonOutput json = JsonOutput.of("audit").with("memory", memory);
            AuditText.describe(json, audit);
            List<JsonOutput> items = new ArrayList<>();
            for (int i = 0; i < audit.patterns(); i++) {
                items.add(NameText.describe(new JsonOutput(), stored.catalogue(), i)
                        .with("mse", audit.errors().errors()[i])
                        .with("own", audit.own()[i]));
            }
            json.with("items", items).print(terminal);
        }
    }
}
