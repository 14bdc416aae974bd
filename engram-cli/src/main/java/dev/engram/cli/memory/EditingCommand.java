package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.cli.options.Targets;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.io.memory.Catalogue;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.Provenance;
import dev.engram.io.memory.Software;
import dev.engram.io.memory.StoredMemory;
import dev.engram.memory.Calibration;
import dev.engram.memory.MemoryAudit;
import dev.engram.memory.attractor.AttractorMemory;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that changes a memory with codes, audits it, and writes it back. */
abstract class EditingCommand extends BaseCommand {
    @Parameters(index = "0", paramLabel = "MEMORY", description = "A memory file written by learn --prior codes.")
    private Path memory = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "The memory file to write (default: MEMORY itself, replaced when all is done).")
    private Optional<Path> output = Optional.empty();

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    EditingCommand(Context context) {
        super(context);
    }

    final Path memory() {
        return memory;
    }

    private Path target() {
        return output.orElse(memory);
    }

    /**
     * Reads the memory.
     *
     * @param inputs what else the command reads
     */
    StoredMemory open(Path... inputs) {
        requireKept(inputs);
        return MemoryFile.read(memory, context.la());
    }

    /** Checks that the output can be written, and is none of the inputs. */
    final void requireKept(Path... inputs) {
        Targets.require(target(), true, inputs);
    }

    /**
     * Writes a memory that was changed, and says how it stands.
     *
     * @param before as it was read
     * @param catalogue what the patterns that are there now are called
     * @param log what goes into the digest of what is stored
     * @param done what was done, for people
     * @param details the same for programs
     */
    void handOver(
            StoredMemory before,
            AttractorMemory changed,
            Catalogue catalogue,
            String log,
            String done,
            JsonOutput details) {
        context.interruption().requireGoingOn();
        AttractorMemory calibrated =
                changed.calibration().heldOut() > 0 ? changed.calibrated(Calibration.FALSE_ALARM_RATE) : changed;
        MemoryAudit audit = calibrated.audit().orElseThrow();
        Provenance provenance = before.provenance()
                .changed(
                        calibrated.codes().size(),
                        log,
                        Provenance.Audit.of(
                                audit.errors(), before.provenance().audit().threshold()),
                        Software.current(context.la().description()));
        StoredMemory after = new StoredMemory(calibrated, before.shape(), provenance, catalogue, before.columns());
        context.interruption().write(() -> MemoryFile.write(target(), after));
        terminal.line("%s.".formatted(done));
        AuditText.say(terminal, audit);
        terminal.line("Wrote %s (%s)."
                .formatted(target(), NumberText.bytes(target().toFile().length())));
        if (json()) {
            AuditText.describe(details.with("memory", target()).with("bytes_stored", calibrated.bytes()), audit);
            details.print(terminal);
        }
    }

    /** Reads patterns that must fit the memory. */
    PatternSet read(Path patterns, StoredMemory stored) {
        PatternSet set = reading.readCues(patterns, stored);
        if (!set.patterns().isFinite()) {
            throw CommandException.unusableInput(
                    "%s lacks values, which patterns to store may not. Maybe fill them in first (complete)."
                            .formatted(patterns));
        }
        AskingCommand.requireFit(memory, stored, patterns, set);
        ReadingOptions.sayNotes(terminal, patterns, set);
        return set;
    }

    boolean isLimited() {
        return reading.hasLimit();
    }
}
