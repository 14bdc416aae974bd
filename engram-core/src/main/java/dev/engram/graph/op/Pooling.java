package dev.engram.graph.op;

import java.util.Arrays;
import java.util.List;

/** What max-pooling and average-pooling share: windows of size × size on [channels, height, width], a stride apart. */
abstract class Pooling implements Operation {
    final int size;
    final int stride;

    Pooling(int size, int stride) {
        if (size < 1 || stride < 1) {
            throw new IllegalArgumentException(
                    "A pooling needs a window (%d) and a stride (%d) of at least 1.".formatted(size, stride));
        }
        this.size = size;
        this.stride = stride;
    }

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        Shapes.requireCounts(inputs, 1, parameters, 0);
        int[] x = inputs.get(0);
        Shapes.requireRank("input", x, 3);
        if (x[1] < size || x[2] < size) {
            throw new IllegalArgumentException(
                    "the window of %d by %d is larger than the input %s".formatted(size, size, Arrays.toString(x)));
        }
        return new int[] {x[0], (x[1] - size) / stride + 1, (x[2] - size) / stride + 1};
    }

    /** Called for every output: where its window begins in the input's array. */
    interface Window {
        void visit(int output, int corner);
    }

    /** Called for every row of outputs: where it begins, where its first window begins in the input's array, and how many there are. */
    interface Row {
        void visit(int output, int corner, int count);
    }

    /** Visits the windows of the given examples, in the order of their outputs. */
    static void visit(Binding binding, int stride, ExampleRange examples, Window window) {
        visitRows(binding, stride, examples, (output, corner, count) -> {
            for (int x = 0; x < count; x++) {
                window.visit(output + x, corner + x * stride);
            }
        });
    }

    /** Visits the rows of the given examples, in the order of their outputs. */
    static void visitRows(Binding binding, int stride, ExampleRange examples, Row row) {
        int width = binding.input().extent(3);
        int plane = binding.input().extent(2) * width;
        int outHeight = binding.output().extent(2);
        int outWidth = binding.output().extent(3);
        int output = examples.begin(binding.output());
        int planes = binding.input().extent(1);
        for (int p = examples.from() * planes; p < examples.to() * planes; p++) {
            for (int y = 0; y < outHeight; y++, output += outWidth) {
                row.visit(output, p * plane + y * stride * width, outWidth);
            }
        }
    }
}
