package dev.engram.memory.attractor;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.internal.References;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;

/** The patterns that a network generates from each code alone: μ^0 with every error above it at 0. */
final class Reconstructions {
    private static final int BLOCK = 256; // codes at once

    private Reconstructions() {}

    /**
     * To compare cues with.
     *
     * @param network its sensory layer may be the coordinates of {@link WholeCues}
     * @param values how many values a pattern has
     */
    static References of(LinearAlgebra la, GenerativeNetwork network, Matrix codes, int values) {
        int d = network.size(0);
        Matrix patterns = Matrix.zeros(codes.rows(), d);
        for (int from = 0; from < codes.rows(); from += BLOCK) {
            Matrix block = codes.slice(from, Math.min(codes.rows(), from + BLOCK));
            ValueNodes layers = ValueNodes.predictedFrom(la, network, Matrix.zeros(block.rows(), 0), block);
            Matrix generated = ValueNodes.predict(la, network, layers.layer(1), 0);
            System.arraycopy(generated.data(), 0, patterns.data(), from * d, generated.data().length);
        }
        return new References(la, patterns, values);
    }
}
