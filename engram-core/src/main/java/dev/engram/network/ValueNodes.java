package dev.engram.network;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The value nodes x^0 .. x^L of a batch of cues.
 *
 * @param layers layer l is [cues, size(l)]; the matrices are live
 */
public record ValueNodes(List<Matrix> layers) {
    public ValueNodes {
        layers = List.copyOf(layers);
    }

    /** x^l. */
    public Matrix layer(int l) {
        return layers.get(l);
    }

    public int cues() {
        return layers.get(0).rows();
    }

    /** L, the index of the top layer. */
    public int top() {
        return layers.size() - 1;
    }

    public ValueNodes copy() {
        return copyFrom(0);
    }

    /** A copy of the named cues, in the order given. */
    public ValueNodes rows(int... cues) {
        return new ValueNodes(layers.stream().map(layer -> layer.rows(cues)).toList());
    }

    /** A copy of the layers from {@code first} up; those below are shared with this. */
    public ValueNodes copyFrom(int first) {
        return new ValueNodes(IntStream.range(0, layers.size())
                .mapToObj(l -> l < first ? layers.get(l) : layers.get(l).copy())
                .toList());
    }

    /** Zeros in the shape of the layers from {@code first} up; those below are empty. */
    public ValueNodes zerosFrom(int first) {
        return new ValueNodes(IntStream.range(0, layers.size())
                .mapToObj(
                        l -> Matrix.zeros(cues(), l < first ? 0 : layers.get(l).columns()))
                .toList());
    }

    /** The same nodes with another sensory layer. */
    public ValueNodes withSensory(Matrix sensory) {
        return new ValueNodes(IntStream.range(0, layers.size())
                .mapToObj(l -> l == 0 ? sensory : layers.get(l))
                .toList());
    }

    /**
     * The state in which nothing but the sensory layer is in error: x^L = b (or the cue's own prior mean), and every hidden layer equal to its prediction.
     *
     * @param sensory x^0, [cues, size(0)]; used as it is, not copied
     */
    public static ValueNodes predicted(LinearAlgebra la, GenerativeNetwork network, Matrix sensory) {
        return predictedFrom(la, network, sensory, network.priorMeans().rows(sensory.rows()));
    }

    /**
     * The state in which every hidden layer equals its prediction from the given top layer.
     *
     * @param sensory x^0, [cues, size(0)]; used as it is, not copied
     * @param memory x^L, [cues, size(L)]; used as it is, not copied
     */
    public static ValueNodes predictedFrom(LinearAlgebra la, GenerativeNetwork network, Matrix sensory, Matrix memory) {
        int top = network.hiddenLayers();
        Matrix[] x = new Matrix[top + 1];
        x[0] = sensory;
        x[top] = memory;
        for (int l = top - 1; l > 0; l--) {
            x[l] = predict(la, network, x[l + 1], l);
        }
        return new ValueNodes(List.of(x));
    }

    /** The prediction μ^l = θ^{l+1} f(x^{l+1}) of Eq. 1 for l &lt; L, [cues, size(l)]. */
    public static Matrix predict(LinearAlgebra la, GenerativeNetwork network, Matrix above, int l) {
        Matrix f = network.activation().values(above);
        Matrix prediction = Matrix.zeros(above.rows(), network.size(l));
        network.map(l + 1).predict(la, 1, f, 0, prediction);
        return prediction;
    }
}
