package dev.engram.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.op.Operations;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Perceptrons and layers, against loops. */
class MlpTest {
    private static final int INPUTS = 4;
    private static final int WIDTH = 3;
    private static final int OUTPUTS = 2;

    /** The prediction of the output for one example. */
    private static double[] output(FeedForwardGraph net, Parameters parameters, Tensor x) {
        Observations observations =
                Observations.of(net.input(), x).and(net.output(), Tensor.zeros(Precision.DOUBLE, 1, OUTPUTS));
        GraphEvaluation evaluation = new GraphEvaluation(LinearAlgebra.shared(), parameters, 1, observations.nodes());
        evaluation.clamp(observations);
        evaluation.begin(Map.of());
        evaluation.inLanes(evaluation::feedForward);
        return evaluation.prediction(net.output()).doubles().clone();
    }

    private static Tensor input() {
        return Tensor.wrap(new double[] {0.3, -1.2, 0.7, 2}, 1, INPUTS);
    }

    private static double[] times(Tensor w, double[] x, double factor) {
        double[] y = new double[w.extent(0)];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += factor * w.get(i * x.length + j) * x[j];
            }
        }
        return y;
    }

    private static double[] add(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < a.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    private static double[] tanh(double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = Math.tanh(x[i]);
        }
        return y;
    }

    private static void assertClose(double[] found, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-12));
        }
    }

    @Test
    void valuesComeBeforeOrAfterTheActivation() {
        Mlp mlp = Mlp.of(INPUTS, WIDTH, WIDTH, OUTPUTS).withActivation(Operations.tanh());
        FeedForwardGraph after = mlp.build();
        Parameters p = after.graph().initialise(7, Precision.DOUBLE);
        assertThat(after.graph().nodes()).extracting(Node::name).containsExactly("x", "h1", "h2", "y");
        double[] h1 =
                add(times(p.get("w 1"), input().doubles(), 1), p.get("b 1").doubles());
        double[] h2 = add(times(p.get("w 2"), tanh(h1), 1), p.get("b 2").doubles());
        double[] y = add(times(p.get("w y"), tanh(h2), 1), p.get("b y").doubles());
        assertClose(output(after, p, input()), y);
        FeedForwardGraph before = mlp.withValues(Mlp.Values.BEFORE_ACTIVATION).build();
        Parameters q = before.graph().initialise(7, Precision.DOUBLE);
        assertClose(output(before, q, input()), y);
        assertThat(before.graph().prediction(before.graph().node("h2")).toString())
                .isEqualTo("dense(tanh, w 2, b 2)");
        assertThat(after.graph().prediction(after.graph().node("h2")).toString())
                .isEqualTo("tanh(dense)");
        double bound = 1 / Math.sqrt(INPUTS);
        assertThat(Arrays.stream(p.get("b 1").doubles()).allMatch(b -> Math.abs(b) <= bound))
                .isTrue();
    }

    @Test
    void skipsAndTheScalesOfMuPc() {
        int depth = 4;
        Mlp residual = Mlp.residual(INPUTS, WIDTH, depth, OUTPUTS).withActivation(Operations.tanh());
        for (Mlp mlp : List.of(residual, residual.muPc())) {
            FeedForwardGraph net = mlp.build();
            Parameters p = net.graph().initialise(3, Precision.DOUBLE);
            double first = mlp.isMuPc() ? 1 / Math.sqrt(INPUTS) : 1;
            double middle = mlp.isMuPc() ? 1 / Math.sqrt(WIDTH * depth) : 1;
            double last = mlp.isMuPc() ? 1.0 / WIDTH : 1;
            double[] h = times(p.get("w 1"), input().doubles(), first);
            for (int l = 2; l < depth; l++) {
                h = add(h, times(p.get("w " + l), tanh(h), middle));
            }
            assertClose(output(net, p, input()), times(p.get("w y"), tanh(h), last));
            assertThat(p.snapshot()).hasSize(depth);
        }
    }

    @Test
    void aLayerOfAConvolutionHasABiasForEachChannel() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 2, 6, 5);
        Expression y = Layers.of(g).conv2d("c", x, 3, 2);
        g.value("y", y);
        assertThat(y.shape()).containsExactly(3, 5, 4);
        Parameters p = g.build().initialise(1, Precision.DOUBLE);
        assertThat(p.get("b c").shape()).containsExactly(3);
        assertThat(p.get("w c").shape()).containsExactly(3, 2, 2, 2);
        SplittableRandom random = new SplittableRandom(1);
        Tensor picture = Tensor.zeros(Precision.DOUBLE, 1, 2, 6, 5);
        for (int i = 0; i < picture.size(); i++) {
            picture.set(i, random.nextDouble());
        }
        Node out = p.graph().node("y");
        Observations observations = Observations.of(x, picture).and(out, Tensor.zeros(Precision.DOUBLE, 1, 3, 5, 4));
        GraphEvaluation evaluation = new GraphEvaluation(LinearAlgebra.shared(), p, 1, observations.nodes());
        evaluation.clamp(observations);
        evaluation.inLanes(evaluation::feedForward);
        double expected = p.get("b c").get(1);
        for (int c = 0; c < 2; c++) {
            for (int a = 0; a < 2; a++) {
                for (int b = 0; b < 2; b++) {
                    expected +=
                            p.get("w c").get(((1 * 2 + c) * 2 + a) * 2 + b) * picture.get((c * 6 + 3 + a) * 5 + 2 + b);
                }
            }
        }
        assertThat(evaluation.prediction(out).get((1 * 5 + 3) * 4 + 2)).isCloseTo(expected, within(1e-12));
    }

    /** Sizes: (3 - 1) 2 - 2 + 4 = 6 and (2 - 1) 2 - 2 + 4 = 4; normalised numbers have the mean 0 and the variance 1. */
    @Test
    void layersOfTransposedConvolutionAndNormalisation() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 2, 3, 2);
        Layers layers = Layers.of(g);
        Expression larger = layers.transposedConv2d("t", x, 4, 4, 2, 1);
        assertThat(larger.shape()).containsExactly(4, 6, 4);
        Node y = g.value("y", layers.groupNorm("n", larger, 2));
        Node z = g.value("z", layers.layerNorm("m", g.flatten(larger)));
        Parameters p = g.build().initialise(1, Precision.DOUBLE);
        assertThat(p.get("w t").shape()).containsExactly(2, 4, 4, 4);
        assertThat(p.get("b t").shape()).containsExactly(4);
        assertThat(p.get("scale n").shape()).containsExactly(4);
        assertThat(p.get("shift m").shape()).containsExactly(96);
        Tensor picture = Tensor.zeros(Precision.DOUBLE, 1, 2, 3, 2);
        for (int i = 0; i < picture.size(); i++) {
            picture.set(i, 10 * Math.sin(i));
        }
        Observations observations = Observations.of(x, picture)
                .and(y, Tensor.zeros(Precision.DOUBLE, 1, 4, 6, 4))
                .and(z, Tensor.zeros(Precision.DOUBLE, 1, 96));
        GraphEvaluation evaluation = new GraphEvaluation(LinearAlgebra.shared(), p, 1, observations.nodes());
        evaluation.clamp(observations);
        evaluation.inLanes(evaluation::feedForward);
        assertNormal(evaluation.prediction(y), 0, 48);
        assertNormal(evaluation.prediction(y), 48, 96);
        assertNormal(evaluation.prediction(z), 0, 96);
    }

    private static void assertNormal(Tensor tensor, int from, int to) {
        double[] numbers = Arrays.copyOfRange(tensor.doubles(), from, to);
        assertThat(Arrays.stream(numbers).average().orElseThrow()).isCloseTo(0, within(1e-12));
        assertThat(Arrays.stream(numbers).map(n -> n * n).average().orElseThrow())
                .isCloseTo(1, within(1e-4));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> Mlp.of(3)).hasMessageContaining("input and an output");
        assertThatThrownBy(() -> Mlp.residual(3, 4, 1, 2)).hasMessageContaining("depth");
        assertThatThrownBy(() -> Mlp.of(3, 4, 2).muPc()).hasMessageContaining("skips");
        assertThatThrownBy(() -> Mlp.residual(3, 4, 5, 2).withValues(Mlp.Values.AFTER_ACTIVATION))
                .hasMessageContaining("values after activation");
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 4);
        assertThatThrownBy(() -> Layers.of(g).conv2d("c", x, 2, 3)).hasMessageContaining("[channels, height, width]");
        assertThatThrownBy(() -> g.channelBias(x, g.parameter("b", Initialiser.zeros(), 3)))
                .hasMessageContaining("a number for each channel");
    }
}
