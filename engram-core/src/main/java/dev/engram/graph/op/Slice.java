package dev.engram.graph.op;

import dev.engram.linalg.Tensor;
import java.util.Arrays;
import java.util.List;

/** Takes the entries {@code from} (inclusive) to {@code to} (exclusive) of an axis. */
final class Slice implements Operation {
    private final int axis;
    private final int from;
    private final int to;

    Slice(int axis, int from, int to) {
        this.axis = axis;
        this.from = from;
        this.to = to;
    }

    @Override
    public String name() {
        return "slice";
    }

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        Shapes.requireCounts(inputs, 1, parameters, 0);
        int[] y = inputs.get(0).clone();
        Shapes.requireAxis(y, axis);
        if (from < 0 || to <= from || to > y[axis]) {
            throw new IllegalArgumentException("entries %d to %d do not lie on axis %d of the shape %s"
                    .formatted(from, to, axis, Arrays.toString(y)));
        }
        y[axis] = to - from;
        return y;
    }

    @Override
    public Kernel prepare(Binding binding) {
        Tensor x = binding.input();
        Runs runs = Runs.of(Arrays.copyOfRange(x.shape(), 1, x.rank()), axis, from, to);
        return new Kernel() {
            @Override
            public void compute(ExampleRange examples) {
                runs.take(x, binding.output(), Accumulation.SET, examples);
            }

            @Override
            public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
                mode.begin(into, examples);
                runs.put(delta, into, Accumulation.ADD, examples);
            }
        };
    }
}
