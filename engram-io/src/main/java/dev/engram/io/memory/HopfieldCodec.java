package dev.engram.io.memory;

import dev.engram.io.file.Bounds;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.memory.hopfield.HopfieldNetwork;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.HopfieldRule;
import dev.engram.memory.hopfield.Levels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A classical Hopfield network in a memory file.
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><td>{@code weights.triangle} [n (n - 1) / 2]</td><td>W below its diagonal, row by row; {@code numpy.tril_indices(n, -1)}
 * puts them in their places</td></tr>
 * <tr><td>{@code network.units}</td><td>n</td></tr>
 * <tr><td>{@code network.threshold}</td><td>values above it are units at +1, the others at -1</td></tr>
 * <tr><td>{@code network.low}, {@code network.high}</td><td>the two values of answers; 0 and 1 in files without them</td></tr>
 * <tr><td>{@code network.updates}, {@code network.sweeps}, {@code network.seed}</td><td>how it comes to rest</td></tr>
 * </table>
 */
final class HopfieldCodec implements MemoryCodec<HopfieldNetwork> {
    private static final String TRIANGLE = "weights.triangle";
    private static final String UNITS = "network.units";
    private static final String THRESHOLD = "network.threshold";
    private static final String LOW = "network.low";
    private static final String HIGH = "network.high";
    private static final String UPDATES = "network.updates";
    private static final String SWEEPS = "network.sweeps";
    private static final String SEED = "network.seed";
    private static final String RULE = MemoryFile.OPTION + "rule";

    @Override
    public String model() {
        return "hopfield";
    }

    @Override
    public Class<HopfieldNetwork> type() {
        return HopfieldNetwork.class;
    }

    @Override
    public List<NamedTensor> tensors(HopfieldNetwork memory) {
        float[] triangle = memory.triangle();
        return List.of(NamedTensor.ofFloats(TRIANGLE, new long[] {triangle.length}, triangle));
    }

    @Override
    public Map<String, String> definition(HopfieldNetwork memory) {
        HopfieldOptions options = memory.options();
        Bounds.require("The number of sweeps", options.sweeps(), Bounds.ITERATIONS);
        Map<String, String> definition = new LinkedHashMap<>();
        definition.put(UNITS, String.valueOf(memory.values()));
        definition.put(THRESHOLD, String.valueOf(options.threshold()));
        definition.put(LOW, String.valueOf(memory.levels().low()));
        definition.put(HIGH, String.valueOf(memory.levels().high()));
        definition.put(UPDATES, Provenance.word(options.updates()));
        definition.put(SWEEPS, String.valueOf(options.sweeps()));
        definition.put(SEED, String.valueOf(options.seed()));
        return definition;
    }

    /** The rule is no part of the network, whose weights are given; it is among the options that were learned with. */
    private static HopfieldRule rule(MemoryEntries entries) {
        return entries.optional(RULE).isPresent()
                ? entries.word(RULE, HopfieldRule.class)
                : HopfieldOptions.defaults().rule();
    }

    private static Levels levels(MemoryEntries entries) {
        return entries.optional(LOW).isPresent() || entries.optional(HIGH).isPresent()
                ? new Levels((float) entries.number(LOW), (float) entries.number(HIGH))
                : Levels.BINARY;
    }

    @Override
    public HopfieldNetwork read(MemoryEntries entries) {
        entries.requireTensors(List.of(TRIANGLE));
        int units = entries.integer(UNITS, 1, Integer.MAX_VALUE);
        float[] triangle = entries.finite(TRIANGLE, (long) units * (units - 1) / 2);
        return entries.made(() -> HopfieldNetwork.ofTriangle(
                        units,
                        triangle,
                        new HopfieldOptions(
                                rule(entries),
                                entries.number(THRESHOLD),
                                entries.word(UPDATES, HopfieldOptions.Updates.class),
                                entries.integer(SWEEPS, 1, Bounds.ITERATIONS),
                                entries.longInteger(SEED)),
                        entries.la())
                .withLevels(levels(entries)));
    }
}
