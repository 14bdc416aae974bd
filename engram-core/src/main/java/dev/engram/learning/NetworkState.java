package dev.engram.learning;

import dev.engram.linalg.Tensor;
import dev.engram.network.GenerativeNetwork;
import dev.engram.optimiser.LearningState;

/** Writes the weights and the memory vector of a network into a {@link LearningState}, and back into a network. */
final class NetworkState {
    private NetworkState() {}

    static void save(String prefix, GenerativeNetwork network, LearningState.Draft into) {
        for (int l = 1; l <= network.hiddenLayers(); l++) {
            into.with(weights(prefix, l), network.weights(l));
        }
        into.with(prefix + "memory_vector", memoryVector(network));
    }

    static void restore(String prefix, LearningState from, GenerativeNetwork network) {
        for (int l = 1; l <= network.hiddenLayers(); l++) {
            from.restore(weights(prefix, l), network.weights(l));
        }
        from.restore(prefix + "memory_vector", memoryVector(network));
    }

    private static String weights(String prefix, int layer) {
        return "%sweights.%d".formatted(prefix, layer);
    }

    private static Tensor memoryVector(GenerativeNetwork network) {
        float[] b = network.memoryVector();
        return Tensor.wrap(b, b.length);
    }
}
