package dev.engram.cli.memory;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.ExitCode;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Terminal;
import dev.engram.cli.options.CommonOptions;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.cli.options.Targets;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.Provenance;
import dev.engram.io.memory.Software;
import dev.engram.io.memory.StoredMemory;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.memory.MemoryAudit;
import dev.engram.memory.Score;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.attractor.Calibration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What store and forget have in common: a memory with codes that is changed, audited, and written back. */
final class Editing {
    @Parameters(index = "0", paramLabel = "MEMORY", description = "A memory file written by learn --prior codes.")
    private Path memory = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "The memory file to write (default: MEMORY itself, replaced when all is done).")
    private Optional<Path> output = Optional.empty();

    @Mixin
    private CommonOptions common = new CommonOptions();

    Path memory() {
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
        common.apply();
        Targets.require(target(), true, inputs);
        return MemoryFile.read(memory);
    }

    /**
     * Changes the memory and writes what came of it.
     *
     * @param old the memory in it
     * @param change what is done, which may be cancelled
     * @param log what goes into the digest of what is stored
     * @param json what the command says to programs, as far as it is known
     */
    int finish(
            Context context,
            StoredMemory before,
            AttractorMemory old,
            UnaryOperator<AttractorMemory> change,
            String log,
            String done,
            JsonOutput json) {
        long start = System.nanoTime();
        AttractorMemory changed = change.apply(old);
        context.interruption().requireGoingOn();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (old.calibration().heldOut() > 0) {
            changed = changed.calibrated(Calibration.FALSE_ALARM_RATE);
        }
        MemoryAudit audit = changed.audit().orElseThrow();
        Provenance provenance = before.provenance()
                .changed(
                        changed.codes().size(),
                        log,
                        Provenance.Audit.of(audit.errors(), Score.COMPLETION_THRESHOLD),
                        Software.current(LinearAlgebra.shared().description()));
        StoredMemory after = new StoredMemory(changed, before.shape(), provenance);
        context.interruption().write(() -> MemoryFile.write(target(), after));
        Terminal terminal = context.terminal();
        terminal.line("%s in %s.".formatted(done, NumberText.duration(seconds)));
        AuditText.say(terminal, audit);
        terminal.line("Wrote %s (%s)."
                .formatted(target(), NumberText.bytes(target().toFile().length())));
        if (common.json()) {
            AuditText.describe(
                    json.with("memory", target()).with("seconds", seconds).with("bytes_stored", changed.bytes()),
                    audit);
            json.print(terminal);
        }
        return ExitCode.DONE;
    }

    /** Reads patterns that must fit the memory. */
    PatternSet read(Context context, ReadingOptions reading, Path patterns, StoredMemory stored) {
        PatternSet set = reading.read(patterns);
        Asking.requireFit(memory, stored, patterns, set);
        ReadingOptions.sayNotes(context.terminal(), patterns, set);
        return set;
    }

    /** NumberText for people, the first few of them. */
    static String list(List<Integer> numbers) {
        int most = 10;
        String shown = String.join(
                ", ", numbers.stream().limit(most).map(String::valueOf).toList());
        return numbers.size() > most ? shown + " and %d more".formatted(numbers.size() - most) : shown;
    }
}
