package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Converters;
import dev.engram.cli.options.PartOptions;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.cli.options.Targets;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.io.file.OwnerLock;
import dev.engram.io.memory.Catalogue;
import dev.engram.io.memory.MemoryEdit;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.Provenance;
import dev.engram.io.memory.Software;
import dev.engram.io.memory.StoredMemory;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Calibration;
import dev.engram.memory.EditableMemory;
import dev.engram.memory.Identifier;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryAudit;
import dev.engram.memory.Score;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that changes a memory, audits it, and writes it back, while no other changes it. */
abstract class EditingCommand extends BaseCommand {
    static final String ONE_AT_A_TIME =
            "One command at a time changes a memory; others wait for it (--wait), then end with exit code 5.";

    static final String MEMORIES =
            "For memories learned with --prior codes, and for nearest-neighbour and modern-hopfield, which keep the patterns themselves.";

    private static final double LONGEST_WAIT = 1e6;

    @Parameters(index = "0", paramLabel = "MEMORY", description = "A memory file written by learn.")
    private Path memory = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "The memory file to write (default: MEMORY itself, replaced when all is done).")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--wait",
            paramLabel = "S",
            converter = Converters.NotNegative.class,
            description = "Seconds to wait while another command changes the memory (default: 60).")
    private Optional<Double> wait = Optional.empty();

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Mixin
    private PartOptions further = new PartOptions();

    private Optional<MemoryEdit> edit = Optional.empty();

    EditingCommand(Context context) {
        super(context);
    }

    @Override
    protected final void run() {
        try {
            edit();
        } finally {
            edit.ifPresent(MemoryEdit::close);
        }
    }

    /** Does the work, from {@link #open} to {@link #handOver}. */
    abstract void edit();

    final Path memory() {
        return memory;
    }

    private Path target() {
        return output.orElse(memory);
    }

    /**
     * Reads the memory, which nobody else changes from now on if it is to be replaced.
     *
     * @param inputs what else the command reads
     */
    StoredMemory open(Path... inputs) {
        requireKept(inputs);
        if (!Targets.isSame(memory, target())) {
            return look();
        }
        Duration patience = wait.map(seconds -> Duration.ofMillis(Math.round(Math.min(seconds, LONGEST_WAIT) * 1_000)))
                .orElse(OwnerLock.PATIENCE);
        MemoryEdit opened = MemoryEdit.open(memory, context.la(), patience, terminal::line);
        edit = Optional.of(opened);
        return opened.stored();
    }

    /** Reads the memory, which stays as it is. */
    final StoredMemory look() {
        return MemoryFile.read(memory, context.la());
    }

    /** Checks that the output can be written, and is none of the inputs. */
    final void requireKept(Path... inputs) {
        Targets.require(target(), true, inputs);
        Targets.require(target(), true, further.files());
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
            EditableMemory changed,
            Catalogue catalogue,
            String log,
            String done,
            JsonOutput details) {
        context.interruption().requireGoingOn();
        EditableMemory calibrated = CodesText.in(changed)
                .filter(codes -> codes.calibration().heldOut() > 0)
                .<EditableMemory>map(codes -> codes.calibrated(Calibration.FALSE_ALARM_RATE))
                .orElse(changed);
        Identifier held = calibrated.identifier().orElseThrow();
        Optional<MemoryAudit> audit = calibrated.audit();
        Score errors = audit.map(MemoryAudit::errors).orElseGet(() -> regenerated(calibrated));
        Provenance provenance = before.provenance()
                .changed(
                        held.patterns(),
                        log,
                        Provenance.Audit.of(errors, before.provenance().audit().threshold()),
                        Software.current(context.la().description()));
        StoredMemory after = before.changed(calibrated, provenance, catalogue);
        context.interruption()
                .write(() -> edit.ifPresentOrElse(e -> e.write(after), () -> MemoryFile.write(target(), after)));
        terminal.line("%s.".formatted(done));
        audit.ifPresent(a -> AuditText.say(terminal, a));
        terminal.line("Wrote %s (%s)."
                .formatted(target(), NumberText.bytes(target().toFile().length())));
        if (json()) {
            details.with("memory", target()).with("bytes_stored", calibrated.bytes());
            audit.ifPresentOrElse(a -> AuditText.describe(details, a), () -> details.with("patterns", held.patterns()));
            details.print(terminal);
        }
    }

    /** The audit of a memory that keeps patterns themselves: of a sample, where there are many. */
    private static Score regenerated(EditableMemory memory) {
        Matrix patterns = KeptPatterns.of(memory).orElseThrow();
        return memory.regenerated(patterns.rows(Learned.asked(patterns.rows())));
    }

    /** The memory as one that can be changed. */
    final EditableMemory require(StoredMemory stored) {
        if (stored.memory() instanceof EditableMemory editable) {
            return editable;
        }
        throw CommandException.wrongUsage(
                "The patterns of %s (model %s) are learned together: none can be added or taken out. Maybe learn it again with --prior codes, or with --model nearest-neighbour."
                        .formatted(memory, stored.memory().model()));
    }

    /** Reads patterns that must fit the memory. */
    PatternSet read(Path patterns, StoredMemory stored) {
        PatternSet set = further.readCues(reading, patterns, stored);
        if (!set.patterns().isFinite()) {
            throw CommandException.unusableInput(
                    "%s lacks values, which may not be here. Maybe fill them in first (complete).".formatted(patterns));
        }
        AskingCommand.requireFit(memory, stored, patterns, set);
        ReadingOptions.sayNotes(terminal, patterns, set);
        return set;
    }

    boolean isLimited() {
        return reading.hasLimit();
    }
}
