package dev.engram.graph.op;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.List;

/**
 * The inputs, parameters and output that an operation is computed on; all of one precision, all live.
 *
 * @param la what computes
 * @param batch how many examples, at least 1
 * @param lanes into how many ranges they are shared out, at most
 * @param inputs each [batch, ...]
 * @param parameters as they are, without a batch axis
 * @param output [batch, ...]
 */
public record Binding(
        LinearAlgebra la, int batch, int lanes, List<Tensor> inputs, List<Tensor> parameters, Tensor output) {
    public Binding {
        inputs = List.copyOf(inputs);
        parameters = List.copyOf(parameters);
    }

    Tensor input() {
        return inputs.get(0);
    }

    Tensor parameter() {
        return parameters.get(0);
    }

    Precision precision() {
        return output.precision();
    }

    boolean isSingle() {
        return output.precision() == Precision.FLOAT;
    }
}
