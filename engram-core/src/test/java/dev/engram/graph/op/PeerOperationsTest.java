package dev.engram.graph.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The operations of today's deep networks, against PyTorch on numbers that both make up: {@code wave(s, shape)} is sin(s), sin(2 s), ..
 *
 * <pre>
 *   import torch, torch.nn.functional as F
 *   torch.set_default_dtype(torch.float64)
 *   def wave(s, *shape): n = torch.Size(shape).numel(); return torch.sin(s * torch.arange(1, n + 1)).reshape(shape)
 *   def show(t): print([round(v, 9) for v in t.flatten().tolist()])
 * </pre>
 */
class PeerOperationsTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();

    private static Tensor wave(double step, int... shape) {
        Tensor tensor = Tensor.zeros(Precision.DOUBLE, shape);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.set(i, Math.sin(step * (i + 1)));
        }
        return tensor;
    }

    private static int[] perExample(Tensor tensor) {
        int[] shape = tensor.shape();
        return java.util.Arrays.copyOfRange(shape, 1, shape.length);
    }

    private static Tensor apply(Operation operation, List<Tensor> inputs, List<Tensor> parameters) {
        int batch = inputs.get(0).extent(0);
        int[] shape = operation.outputShape(
                inputs.stream().map(PeerOperationsTest::perExample).toList(),
                parameters.stream().map(Tensor::shape).toList());
        int[] batched = new int[shape.length + 1];
        batched[0] = batch;
        System.arraycopy(shape, 0, batched, 1, shape.length);
        Tensor y = Tensor.zeros(Precision.DOUBLE, batched);
        operation.prepare(new Binding(LA, batch, 1, inputs, parameters, y)).compute(new ExampleRange(0, 0, batch));
        return y;
    }

    private static void assertNumbers(Tensor found, double... expected) {
        assertThat(found.doubles()).containsExactly(expected, within(1e-8));
    }

    /** {@code show(F.layer_norm(wave(.7, 2, 2, 3), (3,), wave(.3, 3), wave(.2, 3)))}, and the same over {@code (2, 3)}. */
    @Test
    void layerNormIsThatOfPyTorch() {
        Tensor x = wave(0.7, 2, 2, 3);
        assertNumbers(
                apply(Operations.layerNorm(), List.of(x), List.of(wave(0.3, 3), wave(0.2, 3))),
                -0.192173285,
                1.007222264,
                0.743560114,
                0.575921139,
                0.326576656,
                -0.348147947,
                -0.122718508,
                0.254416798,
                1.603823232,
                -0.184115302,
                1.032216582,
                0.687526502);
        assertNumbers(
                apply(Operations.layerNorm(), List.of(x), List.of(wave(0.3, 2, 3), wave(0.2, 2, 3))),
                0.364693654,
                0.994038072,
                1.260598407,
                0.811065766,
                -0.078603862,
                -0.722745704,
                -0.248288164,
                -0.199850695,
                0.424869183,
                1.347588501,
                1.956979402,
                1.847452457);
    }

    /** {@code show(F.group_norm(wave(.7, 2, 4, 2), 2, wave(.3, 4), wave(.2, 4)))}. */
    @Test
    void groupNormIsThatOfPyTorch() {
        assertNumbers(
                apply(Operations.groupNorm(2), List.of(wave(0.7, 2, 4, 2)), List.of(wave(0.3, 4), wave(0.2, 4))),
                0.123636699,
                0.531670666,
                0.746390063,
                -0.460447209,
                1.720879278,
                0.039979132,
                -0.332716305,
                1.015952768,
                -0.286912608,
                0.220750434,
                0.933408513,
                0.731026695,
                1.775163334,
                0.732125044,
                -0.012407622,
                -0.192493291);
    }

    /** With one group it is layer normalisation of everything, but for scale and shift. */
    @Test
    void oneGroupIsALayer() {
        Tensor x = wave(0.7, 3, 4, 5);
        Tensor ones = Tensor.zeros(Precision.DOUBLE, 4);
        ones.fill(1);
        Tensor all = Tensor.zeros(Precision.DOUBLE, 4, 5);
        all.fill(1);
        List<Tensor> few = List.of(ones, Tensor.zeros(Precision.DOUBLE, 4));
        List<Tensor> many = List.of(all, Tensor.zeros(Precision.DOUBLE, 4, 5));
        assertNumbers(
                apply(Operations.groupNorm(1), List.of(x), few),
                apply(Operations.layerNorm(), List.of(x), many).doubles());
    }

    /**
     * {@code show(F.conv_transpose2d(wave(.7, 2, 2, 2, 2), wave(.3, 2, 1, 3, 2), stride=2, padding=1))}, and the same with {@code stride=1,
     * padding=0}.
     */
    @Test
    void transposedConvolutionIsThatOfPyTorch() {
        Tensor x = wave(0.7, 2, 2, 2, 2);
        Tensor w = wave(0.3, 2, 1, 3, 2);
        assertNumbers(
                apply(Operations.transposedConv2d(2, 1), List.of(x), List.of(w)),
                0.550933532,
                0.399435342,
                0.606392723,
                0.674548983,
                0.665901148,
                -0.007385428,
                0.060702376,
                0.358009476,
                -0.161073712,
                0.120467202,
                0.796868745,
                0.250949461);
        assertNumbers(
                apply(Operations.transposedConv2d(1, 0), List.of(x), List.of(w)),
                -0.112420024,
                -0.334320549,
                -0.03229057,
                -0.238251131,
                0.328243473,
                0.558232052,
                0.954233103,
                2.561582829,
                1.568505678,
                1.016024685,
                1.709118357,
                0.605575809,
                0.280417543,
                0.102837635,
                0.12341938,
                -0.317790939,
                -0.21021263,
                0.381763989,
                0.364529889,
                1.636136177,
                1.460317366,
                1.124461078,
                2.358527848,
                1.265555285);
    }

    /** {@code show(wave(.7, 2, 2, 3) @ wave(.3, 2, 3, 2))} and {@code show(wave(.7, 2, 2, 3) @ wave(.3, 2, 2, 3).mT)}. */
    @Test
    void matrixProductsAreThoseOfPyTorch() {
        Tensor a = wave(0.7, 2, 2, 3);
        assertNumbers(
                apply(Operations.matrixProduct(), List.of(a, wave(0.3, 2, 3, 2)), List.of()),
                1.823355651,
                2.122864731,
                -1.045174638,
                -0.986577142,
                -1.120505278,
                -0.760135414,
                0.854630909,
                0.205043079);
        assertNumbers(
                apply(Operations.matrixProductTransposed(), List.of(a, wave(0.3, 2, 2, 3)), List.of()),
                1.422981243,
                2.424051626,
                -0.781800098,
                -0.886464463,
                -1.267273746,
                -0.046504621,
                1.599826623,
                -0.441342818);
    }

    @Test
    void pullBacksAreFiniteDifferences() {
        check(Operations.layerNorm(), List.of(new int[] {3, 5}), List.of(new int[] {5}, new int[] {5}));
        check(Operations.groupNorm(2), List.of(new int[] {4, 3, 2}), List.of(new int[] {4}, new int[] {4}));
        check(Operations.dropout(0.5), List.of(new int[] {3, 5}), List.of());
        check(Operations.transposedConv2d(2, 1), List.of(new int[] {3, 4, 3}), List.of(new int[] {3, 2, 3, 4}));
        check(Operations.transposedConv2d(1, 2), List.of(new int[] {3, 4, 5}), List.of(new int[] {3, 2, 5, 5}));
        check(Operations.matrixProduct(), List.of(new int[] {2, 3, 4}, new int[] {2, 4, 5}), List.of());
        check(Operations.matrixProductTransposed(), List.of(new int[] {3, 4}, new int[] {5, 4}), List.of());
    }

    private static void check(Operation operation, List<int[]> inputs, List<int[]> parameters) {
        GradientCheck.Result result = GradientCheck.of(operation, inputs, parameters, 7);
        assertThat(result.largest()).as(result.where()).isLessThan(1e-6);
    }

    /** A mask that was drawn passes the same numbers on, and back, until the next is drawn. */
    @Test
    void dropoutHoldsItsMask() {
        int batch = 50;
        Tensor x = Tensor.zeros(Precision.FLOAT, batch, 400);
        x.fill(3);
        Tensor y = x.copy();
        Tensor pulled = x.copy();
        Kernel dropout = Operations.dropout(0.25).prepare(new Binding(LA, batch, 1, List.of(x), List.of(), y));
        ExampleRange all = new ExampleRange(0, 0, batch);
        dropout.compute(all);
        assertThat(y).as("nothing was drawn").isEqualTo(x);
        dropout.draw(new SplittableRandom(5));
        dropout.compute(all);
        Tensor first = y.copy();
        int zeros = 0;
        for (int i = 0; i < y.size(); i++) {
            zeros += y.get(i) == 0 ? 1 : 0;
            assertThat(y.get(i)).isIn(0.0, 4.0); // 3 / (1 - 0.25)
        }
        // five standard deviations of a binomial distribution of 20,000 draws
        assertThat(zeros / 20_000.0).isCloseTo(0.25, within(5 * Math.sqrt(0.25 * 0.75 / 20_000)));
        assertThat(y.rows(0)).isNotEqualTo(y.rows(1));
        dropout.pullBack(0, x, pulled, Accumulation.SET, all);
        assertThat(pulled).isEqualTo(first);
        dropout.compute(all);
        assertThat(y).isEqualTo(first);
        dropout.draw(new SplittableRandom(6));
        dropout.compute(all);
        assertThat(y).isNotEqualTo(first);
        dropout.draw(new SplittableRandom(5));
        dropout.compute(all);
        assertThat(y).isEqualTo(first);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> Operations.dropout(1)).hasMessageContaining("below 1");
        assertThatThrownBy(() -> Operations.groupNorm(0)).hasMessageContaining("at least 1 group");
        List<int[]> six = List.of(new int[] {6, 2});
        assertThatThrownBy(() -> Operations.groupNorm(4).outputShape(six, List.of(new int[] {6}, new int[] {6})))
                .hasMessageContainingAll("[6, 2]", "4 groups");
        assertThatThrownBy(() -> Operations.layerNorm().outputShape(six, List.of(new int[] {6}, new int[] {6})))
                .hasMessageContainingAll("scale", "[2]", "[6]");
        assertThatThrownBy(() -> Operations.transposedConv2d(2, 1)
                        .outputShape(List.of(new int[] {3, 4, 4}), List.of(new int[] {2, 3, 3, 3})))
                .hasMessageContainingAll("[in, out, k, k]", "2 channels", "has 3");
        assertThatThrownBy(() -> Operations.transposedConv2d(1, 3)
                        .outputShape(List.of(new int[] {3, 2, 2}), List.of(new int[] {3, 1, 3, 3})))
                .hasMessageContaining("leaves nothing");
        assertThatThrownBy(() ->
                        Operations.matrixProduct().outputShape(List.of(new int[] {2, 3}, new int[] {2, 3}), List.of()))
                .hasMessageContainingAll("[2, 3]", "[m, k] and [k, n]");
        assertThatThrownBy(() -> Operations.matrixProductTransposed()
                        .outputShape(List.of(new int[] {4, 2, 3}, new int[] {5, 2, 3}), List.of()))
                .hasMessageContaining("all axes before");
    }
}
