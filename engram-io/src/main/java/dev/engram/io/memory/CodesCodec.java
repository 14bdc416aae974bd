package dev.engram.io.memory;

import dev.engram.io.safetensors.NamedTensor;
import dev.engram.memory.Calibration;
import dev.engram.memory.attractor.AttractionOptions;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.attractor.Codes;
import dev.engram.network.GenerativeNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The part of a memory file that holds the codes of the patterns, where they are the prior of the top layer; names are
 * those of {@link PredictiveCodingCodec}.
 */
final class CodesCodec {
    private static final String PRIOR = "prior";
    private static final String CODES = "codes";
    private static final String LOW = "codes.low";
    private static final String STEP = "codes.step";
    private static final String WEIGHTS = "codes.weights";
    private static final String COUNT = "codes.count";
    private static final String STORAGE = "codes.storage";
    private static final String KEPT = "codes.originals";
    private static final String ORIGINALS = "originals";
    private static final String THRESHOLD = "calibration.threshold";
    private static final String RATE = "calibration.false_alarm_rate";
    private static final String HELD_OUT = "calibration.held_out";

    private enum Storage {
        FLOAT,
        BYTE
    }

    private enum Originals {
        KEPT,
        NONE
    }

    private CodesCodec() {}

    static void addTensors(AttractorMemory memory, List<NamedTensor> tensors) {
        Codes codes = memory.codes();
        long[] shape = {codes.size(), codes.nodes()};
        if (codes.isQuantised()) {
            tensors.add(NamedTensor.ofBytes(CODES, shape, codes.levels()));
            tensors.add(NamedTensor.ofFloats(LOW, new long[] {codes.nodes()}, codes.low()));
            tensors.add(NamedTensor.ofFloats(STEP, new long[] {codes.nodes()}, codes.step()));
        } else {
            tensors.add(NamedTensor.of(CODES, codes.values()));
        }
        float[] weights = new float[codes.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) codes.weights()[i];
        }
        tensors.add(NamedTensor.ofFloats(WEIGHTS, new long[] {codes.size()}, weights));
        memory.originals().ifPresent(m -> tensors.add(NamedTensor.of(ORIGINALS, m)));
    }

    static void define(AttractorMemory memory, Map<String, String> definition) {
        Calibration calibration = memory.calibration();
        definition.put(PRIOR, CODES);
        definition.put(COUNT, String.valueOf(memory.codes().size()));
        definition.put(STORAGE, Provenance.word(memory.codes().isQuantised() ? Storage.BYTE : Storage.FLOAT));
        definition.put(KEPT, Provenance.word(memory.originals().isPresent() ? Originals.KEPT : Originals.NONE));
        definition.put(THRESHOLD, String.valueOf(calibration.threshold()));
        definition.put(RATE, String.valueOf(calibration.falseAlarmRate()));
        definition.put(HELD_OUT, String.valueOf(calibration.heldOut()));
    }

    static boolean isIn(MemoryEntries entries) {
        String prior = entries.optional(PRIOR).orElse("vector");
        if (!prior.equals(CODES) && !prior.equals("vector")) {
            throw entries.corrupt("the entry %s is \"%s\"".formatted(PRIOR, prior));
        }
        return prior.equals(CODES);
    }

    static List<String> names(MemoryEntries entries) {
        List<String> names = new ArrayList<>(List.of(CODES, WEIGHTS));
        if (entries.word(STORAGE, Storage.class) == Storage.BYTE) {
            names.addAll(List.of(LOW, STEP));
        }
        if (entries.word(KEPT, Originals.class) == Originals.KEPT) {
            names.add(ORIGINALS);
        }
        return names;
    }

    /** The memory; an impossible combination is an {@link IllegalArgumentException}. */
    static AttractorMemory read(MemoryEntries entries, GenerativeNetwork network) {
        int count = entries.integer(COUNT, 1, Integer.MAX_VALUE);
        int nodes = network.size(network.hiddenLayers());
        float[] stored = entries.finite(WEIGHTS, count);
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = stored[i];
        }
        Codes codes =
                switch (entries.word(STORAGE, Storage.class)) {
                    case FLOAT -> Codes.of(entries.matrix(CODES, count, nodes), weights);
                    case BYTE ->
                        Codes.ofLevels(
                                entries.bytes(CODES, count, nodes),
                                entries.finite(LOW, nodes),
                                entries.finite(STEP, nodes),
                                weights);
                };
        AttractorMemory memory = AttractorMemory.of(network, codes, AttractionOptions.defaults(), entries.la())
                .with(new Calibration(entries.extended(THRESHOLD), entries.number(RATE), entries.integer(HELD_OUT)));
        return entries.word(KEPT, Originals.class) == Originals.KEPT
                ? memory.withOriginals(entries.matrix(ORIGINALS, count, network.size(0)))
                : memory;
    }
}
