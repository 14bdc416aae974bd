package dev.engram.graph.op;

import java.util.Arrays;
import java.util.List;

/** Checks of shapes that several operations share. */
final class Shapes {
    private Shapes() {}

    static void requireCounts(List<int[]> inputs, int wantedInputs, List<int[]> parameters, int wantedParameters) {
        if (inputs.size() != wantedInputs || parameters.size() != wantedParameters) {
            throw new IllegalArgumentException("it takes %d inputs and %d parameters; given were %d and %d"
                    .formatted(wantedInputs, wantedParameters, inputs.size(), parameters.size()));
        }
    }

    static void requireRank(String what, int[] shape, int rank) {
        if (shape.length != rank) {
            throw new IllegalArgumentException(
                    "the %s must have %d axes; its shape is %s".formatted(what, rank, Arrays.toString(shape)));
        }
    }

    static void requireShape(String what, int[] shape, int[] wanted) {
        if (!Arrays.equals(shape, wanted)) {
            throw new IllegalArgumentException("the %s must have shape %s; it has %s"
                    .formatted(what, Arrays.toString(wanted), Arrays.toString(shape)));
        }
    }

    static int requireAxis(int[] shape, int axis) {
        if (axis < 0 || axis >= shape.length) {
            throw new IllegalArgumentException(
                    "there is no axis %d in the shape %s; axes count from 0, without the batch"
                            .formatted(axis, Arrays.toString(shape)));
        }
        return axis;
    }

    /** The product of the extents {@code from} (inclusive) to {@code to} (exclusive). */
    static int product(int[] shape, int from, int to) {
        int product = 1;
        for (int i = from; i < to; i++) {
            product *= shape[i];
        }
        return product;
    }

    static int last(int[] shape) {
        return shape[shape.length - 1];
    }
}
