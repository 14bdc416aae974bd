package dev.engram.io.memory;

import dev.engram.io.file.Bounds;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.memory.Activations;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A generative predictive-coding network in a memory file.
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><td>{@code layers.l.weight} [size(l-1), size(l)]</td><td>θ^l, 1 ≤ l ≤ L; [out, in] as in PyTorch</td></tr>
 * <tr><td>{@code layers.1.basis} [r, size(0)], {@code layers.1.factor} [r, size(1)]</td><td>instead of
 * {@code layers.1.weight} where it is kept in the span of the patterns: θ^1 = basisᵀ factor</td></tr>
 * <tr><td>{@code memory} [size(L)]</td><td>b</td></tr>
 * <tr><td>{@code network.sizes}</td><td>value nodes per layer, sensory layer first</td></tr>
 * <tr><td>{@code network.span}</td><td>r, or 0 where θ^1 is kept as a matrix</td></tr>
 * <tr><td>{@code network.activation}</td><td>f: relu, tanh, linear or the word of a registered {@link Activation}</td></tr>
 * <tr><td>{@code network.prior_precision}</td><td>λ</td></tr>
 * <tr><td>{@code prior}</td><td>{@code codes} where the top layer's prior is a set of codes; absent for b alone</td></tr>
 * <tr><td>{@code codes} [patterns, size(L)]</td><td>c_i, in the order of the patterns; F32, or U8 levels with {@code codes.low} and
 * {@code codes.step} [size(L)]</td></tr>
 * <tr><td>{@code codes.weights} [patterns]</td><td>w_i</td></tr>
 * <tr><td>{@code codes.count}, {@code codes.storage}</td><td>how many; {@code float} or {@code byte}</td></tr>
 * <tr><td>{@code originals} [patterns, size(0)], {@code codes.originals}</td><td>the patterns themselves; {@code kept} or {@code none}</td></tr>
 * <tr><td>{@code calibration.threshold}, {@code .false_alarm_rate}, {@code .held_out}</td><td>from which novelty on a cue is unfamiliar</td></tr>
 * </table>
 */
final class PredictiveCodingCodec implements MemoryCodec<AssociativeMemory> {
    private static final String MEMORY_VECTOR = "memory";
    private static final String SIZES = "network.sizes";
    private static final String ACTIVATION = "network.activation";
    private static final String PRIOR_PRECISION = "network.prior_precision";

    @Override
    public String model() {
        return "pcn";
    }

    @Override
    public Class<AssociativeMemory> type() {
        return AssociativeMemory.class;
    }

    @Override
    public List<NamedTensor> tensors(AssociativeMemory memory) {
        GenerativeNetwork network = network(memory);
        List<NamedTensor> tensors = new ArrayList<>();
        for (int l = 1; l <= network.hiddenLayers(); l++) {
            tensors.addAll(LinearMapInFile.tensors(layer(l), network.map(l)));
        }
        float[] b = network.memoryVector();
        tensors.add(NamedTensor.ofFloats(MEMORY_VECTOR, new long[] {b.length}, b));
        if (memory instanceof AttractorMemory attractors) {
            CodesCodec.addTensors(attractors, tensors);
        }
        return tensors;
    }

    @Override
    public Map<String, String> definition(AssociativeMemory memory) {
        GenerativeNetwork network = network(memory);
        Bounds.require("The number of layers", network.hiddenLayers(), Bounds.LAYERS);
        Map<String, String> definition = new LinkedHashMap<>();
        definition.put(SIZES, network.sizes().stream().map(String::valueOf).collect(Collectors.joining(",")));
        definition.put(LinearMapInFile.SPAN, LinearMapInFile.span(network.map(1)));
        definition.put(ACTIVATION, Activations.wordInFiles(network.activation()));
        definition.put(PRIOR_PRECISION, String.valueOf(network.priorPrecision()));
        if (memory instanceof AttractorMemory attractors) {
            CodesCodec.define(attractors, definition);
        }
        return definition;
    }

    @Override
    public AssociativeMemory read(MemoryEntries entries) {
        List<Integer> sizes = entries.layers(SIZES);
        Activation activation = entries.activation(ACTIVATION);
        List<String> names = new ArrayList<>(List.of(MEMORY_VECTOR));
        List<LinearMap> weights = new ArrayList<>();
        int span = entries.integer(LinearMapInFile.SPAN);
        for (int l = 1; l < sizes.size(); l++) {
            weights.add(
                    LinearMapInFile.read(layer(l), l == 1 ? span : 0, sizes.get(l - 1), sizes.get(l), entries, names));
        }
        boolean hasCodes = CodesCodec.isIn(entries);
        if (hasCodes) {
            names.addAll(CodesCodec.names(entries));
        }
        entries.requireTensors(names);
        float[] b = entries.finite(MEMORY_VECTOR, sizes.get(sizes.size() - 1));
        double priorPrecision = entries.number(PRIOR_PRECISION);
        return entries.made(() -> {
            GenerativeNetwork network = GenerativeNetwork.ofMaps(activation, weights, b, priorPrecision);
            return hasCodes ? CodesCodec.read(entries, network) : PredictiveCodingMemory.of(network, entries.la());
        });
    }

    private static String layer(int layer) {
        return "layers.%d".formatted(layer);
    }

    private static GenerativeNetwork network(AssociativeMemory memory) {
        if (memory instanceof PredictiveCodingMemory pcn) {
            return pcn.network();
        }
        if (memory instanceof AttractorMemory attractors) {
            return attractors.network();
        }
        throw new IllegalArgumentException(
                "A memory of the model %s is not a predictive-coding network.".formatted(memory.model()));
    }
}
