package dev.engram.graph.op;

import dev.engram.linalg.Tensor;

/** Whether a result replaces the numbers in a tensor or is added to them. */
public enum Accumulation {
    /** They do not matter and are overwritten. */
    SET,
    /** The result is added to them. */
    ADD;

    /** Makes the given examples of a result ready to be added to. */
    public void begin(Tensor result, ExampleRange examples) {
        if (this == SET) {
            result.clear(examples.begin(result), examples.end(result));
        }
    }

    /** The β of a matrix product that treats its result this way. */
    double beta() {
        return this == SET ? 0 : 1;
    }
}
