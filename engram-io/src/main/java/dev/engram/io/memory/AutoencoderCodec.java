package dev.engram.io.memory;

import dev.engram.io.file.Bounds;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.linalg.Tensor;
import dev.engram.memory.Activations;
import dev.engram.memory.autoencoder.Autoencoder;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An autoencoder in a memory file.
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><td>{@code layers.k.weight} [outputs, inputs], {@code layers.k.bias} [outputs]</td><td>W_k and c_k, k from 0 to the number of
 * hidden layers</td></tr>
 * <tr><td>{@code network.sizes}</td><td>values, hidden units in each layer, .., values</td></tr>
 * <tr><td>{@code network.activation}</td><td>f: relu, tanh or linear</td></tr>
 * <tr><td>{@code network.iterations}, {@code network.tolerance}</td><td>how a completion ends</td></tr>
 * </table>
 */
final class AutoencoderCodec implements MemoryCodec<Autoencoder> {
    private static final int FEWEST_SIZES = 3;
    private static final String SIZES = "network.sizes";
    private static final String ACTIVATION = "network.activation";
    private static final String ITERATIONS = "network.iterations";
    private static final String TOLERANCE = "network.tolerance";

    @Override
    public String model() {
        return "autoencoder";
    }

    @Override
    public Class<Autoencoder> type() {
        return Autoencoder.class;
    }

    @Override
    public List<NamedTensor> tensors(Autoencoder memory) {
        List<NamedTensor> tensors = new ArrayList<>();
        memory.parameters().forEach((name, parameter) -> {
            int[] shape = parameter.shape();
            long[] dimensions = new long[shape.length];
            for (int i = 0; i < shape.length; i++) {
                dimensions[i] = shape[i];
            }
            tensors.add(NamedTensor.ofFloats(name, dimensions, parameter.floats()));
        });
        return tensors;
    }

    @Override
    public Map<String, String> definition(Autoencoder memory) {
        AutoencoderOptions options = memory.options();
        Bounds.require("The number of hidden layers", options.hiddenLayers(), Bounds.LAYERS - 1);
        Bounds.require("The number of iterations", options.iterations(), Bounds.ITERATIONS);
        int hidden = Objects.requireNonNull(memory.parameters().get(weight(0))).extent(0);
        Map<String, String> definition = new LinkedHashMap<>();
        definition.put(SIZES, memory.values() + ("," + hidden).repeat(options.hiddenLayers()) + "," + memory.values());
        definition.put(ACTIVATION, Activations.wordInFiles(options.activation()));
        definition.put(ITERATIONS, String.valueOf(options.iterations()));
        definition.put(TOLERANCE, String.valueOf(options.tolerance()));
        return definition;
    }

    @Override
    public Autoencoder read(MemoryEntries entries) {
        List<Integer> sizes = entries.layers(SIZES);
        if (sizes.size() < FEWEST_SIZES) {
            throw entries.corrupt("its sizes %s are not those of an autoencoder".formatted(sizes));
        }
        List<String> names = new ArrayList<>();
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        for (int k = 0; k + 1 < sizes.size(); k++) {
            int inputs = sizes.get(k);
            int outputs = sizes.get(k + 1);
            names.addAll(List.of(weight(k), bias(k)));
            parameters.put(weight(k), Tensor.wrap(entries.finite(weight(k), outputs, inputs), outputs, inputs));
            parameters.put(bias(k), Tensor.wrap(entries.finite(bias(k), outputs), outputs));
        }
        entries.requireTensors(names);
        return entries.made(() -> Autoencoder.of(
                parameters,
                AutoencoderOptions.defaults()
                        .withHidden(sizes.size() - 2, sizes.get(1))
                        .withActivation(entries.activation(ACTIVATION))
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
