package dev.engram.graph.op;

import dev.engram.linalg.Tensor;
import java.util.Arrays;
import java.util.List;

/** Looks up rows of a table [entries, width] by number: x [..] holds whole numbers from 0, y is [.., width]. No force on x. */
final class Embedding implements Operation {
    @Override
    public String name() {
        return "embedding";
    }

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        Shapes.requireCounts(inputs, 1, parameters, 1);
        Shapes.requireRank("table", parameters.get(0), 2);
        int[] x = inputs.get(0);
        int[] y = Arrays.copyOf(x, x.length + 1);
        y[x.length] = parameters.get(0)[1];
        return y;
    }

    @Override
    public Kernel prepare(Binding binding) {
        Tensor x = binding.input();
        Tensor y = binding.output();
        Tensor table = binding.parameter();
        int width = table.extent(1);
        Runs row = new Runs(1, width, width, 0);
        return new Kernel() {
            @Override
            public void compute(ExampleRange examples) {
                for (int i = examples.begin(x); i < examples.end(x); i++) {
                    row.move(table, entry(x, i, table) * width, y, i * width, Accumulation.SET);
                }
            }

            @Override
            public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
                mode.begin(into, examples);
            }

            @Override
            public void addGradient(int parameter, Tensor delta, Tensor into) {
                for (int i = 0; i < x.size(); i++) {
                    row.move(delta, i * width, into, entry(x, i, table) * width, Accumulation.ADD);
                }
            }
        };
    }

    private static int entry(Tensor x, int index, Tensor table) {
        double number = x.get(index);
        if (!(number >= 0 && number < table.extent(0)) || number != Math.rint(number)) {
            throw new IllegalArgumentException(
                    "An embedding of %d entries was asked for entry %s; it must be a whole number from 0 to %d."
                            .formatted(table.extent(0), number, table.extent(0) - 1));
        }
        return (int) number;
    }
}
