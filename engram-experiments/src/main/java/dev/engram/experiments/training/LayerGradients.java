package dev.engram.experiments.training;

import dev.engram.graph.Parameter;
import dev.engram.graph.Parameters;
import dev.engram.linalg.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the gradient of one layer's weights and biases lies to that of backpropagation.
 *
 * @param cosine of the angle between them
 * @param ratio of their norms, over that of backpropagation
 */
record LayerGradients(double cosine, double ratio) {
    /** By layer: what comes after the first word of its parameters' names. */
    static Map<String, LayerGradients> of(Parameters found, Parameters reference) {
        Map<String, double[]> sums = new LinkedHashMap<>();
        for (Parameter parameter : reference.graph().parameters()) {
            String layer = parameter.name().substring(parameter.name().indexOf(' ') + 1);
            double[] sum = sums.computeIfAbsent(layer, name -> new double[3]);
            Tensor a = found.get(parameter);
            Tensor b = reference.get(parameter);
            for (int i = 0; i < a.size(); i++) {
                sum[0] += a.get(i) * a.get(i);
                sum[1] += a.get(i) * b.get(i);
                sum[2] += b.get(i) * b.get(i);
            }
        }
        Map<String, LayerGradients> layers = new LinkedHashMap<>();
        sums.forEach((layer, sum) ->
                layers.put(layer, new LayerGradients(sum[1] / Math.sqrt(sum[0] * sum[2]), Math.sqrt(sum[0] / sum[2]))));
        return layers;
    }
}
