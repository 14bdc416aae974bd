package dev.engram.memory.attractor;

import dev.engram.inference.EngineCost;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Calibration;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.internal.CueBlocks;
import dev.engram.memory.internal.Described;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.optimiser.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A predictive-coding network whose prior is the codes of its patterns, so that it names what it recalls.
 *
 * @param network what learns the patterns
 * @param attraction how it answers
 * @param keepsOriginals whether the patterns themselves are kept beside it, to be given back bit for bit
 * @param falseAlarmRate at which a cue that is not stored may be taken for one that is; it calibrates itself on its own patterns
 */
public record AttractorOptions(
        PredictiveCodingOptions network, AttractionOptions attraction, boolean keepsOriginals, double falseAlarmRate)
        implements MemoryModel {
    public AttractorOptions {
        if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) {
            throw new IllegalArgumentException(
                    "The false-alarm rate (%s) must be between 0 and 1.".formatted(falseAlarmRate));
        }
    }

    /** Codes over such a network, without the originals. */
    public static AttractorOptions over(PredictiveCodingOptions network) {
        return new AttractorOptions(network, AttractionOptions.defaults(), false, Calibration.FALSE_ALARM_RATE);
    }

    /** With the patterns themselves kept or not. */
    public AttractorOptions withOriginals(boolean keeps) {
        return new AttractorOptions(network, attraction, keeps, falseAlarmRate);
    }

    @Override
    public String name() {
        return network.name();
    }

    @Override
    public Map<String, String> describe() {
        return Described.join(
                network.describe(),
                Described.of(
                        "prior",
                        "codes",
                        "originals",
                        keepsOriginals ? "kept" : "none",
                        "false_alarm_rate",
                        falseAlarmRate));
    }

    @Override
    public boolean keepsPatterns() {
        return keepsOriginals;
    }

    /** What learning the network takes, or what answering does, whichever is more. */
    @Override
    public double bytesNeeded(int patterns, Shape shape) {
        return Math.max(network.bytesNeeded(patterns, shape), bytesToAnswer(patterns, shape.values()));
    }

    /**
     * For N patterns of d values in r coordinates, n hidden nodes, and B cues at once: patterns, weights, codes with and without their mean, what
     * the codes generate in coordinates and in values; Newton's J and its factor; and per block of cues where they stand and what relates
     * them to every code.
     */
    private double bytesToAnswer(double patterns, double values) {
        double n = network.hiddenFor((int) patterns, (int) values);
        double r = Math.min(patterns, values);
        double weights = Math.min(n * values, r * (n + values));
        double cues = CueBlocks.size((int) patterns);
        double single = weights + 2 * patterns * values + 2 * patterns * n + patterns * r;
        double system = n * r + r * r;
        double block = cues * (6 * n + 4 * r) + 5 * cues * patterns;
        return Float.BYTES * single + Double.BYTES * (system + block);
    }

    @Override
    public List<EngineCost> costs(int patterns, Shape shape) {
        return network.costs(patterns, shape);
    }

    @Override
    public Optional<String> obstacle(int patterns, Shape shape, long memory) {
        return network.obstacle(patterns, shape, memory).or(() -> MemoryModel.super.obstacle(patterns, shape, memory));
    }

    /** The audit is that of what the network gives back, also where originals are kept, which would hide what is lost. */
    @Override
    public Learned<? extends AssociativeMemory> learn(
            Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
        PredictiveCodingMemory.Trained trained = network.learnUnaudited(patterns, seed, watch, la);
        Learned<PredictiveCodingMemory> learned = trained.learned();
        if (learned.outcome() == Outcome.DIVERGED) {
            return learned;
        }
        AttractorMemory asked = AttractorMemory.learn(trained.asked().network(), trained.shown(), attraction, la)
                .ofPatternsWith(patterns.columns())
                .calibrated(falseAlarmRate);
        AttractorMemory memory = AttractorMemory.of(learned.memory().network(), asked.codes(), attraction, la)
                .with(asked.calibration());
        Learned<AttractorMemory> audited =
                Learned.audited(learned, asked, trained.shown(), watch).with(memory);
        return keepsOriginals ? audited.with(memory.withOriginals(patterns)) : audited;
    }
}
