package dev.engram.graph.op;

import dev.engram.linalg.Tensor;

/**
 * A range of the examples of a batch, for one thread.
 *
 * @param lane which of the ranges, from 0; working memory of that number is free to use
 * @param from the first example
 * @param to after the last example
 */
public record ExampleRange(int lane, int from, int to) {
    public int count() {
        return to - from;
    }

    /** Where the range begins in the array of a tensor [batch, ...]. */
    public int begin(Tensor tensor) {
        return from * perExample(tensor);
    }

    /** Where the range ends in the array of a tensor [batch, ...]. */
    public int end(Tensor tensor) {
        return to * perExample(tensor);
    }

    /** How many numbers one example of a tensor [batch, ...] has. */
    static int perExample(Tensor tensor) {
        return tensor.size() / tensor.extent(0);
    }
}
