package dev.engram.experiments.graphs;

import dev.engram.graph.Parameter;
import dev.engram.graph.Parameters;
import dev.engram.linalg.Tensor;

/** How far two sets of weight gradients are apart. */
final class Differences {
    private Differences() {}

    /** The largest difference of one parameter's force over the largest entry of the reference. */
    static double relative(Parameters found, Parameters reference, Parameter parameter) {
        Tensor a = found.get(parameter);
        Tensor b = reference.get(parameter);
        double apart = 0;
        double largest = 0;
        for (int i = 0; i < b.size(); i++) {
            apart = Math.max(apart, Math.abs(a.get(i) - b.get(i)));
            largest = Math.max(largest, Math.abs(b.get(i)));
        }
        return apart / largest;
    }

    /** The largest of all parameters. */
    static double relative(Parameters found, Parameters reference) {
        return found.graph().parameters().stream()
                .mapToDouble(parameter -> relative(found, reference, parameter))
                .max()
                .orElse(0);
    }
}
