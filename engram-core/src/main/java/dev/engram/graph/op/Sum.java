package dev.engram.graph.op;

import dev.engram.linalg.Tensor;
import java.util.Arrays;
import java.util.List;

/** The element-wise sum y = a + c b of two inputs of one shape: the sum (c = 1) or the difference (c = -1). */
final class Sum implements Operation {
    private final String name;
    private final int sign;

    Sum(String name, int sign) {
        this.name = name;
        this.sign = sign;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        return requireSameShapes(inputs, parameters);
    }

    static int[] requireSameShapes(List<int[]> inputs, List<int[]> parameters) {
        Shapes.requireCounts(inputs, 2, parameters, 0);
        if (!Arrays.equals(inputs.get(0), inputs.get(1))) {
            throw new IllegalArgumentException("both inputs must have one shape; theirs are %s and %s"
                    .formatted(Arrays.toString(inputs.get(0)), Arrays.toString(inputs.get(1))));
        }
        return inputs.get(0).clone();
    }

    @Override
    public Kernel prepare(Binding binding) {
        Tensor a = binding.inputs().get(0);
        Tensor b = binding.inputs().get(1);
        Tensor y = binding.output();
        return new Kernel() {
            @Override
            public void compute(ExampleRange examples) {
                y.set(a, examples.begin(y), examples.end(y));
                y.addScaled(sign, b, examples.begin(y), examples.end(y));
            }

            @Override
            public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
                mode.begin(into, examples);
                into.addScaled(input == 0 ? 1 : sign, delta, examples.begin(into), examples.end(into));
            }
        };
    }
}
