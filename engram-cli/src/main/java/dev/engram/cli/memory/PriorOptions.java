package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.options.Choices;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Score;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.attractor.Calibration;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What holds the top layer of a predictive-coding network, and what is kept beside it. */
final class PriorOptions {
    @Option(
            names = "--prior",
            paramLabel = "P",
            defaultValue = "vector",
            description = "What holds the top layer of a pcn: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, the"
                    + " paper's). With codes every pattern's own top-layer values are kept too, and the memory says which"
                    + " pattern a cue is, that several fit, or that it knows none.")
    private Choices.Prior prior = Choices.Prior.VECTOR;

    @Option(
            names = "--keep-originals",
            description = "With --prior codes: keep the patterns themselves as well, and give them back bit for bit.")
    private boolean keepsOriginals;

    /** @throws CommandException (wrong usage) for options that do not go together */
    void require() {
        if (keepsOriginals && prior != Choices.Prior.CODES) {
            throw CommandException.wrongUsage(
                    "--keep-originals has no meaning with --prior %s. Maybe add --prior codes.".formatted(prior));
        }
    }

    /** What was learned with this prior; with codes audited anew, without the originals, which would hide what is lost. Can be cancelled. */
    MemoryModel.Learned applied(Context context, MemoryModel.Learned learned, PatternSet set) {
        if (prior != Choices.Prior.CODES || !(learned.memory() instanceof PredictiveCodingMemory pcn)) {
            return learned;
        }
        AttractorMemory memory =
                AttractorMemory.learn(pcn.network(), set.patterns()).calibrated(Calibration.FALSE_ALARM_RATE);
        context.interruption().requireGoingOn();
        Score audit = Score.of(
                set.patterns(),
                RecallRun.of(context, memory, set).recall(1).recall().patterns());
        AttractorMemory kept = keepsOriginals ? memory.withOriginals(set.patterns()) : memory;
        return new MemoryModel.Learned(kept, learned.outcome(), learned.updates(), audit);
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
}
