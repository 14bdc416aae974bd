package dev.engram.graph.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation: pull-backs against finite differences, floats against doubles, values by hand or by naive loops. */
class OperationsTest {
    private static final LinearAlgebra LA = LinearAlgebra.openBlas(2);
    private static final int BATCH = 3;

    /** An operation with shapes for it; positive inputs where it needs them. */
    record Case(Operation operation, List<int[]> inputs, List<int[]> parameters, boolean positive) {
        @Override
        public String toString() {
            return operation.name()
                    + inputs.stream().map(java.util.Arrays::toString).toList();
        }
    }

    static Stream<Case> cases() {
        List<int[]> vector = List.of(new int[] {7});
        List<int[]> picture = List.of(new int[] {2, 7, 6});
        List<int[]> pair = List.of(new int[] {3, 5}, new int[] {3, 5});
        return Stream.of(
                new Case(Operations.dense(), vector, List.of(new int[] {5, 7}), false),
                new Case(Operations.dense(), List.of(new int[] {4, 7}), List.of(new int[] {1, 7}), false),
                new Case(Operations.denseWithBias(), vector, List.of(new int[] {5, 7}, new int[] {5}), false),
                new Case(Operations.conv2d(1, 0), picture, List.of(new int[] {4, 2, 3, 2}), false),
                new Case(Operations.conv2d(1, 2), picture, List.of(new int[] {1, 2, 5, 5}), false),
                new Case(Operations.conv2d(2, 1), picture, List.of(new int[] {3, 2, 3, 3}), false),
                new Case(Operations.conv2d(3, 0), picture, List.of(new int[] {3, 2, 2, 2}), false),
                new Case(Operations.conv2d(1, 0), picture, List.of(new int[] {3, 2, 7, 6}), false),
                new Case(Operations.transposedConv2d(1, 0), picture, List.of(new int[] {2, 3, 3, 2}), false),
                new Case(Operations.transposedConv2d(1, 1), picture, List.of(new int[] {2, 1, 3, 3}), false),
                new Case(Operations.transposedConv2d(2, 1), picture, List.of(new int[] {2, 3, 4, 4}), false),
                new Case(Operations.transposedConv2d(3, 0), picture, List.of(new int[] {2, 2, 2, 2}), false),
                new Case(Operations.layerNorm(), vector, List.of(new int[] {7}, new int[] {7}), false),
                new Case(Operations.layerNorm(), picture, List.of(new int[] {6}, new int[] {6}), false),
                new Case(Operations.layerNorm(), picture, List.of(new int[] {7, 6}, new int[] {7, 6}), false),
                new Case(
                        Operations.groupNorm(3),
                        List.of(new int[] {6, 3, 2}),
                        List.of(new int[] {6}, new int[] {6}),
                        false),
                new Case(Operations.groupNorm(1), picture, List.of(new int[] {2}, new int[] {2}), false),
                new Case(Operations.dropout(0.3), picture, List.of(), false),
                new Case(Operations.channelBias(), picture, List.of(new int[] {2}), false),
                new Case(Operations.channelBias(), vector, List.of(new int[] {7}), false),
                new Case(Operations.conv2d(1, 0), List.of(new int[] {2, 8, 7}), List.of(new int[] {3, 2, 4, 3}), false),
                new Case(Operations.conv2d(1, 1), picture, List.of(new int[] {2, 2, 5, 4}), false),
                new Case(Operations.conv2d(1, 0), picture, List.of(new int[] {3, 2, 1, 1}), false),
                new Case(
                        Operations.conv2d(1, 0),
                        List.of(new int[] {1, 1, 200}),
                        List.of(new int[] {2, 1, 1, 3}),
                        false),
                new Case(Operations.maxPool(2, 2), picture, List.of(), false),
                new Case(Operations.maxPool(3, 1), picture, List.of(), false),
                new Case(Operations.averagePool(2, 2), picture, List.of(), false),
                new Case(Operations.averagePool(3, 2), picture, List.of(), false),
                new Case(Operations.relu(), picture, List.of(), false),
                new Case(Operations.tanh(), vector, List.of(), false),
                new Case(Operations.sigmoid(), vector, List.of(), false),
                new Case(Operations.gelu(), vector, List.of(), false),
                new Case(Operations.softmax(), List.of(new int[] {3, 4}), List.of(), false),
                new Case(Operations.add(), pair, List.of(), false),
                new Case(Operations.subtract(), pair, List.of(), false),
                new Case(Operations.multiply(), pair, List.of(), false),
                new Case(Operations.matrixProduct(), List.of(new int[] {3, 5}, new int[] {5, 2}), List.of(), false),
                new Case(
                        Operations.matrixProductTransposed(),
                        List.of(new int[] {2, 3, 5}, new int[] {2, 4, 5}),
                        List.of(),
                        false),
                new Case(
                        Operations.concatenate(1),
                        List.of(new int[] {2, 3, 2}, new int[] {2, 1, 2}, new int[] {2, 4, 2}),
                        List.of(),
                        false),
                new Case(Operations.slice(1, 2, 5), picture, List.of(), false),
                new Case(Operations.reshape(4, 21), picture, List.of(), false),
                new Case(Operations.flatten(), picture, List.of(), false),
                new Case(Operations.broadcast(), List.of(), List.of(new int[] {3, 2}), false),
                new Case(Operations.scale(-1.5), List.of(new int[] {}), List.of(), false),
                new Case(Operations.sqrt(), vector, List.of(), true),
                new Case(Operations.square(), vector, List.of(), false),
                new Case(Operations.tan(), vector, List.of(), false),
                new Case(Operations.sin(), vector, List.of(), false));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void pullBacksAreFiniteDifferences(Case c) {
        Bench bench = new Bench(c, 2);
        bench.compute();
        for (int k = 0; k < bench.inputs.size(); k++) {
            Tensor x = bench.inputs.get(k);
            Tensor pulled = Tensor.zeros(Precision.DOUBLE, x.shape());
            pulled.fill(Double.NaN); // SET does not look at what was there
            bench.pullBack(k, pulled, Accumulation.SET);
            bench.check(pulled, x, 1);
            bench.pullBack(k, pulled, Accumulation.ADD);
            bench.check(pulled, x, 2);
        }
        for (int k = 0; k < bench.parameters.size(); k++) {
            Tensor theta = bench.parameters.get(k);
            Tensor gradient = Tensor.zeros(Precision.DOUBLE, theta.shape());
            bench.kernel.addGradient(k, bench.delta, gradient);
            bench.check(gradient, theta, 1);
            bench.kernel.addGradient(k, bench.delta, gradient);
            bench.check(gradient, theta, 2);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void floatsAgreeWithDoubles(Case c) {
        Bench wide = new Bench(c, 2);
        Bench narrow = wide.inFloat();
        wide.compute();
        narrow.compute();
        same(wide.output, narrow.output);
        for (int k = 0; k < wide.inputs.size(); k++) {
            for (Accumulation mode : Accumulation.values()) {
                Tensor a = Tensor.zeros(Precision.DOUBLE, wide.inputs.get(k).shape());
                Tensor b = Tensor.zeros(Precision.FLOAT, a.shape());
                a.fill(0.5);
                b.fill(0.5);
                wide.pullBack(k, a, mode);
                narrow.pullBack(k, b, mode);
                same(a, b);
            }
        }
        for (int k = 0; k < wide.parameters.size(); k++) {
            Tensor a = Tensor.zeros(Precision.DOUBLE, wide.parameters.get(k).shape());
            Tensor b = Tensor.zeros(Precision.FLOAT, a.shape());
            wide.kernel.addGradient(k, wide.delta, a);
            narrow.kernel.addGradient(k, narrow.delta, b);
            same(a, b);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anExampleDoesNotDependOnTheOthersOrOnTheLane(Case c) {
        Bench together = new Bench(c, 1);
        together.compute();
        Bench apart = new Bench(c, 3);
        apart.compute();
        assertThat(apart.output).isEqualTo(together.output);
    }

    private static void same(Tensor expected, Tensor actual) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).isCloseTo(expected.get(i), within(2e-5 * (1 + Math.abs(expected.get(i)))));
        }
    }

    /** An operation on random numbers, and the function Σ δ·y whose derivatives its pull-backs are. */
    private static final class Bench {
        final Case operation;
        final int lanes;
        final List<Tensor> inputs;
        final List<Tensor> parameters;
        final Tensor output;
        final Tensor delta;
        final Kernel kernel;

        Bench(Case c, int lanes) {
            this(c, lanes, random(c, 4), random(c.parameters(), 5), delta(c));
        }

        private Bench(Case c, int lanes, List<Tensor> inputs, List<Tensor> parameters, Tensor delta) {
            this.operation = c;
            this.lanes = lanes;
            this.inputs = inputs;
            this.parameters = parameters;
            this.delta = delta;
            this.output = Tensor.zeros(delta.precision(), delta.shape());
            this.kernel = c.operation().prepare(new Binding(LA, BATCH, lanes, inputs, parameters, output));
        }

        private static List<Tensor> random(Case c, long seed) {
            List<Tensor> drawn = random(c.inputs().stream().map(Bench::batched).toList(), seed);
            if (c.positive()) {
                drawn.forEach(t -> {
                    for (int i = 0; i < t.size(); i++) {
                        t.set(i, 0.1 + Math.abs(t.get(i)));
                    }
                });
            }
            return drawn;
        }

        private static Tensor delta(Case c) {
            return random(List.of(batched(c.operation().outputShape(c.inputs(), c.parameters()))), 6)
                    .get(0);
        }

        private static int[] batched(int[] shape) {
            int[] all = new int[shape.length + 1];
            all[0] = BATCH;
            System.arraycopy(shape, 0, all, 1, shape.length);
            return all;
        }

        private static List<Tensor> random(List<int[]> shapes, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Tensor> drawn = new ArrayList<>();
            for (int[] shape : shapes) {
                Tensor t = Tensor.zeros(Precision.DOUBLE, shape);
                for (int i = 0; i < t.size(); i++) { // away from the kink of ReLU
                    t.set(i, (random.nextBoolean() ? 1 : -1) * (0.01 + random.nextDouble()));
                }
                drawn.add(t);
            }
            return drawn;
        }

        Bench inFloat() {
            return new Bench(
                    operation,
                    lanes,
                    inputs.stream().map(t -> t.to(Precision.FLOAT)).toList(),
                    parameters.stream().map(t -> t.to(Precision.FLOAT)).toList(),
                    delta.to(Precision.FLOAT));
        }

        private ExampleRange lane(int lane) {
            return new ExampleRange(lane, lane * BATCH / lanes, (lane + 1) * BATCH / lanes);
        }

        void compute() {
            LA.parallel(lanes, lane -> kernel.compute(lane(lane)));
        }

        void pullBack(int input, Tensor into, Accumulation mode) {
            LA.parallel(lanes, lane -> kernel.pullBack(input, delta, into, mode, lane(lane)));
        }

        private double function() {
            compute();
            double sum = 0;
            for (int i = 0; i < output.size(); i++) {
                sum += delta.get(i) * output.get(i);
            }
            return sum;
        }

        void check(Tensor derivative, Tensor variable, double times) {
            double step = 1e-5;
            for (int i = 0; i < variable.size(); i++) {
                double at = variable.get(i);
                variable.set(i, at + step);
                double above = function();
                variable.set(i, at - step);
                double below = function();
                variable.set(i, at);
                double difference = times * (above - below) / (2 * step);
                assertThat(derivative.get(i))
                        .as("%s, number %d", operation, i)
                        .isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
            }
            compute();
        }
    }

    @Test
    void aConvolutionIsTheSumOverItsWindow() {
        SplittableRandom random = new SplittableRandom(8);
        for (int[] p : new int[][] {
            {1, 1, 5, 5, 1, 3, 1, 0}, {3, 4, 9, 7, 2, 3, 1, 1}, {2, 3, 8, 8, 3, 3, 2, 1}, {1, 2, 7, 9, 2, 1, 3, 2}
        }) {
            int batch = p[0],
                    channels = p[1],
                    height = p[2],
                    width = p[3],
                    out = p[4],
                    k = p[5],
                    stride = p[6],
                    padding = p[7];
            Tensor x = Tensor.zeros(Precision.FLOAT, batch, channels, height, width);
            Tensor w = Tensor.zeros(Precision.FLOAT, out, channels, k, k);
            fill(x, random);
            fill(w, random);
            int[] shape = Operations.conv2d(stride, padding)
                    .outputShape(List.of(new int[] {channels, height, width}), List.of(w.shape()));
            Tensor y = Tensor.zeros(Precision.FLOAT, batch, shape[0], shape[1], shape[2]);
            Operations.conv2d(stride, padding)
                    .prepare(new Binding(LA, batch, 1, List.of(x), List.of(w), y))
                    .compute(new ExampleRange(0, 0, batch));
            int index = 0;
            for (int b = 0; b < batch; b++) {
                for (int o = 0; o < out; o++) {
                    for (int i = 0; i < shape[1]; i++) {
                        for (int j = 0; j < shape[2]; j++) {
                            double sum = 0;
                            for (int c = 0; c < channels; c++) {
                                for (int di = 0; di < k; di++) {
                                    for (int dj = 0; dj < k; dj++) {
                                        int r = i * stride + di - padding;
                                        int s = j * stride + dj - padding;
                                        if (r >= 0 && r < height && s >= 0 && s < width) {
                                            sum += x.get(((b * channels + c) * height + r) * width + s)
                                                    * w.get(((o * channels + c) * k + di) * k + dj);
                                        }
                                    }
                                }
                            }
                            assertThat(y.get(index++)).isCloseTo(sum, within(1e-4));
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"6, 14, 14, 16, 5, 0", "5, 13, 11, 7, 3, 1"})
    void aConvolutionComputesAPictureTheSameInEveryBatch(
            int channels, int height, int width, int out, int k, int padding) {
        SplittableRandom random = new SplittableRandom(9);
        int batch = 45; // more than a block, and no whole number of blocks
        Operation conv = Operations.conv2d(1, padding);
        Tensor w = Tensor.zeros(Precision.FLOAT, out, channels, k, k);
        int[] shape = conv.outputShape(List.of(new int[] {channels, height, width}), List.of(w.shape()));
        Tensor x = Tensor.zeros(Precision.FLOAT, batch, channels, height, width);
        Tensor y = Tensor.zeros(Precision.FLOAT, batch, shape[0], shape[1], shape[2]);
        Tensor delta = y.copy();
        Tensor into = x.copy();
        List.of(w, x, delta).forEach(t -> fill(t, random));
        Kernel all = conv.prepare(new Binding(LA, batch, 1, List.of(x), List.of(w), y));
        all.compute(new ExampleRange(0, 0, batch));
        all.pullBack(0, delta, into, Accumulation.SET, new ExampleRange(0, 0, batch));
        for (int i = 0; i < batch; i++) {
            Tensor output = y.rows(i).copy();
            Tensor pulled = into.rows(i).copy();
            Kernel alone = conv.prepare(new Binding(LA, 1, 1, List.of(x.rows(i)), List.of(w), output));
            alone.compute(new ExampleRange(0, 0, 1));
            alone.pullBack(0, delta.rows(i), pulled, Accumulation.SET, new ExampleRange(0, 0, 1));
            assertThat(output).isEqualTo(y.rows(i));
            assertThat(pulled).isEqualTo(into.rows(i));
        }
    }

    @Test
    void aDenseLayerSendsBackTheSameHoweverOftenItIsAsked() {
        SplittableRandom random = new SplittableRandom(8);
        for (Precision precision : Precision.values()) {
            for (int batch : new int[] {1, 9, 40}) {
                Tensor x = Tensor.zeros(precision, batch, 13);
                Tensor w = Tensor.zeros(precision, 80, 13);
                Tensor y = Tensor.zeros(precision, batch, 80);
                Tensor delta = Tensor.zeros(precision, batch, 80);
                fill(delta, random);
                Kernel kernel = Operations.dense().prepare(new Binding(LA, batch, 1, List.of(x), List.of(w), y));
                ExampleRange all = new ExampleRange(0, 0, batch);
                for (int forward = 0; forward < 2; forward++) {
                    fill(w, random); // known from the next forward pass on
                    kernel.compute(all);
                    Tensor pulled = Tensor.zeros(precision, batch, 13);
                    for (int times = 1; times <= 5; times++) {
                        kernel.pullBack(0, delta, pulled, Accumulation.ADD, all);
                        requireProduct(delta, w, times, pulled);
                    }
                    kernel.pullBack(0, delta, pulled, Accumulation.SET, all);
                    requireProduct(delta, w, 1, pulled);
                }
            }
        }
    }

    private static void requireProduct(Tensor delta, Tensor w, int times, Tensor pulled) {
        for (int i = 0; i < pulled.size(); i++) {
            double sum = 0;
            for (int o = 0; o < 80; o++) {
                sum += delta.get(i / 13 * 80 + o) * w.get(o * 13 + i % 13);
            }
            assertThat(pulled.get(i)).isCloseTo(times * sum, within(2e-5));
        }
    }

    private static void fill(Tensor t, SplittableRandom random) {
        for (int i = 0; i < t.size(); i++) {
            t.set(i, random.nextDouble() - 0.5);
        }
    }

    @Test
    void poolsTakeTheLargestAndTheMeanOfEachWindow() {
        float[] picture = {
            1, 2, 5, 0,
            3, 4, -1, 6,
            -9, -8, 0, 0,
            -7, -6, 0, 0
        };
        assertThat(value(Operations.maxPool(2, 2), new int[] {1, 4, 4}, picture))
                .containsExactly(4, 6, -6, 0);
        assertThat(value(Operations.averagePool(2, 2), new int[] {1, 4, 4}, picture))
                .containsExactly(2.5f, 2.5f, -7.5f, 0);
    }

    @Test
    void functionsHaveTheValuesWorkedOutByHand() {
        assertThat(value(Operations.softmax(), new int[] {3}, 0, (float) Math.log(2), (float) Math.log(5)))
                .containsExactly(new float[] {0.125f, 0.25f, 0.625f}, within(1e-6f));
        assertThat(value(Operations.softmax(), new int[] {2}, 1000, 1000)).containsExactly(0.5f, 0.5f);
        assertThat(value(Operations.sigmoid(), new int[] {2}, 0, (float) Math.log(3)))
                .containsExactly(new float[] {0.5f, 0.75f}, within(1e-6f));
        assertThat(value(Operations.gelu(), new int[] {3}, 0, 30, -30))
                .containsExactly(new float[] {0, 30, 0}, within(1e-6f));
        // tanh(√(2/π) · 1.044715) = 0.6824 (tables), so gelu(1) = 0.8412
        assertThat(value(Operations.gelu(), new int[] {1}, 1)).containsExactly(new float[] {0.8412f}, within(1e-4f));
        assertThat(value(Operations.relu(), new int[] {3}, -1, 0, 2)).containsExactly(0, 0, 2);
    }

    private static float[] value(Operation operation, int[] shape, float... numbers) {
        int[] batched = Bench.batched(shape);
        batched[0] = 1;
        Tensor x = Tensor.wrap(numbers, batched);
        int[] out = Bench.batched(operation.outputShape(List.of(shape), List.of()));
        out[0] = 1;
        Tensor y = Tensor.zeros(Precision.FLOAT, out);
        operation.prepare(new Binding(LA, 1, 1, List.of(x), List.of(), y)).compute(new ExampleRange(0, 0, 1));
        return y.floats();
    }

    @Test
    void anEmbeddingLooksItsRowsUpAndSendsDeltasBackToThem() {
        Tensor x = Tensor.wrap(new double[] {2, 0, 2, 1}, 2, 2);
        Tensor table = Tensor.wrap(new double[] {1, 2, 3, 4, 5, 6}, 3, 2);
        Tensor y = Tensor.zeros(Precision.DOUBLE, 2, 2, 2);
        Kernel kernel = Operations.embedding().prepare(new Binding(LA, 2, 1, List.of(x), List.of(table), y));
        kernel.compute(new ExampleRange(0, 0, 2));
        assertThat(y.doubles()).containsExactly(5, 6, 1, 2, 5, 6, 3, 4);
        Tensor gradient = Tensor.zeros(Precision.DOUBLE, 3, 2);
        kernel.addGradient(0, Tensor.wrap(new double[] {1, 10, 2, 20, 3, 30, 4, 40}, 2, 2, 2), gradient);
        assertThat(gradient.doubles()).containsExactly(2, 20, 4, 40, 4, 40);
        x.set(3, 3);
        assertThatThrownBy(() -> kernel.compute(new ExampleRange(0, 0, 2))).hasMessageContaining("entry 3.0");
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsShapes() {
        refused(
                () -> Operations.dense().outputShape(List.of(new int[] {6}), List.of(new int[] {5, 7})),
                "[5, 7]",
                "[6]",
                "Maybe");
        refused(
                () -> Operations.denseWithBias()
                        .outputShape(List.of(new int[] {7}), List.of(new int[] {5, 7}, new int[] {4})),
                "bias",
                "[4]");
        refused(
                () -> Operations.conv2d(1, 0)
                        .outputShape(List.of(new int[] {3, 4, 4}), List.of(new int[] {2, 1, 3, 3})),
                "channels");
        refused(
                () -> Operations.conv2d(1, 0)
                        .outputShape(List.of(new int[] {3, 4, 4}), List.of(new int[] {2, 3, 5, 5})),
                "kernel");
        refused(() -> Operations.maxPool(3, 3).outputShape(List.of(new int[] {3, 2, 2}), List.of()), "window");
        refused(() -> Operations.add().outputShape(List.of(new int[] {3}, new int[] {4}), List.of()), "[3]", "[4]");
        refused(() -> Operations.reshape(5).outputShape(List.of(new int[] {3, 2}), List.of()), "5 values", "has 6");
        refused(() -> Operations.slice(0, 1, 4).outputShape(List.of(new int[] {3, 2}), List.of()), "1 to 4");
        refused(
                () -> Operations.concatenate(0).outputShape(List.of(new int[] {3, 2}, new int[] {3, 1}), List.of()),
                "[3, 1]");
        refused(() -> Operations.softmax().outputShape(List.of(new int[] {}), List.of()), "axis");
    }

    private static void refused(Supplier<?> attempt, String... fragments) {
        assertThatThrownBy(attempt::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(fragments);
    }
}
