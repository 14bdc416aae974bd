package dev.engram.io;

import dev.engram.graph.Activation;
import dev.engram.graph.GenerativeNetwork;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.PredictiveCodingMemory;
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
 * <tr><td>{@code memory} [size(L)]</td><td>b</td></tr>
 * <tr><td>{@code network.sizes}</td><td>value nodes per layer, sensory layer first</td></tr>
 * <tr><td>{@code network.activation}</td><td>f: relu, tanh or linear</td></tr>
 * <tr><td>{@code network.prior_precision}</td><td>λ</td></tr>
 * </table>
 */
final class PredictiveCodingCodec implements MemoryCodec {
    private static final String MEMORY_VECTOR = "memory";
    private static final String SIZES = "network.sizes";
    private static final String ACTIVATION = "network.activation";
    private static final String PRIOR_PRECISION = "network.prior_precision";

    @Override
    public String model() {
        return "pcn";
    }

    @Override
    public List<Tensor> tensors(AssociativeMemory memory) {
        GenerativeNetwork network = network(memory);
        if (!network.isFinite()) {
            throw new IllegalArgumentException(
                    "The network %s has weights that are not finite numbers. Maybe its learning diverged."
                            .formatted(network));
        }
        List<Tensor> tensors = new ArrayList<>();
        for (int l = 1; l <= network.hiddenLayers(); l++) {
            Matrix theta = network.weights(l);
            tensors.add(Tensor.ofFloats(weight(l), new long[] {theta.rows(), theta.columns()}, theta.data()));
        }
        float[] b = network.memoryVector();
        tensors.add(Tensor.ofFloats(MEMORY_VECTOR, new long[] {b.length}, b));
        return tensors;
    }

    @Override
    public Map<String, String> definition(AssociativeMemory memory) {
        GenerativeNetwork network = network(memory);
        Map<String, String> definition = new LinkedHashMap<>();
        definition.put(SIZES, network.sizes().stream().map(String::valueOf).collect(Collectors.joining(",")));
        definition.put(ACTIVATION, Provenance.word(network.activation()));
        definition.put(PRIOR_PRECISION, String.valueOf(network.priorPrecision()));
        return definition;
    }

    @Override
    public AssociativeMemory read(MemoryEntries entries) {
        List<Integer> sizes = entries.sizes(SIZES);
        Activation activation = entries.word(ACTIVATION, Activation.class);
        List<String> names = new ArrayList<>(List.of(MEMORY_VECTOR));
        List<Matrix> weights = new ArrayList<>();
        for (int l = 1; l < sizes.size(); l++) {
            int rows = sizes.get(l - 1);
            int columns = sizes.get(l);
            names.add(weight(l));
            weights.add(Matrix.wrap(rows, columns, entries.finite(weight(l), rows, columns)));
        }
        entries.requireTensors(names);
        float[] b = entries.finite(MEMORY_VECTOR, sizes.get(sizes.size() - 1));
        double priorPrecision = entries.number(PRIOR_PRECISION);
        try {
            return PredictiveCodingMemory.of(GenerativeNetwork.of(activation, weights, b, priorPrecision));
        } catch (IllegalArgumentException e) {
            throw entries.corrupt("its network is impossible (%s)".formatted(Inputs.reason(e)));
        }
    }

    private static String weight(int layer) {
        return "layers.%d.weight".formatted(layer);
    }

    private static GenerativeNetwork network(AssociativeMemory memory) {
        if (memory instanceof PredictiveCodingMemory pcn) {
            return pcn.network();
        }
        throw new IllegalArgumentException(
                "A memory of the model %s is not a predictive-coding network.".formatted(memory.model()));
    }
}
