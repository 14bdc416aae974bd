package dev.engram.graph.op;

import java.util.Arrays;

/**
 * Layer normalisation: the last axes of an input are brought to mean 0 and variance 1 together, whatever the other examples are.
 *
 * <pre>
 *   x [.., n],  γ, β [n]  (or more axes, those that x ends with):  y = γ ⊙ (x - mean x) / √(var x + 1e-5) + β
 * </pre>
 *
 * <p>Ba, Kiros and Hinton 2016, "Layer Normalization", Eq. 3 and 4.
 */
final class LayerNorm extends Normalisation {
    @Override
    public String name() {
        return "layerNorm";
    }

    @Override
    int[] parameterShape(int[] x, int[] scale) {
        int rest = x.length - scale.length;
        if (scale.length == 0 || rest < 0) {
            throw new IllegalArgumentException(
                    "the scale %s must have the axes that are normalised, the last of the input %s"
                            .formatted(Arrays.toString(scale), Arrays.toString(x)));
        }
        return Arrays.copyOfRange(x, rest, x.length);
    }

    @Override
    int run(int perExample, int parameters) {
        return parameters;
    }

    @Override
    int plane(int perExample, int parameters) {
        return 1;
    }
}
