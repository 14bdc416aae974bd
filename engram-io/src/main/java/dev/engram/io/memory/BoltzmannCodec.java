package dev.engram.io.memory;

import dev.engram.io.file.Bounds;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.linalg.Matrix;
import dev.engram.memory.boltzmann.BoltzmannMemory;
import dev.engram.memory.boltzmann.BoltzmannOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A deep Boltzmann machine in a memory file.
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><td>{@code layers.0.bias} [values]</td><td>b</td></tr>
 * <tr><td>{@code layers.l.weight} [units, units below], {@code layers.l.bias} [units]</td><td>W_l and c_l, l from 1 to the number of hidden
 * layers</td></tr>
 * <tr><td>{@code network.sizes}</td><td>values, units of each hidden layer</td></tr>
 * <tr><td>{@code network.scale}, {@code network.noise}</td><td>ℓ and ν</td></tr>
 * <tr><td>{@code network.iterations}, {@code network.tolerance}</td><td>how a mean field comes to rest</td></tr>
 * </table>
 */
final class BoltzmannCodec implements MemoryCodec<BoltzmannMemory> {
    private static final String SIZES = "network.sizes";
    private static final String SCALE = "network.scale";
    private static final String NOISE = "network.noise";
    private static final String ITERATIONS = "network.iterations";
    private static final String TOLERANCE = "network.tolerance";

    @Override
    public String model() {
        return "boltzmann";
    }

    @Override
    public Class<BoltzmannMemory> type() {
        return BoltzmannMemory.class;
    }

    @Override
    public List<NamedTensor> tensors(BoltzmannMemory memory) {
        List<NamedTensor> tensors = new ArrayList<>(List.of(vector(0, memory.bias())));
        for (int l = 1; l <= memory.hiddenLayers(); l++) {
            tensors.add(NamedTensor.of(weight(l), memory.weights(l)));
            tensors.add(vector(l, memory.biases(l)));
        }
        return tensors;
    }

    private static NamedTensor vector(int layer, float[] values) {
        return NamedTensor.ofFloats(bias(layer), new long[] {values.length}, values);
    }

    @Override
    public Map<String, String> definition(BoltzmannMemory memory) {
        BoltzmannOptions options = memory.options();
        Bounds.require("The number of hidden layers", memory.hiddenLayers(), Bounds.LAYERS - 1);
        Bounds.require("The number of iterations", options.iterations(), Bounds.ITERATIONS);
        StringBuilder sizes = new StringBuilder(String.valueOf(memory.values()));
        for (int l = 1; l <= memory.hiddenLayers(); l++) {
            sizes.append(',').append(memory.weights(l).rows());
        }
        Map<String, String> definition = new LinkedHashMap<>();
        definition.put(SIZES, sizes.toString());
        definition.put(SCALE, String.valueOf(memory.scale()));
        definition.put(NOISE, String.valueOf(options.noise()));
        definition.put(ITERATIONS, String.valueOf(options.iterations()));
        definition.put(TOLERANCE, String.valueOf(options.tolerance()));
        return definition;
    }

    @Override
    public BoltzmannMemory read(MemoryEntries entries) {
        List<Integer> sizes = entries.layers(SIZES);
        if (sizes.size() < 2) {
            throw entries.corrupt("its sizes %s are not those of a Boltzmann machine".formatted(sizes));
        }
        List<String> names = new ArrayList<>(List.of(bias(0)));
        float[] perceived = entries.finite(bias(0), sizes.get(0));
        List<Matrix> weights = new ArrayList<>();
        List<float[]> biases = new ArrayList<>();
        for (int l = 1; l < sizes.size(); l++) {
            names.addAll(List.of(weight(l), bias(l)));
            weights.add(entries.matrix(weight(l), sizes.get(l), sizes.get(l - 1)));
            biases.add(entries.finite(bias(l), sizes.get(l)));
        }
        entries.requireTensors(names);
        return entries.made(() -> BoltzmannMemory.of(
                perceived,
                entries.number(SCALE),
                weights,
                biases,
                BoltzmannOptions.defaults()
                        .withHidden(sizes.size() - 1, sizes.get(1))
                        .withNoise(entries.number(NOISE))
                        .withRest(entries.integer(ITERATIONS, 1, Bounds.ITERATIONS), entries.number(TOLERANCE)),
                entries.la()));
    }

    private static String weight(int layer) {
        return "layers.%d.weight".formatted(layer);
    }

    private static String bias(int layer) {
        return "layers.%d.bias".formatted(layer);
    }
}
