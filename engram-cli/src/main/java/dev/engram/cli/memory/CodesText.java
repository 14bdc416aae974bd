package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.JsonOutput;
import dev.engram.io.NumberText;
import dev.engram.io.memory.StoredMemory;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Calibration;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.attractor.Codes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is said of a memory that keeps codes. */
final class CodesText {
    private static final double SURE = 0.95;

    private CodesText() {}

    /**
     * The memory, where it keeps codes.
     *
     * @param what was asked for, which needs them
     * @throws CommandException (wrong usage) if it keeps none
     */
    static AttractorMemory require(StoredMemory stored, Path file, String what) {
        return in(stored.memory())
                .orElseThrow(() -> CommandException.wrongUsage(
                        "%s needs a memory with codes; that in %s (model %s) keeps none. Maybe learn it again with --prior codes."
                                .formatted(what, file, stored.memory().model())));
    }

    /** The memory, if it keeps codes. */
    static Optional<AttractorMemory> in(AssociativeMemory memory) {
        return memory instanceof AttractorMemory codes ? Optional.of(codes) : Optional.empty();
    }

    /** What to know of a calibration on fewer patterns than the rate needs. */
    static Optional<String> shortfall(Calibration calibration) {
        if (calibration.heldOut() == 0) {
            return Optional.of(
                    "Fewer than 3 patterns tell nothing of what is not stored: every cue counts as familiar.");
        }
        return calibration.falseAlarmRate() > Calibration.FALSE_ALARM_RATE
                ? Optional.of("%s can support a false-alarm rate of %s, not of %s. Maybe store more."
                        .formatted(
                                NumberText.count(calibration.heldOut(), "pattern"),
                                NumberText.percent(calibration.falseAlarmRate()),
                                NumberText.percent(Calibration.FALSE_ALARM_RATE)))
                : Optional.empty();
    }

    /** For people. */
    static Map<String, String> rows(AttractorMemory memory) {
        Codes codes = memory.codes();
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put(
                "codes",
                "%d of %d value nodes, %s as %s"
                        .formatted(codes.size(), codes.nodes(), NumberText.bytes(codes.bytes()), storage(codes)));
        rows.put(
                "originals",
                memory.originals()
                        .map(m -> "kept, " + NumberText.bytes(originalBytes(memory)))
                        .orElse("not kept"));
        rows.put("calibration", calibration(memory.calibration()));
        return rows;
    }

    /** The same for programs. */
    static void describe(JsonOutput json, AttractorMemory memory) {
        Codes codes = memory.codes();
        Calibration calibration = memory.calibration();
        json.with(
                        "codes",
                        new JsonOutput()
                                .with("count", codes.size())
                                .with("nodes", codes.nodes())
                                .with("storage", storage(codes))
                                .with("bytes", codes.bytes()))
                .with("originals_bytes", originalBytes(memory))
                .with("calibration", json(calibration));
    }

    /** For programs. */
    static JsonOutput json(Calibration calibration) {
        return new JsonOutput()
                .with("threshold", calibration.threshold())
                .with("false_alarm_rate", calibration.falseAlarmRate())
                .with("lower_95", calibration.limits(SURE).lower())
                .with("upper_95", calibration.limits(SURE).upper())
                .with("held_out", calibration.heldOut());
    }

    /** For people. */
    static String calibration(Calibration calibration) {
        return calibration.heldOut() == 0
                ? "none: every cue counts as familiar"
                : "unfamiliar above a novelty of %s; false-alarm rate %s (95 %% sure: %s to %s), from %s that were held out"
                        .formatted(
                                NumberText.brief(calibration.threshold()),
                                NumberText.percent(calibration.falseAlarmRate()),
                                NumberText.percent(calibration.limits(SURE).lower()),
                                NumberText.percent(calibration.limits(SURE).upper()),
                                NumberText.count(calibration.heldOut(), "pattern"));
    }

    private static String storage(Codes codes) {
        return codes.isQuantised() ? "bytes" : "floats";
    }

    private static long originalBytes(AttractorMemory memory) {
        return memory.originals().map(m -> (long) Float.BYTES * m.data().length).orElse(0L);
    }
}
