package dev.engram.experiments.graphs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.NodeEnergy;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.inference.Backpropagation;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import org.junit.jupiter.api.Test;

class NetworkTest {
    /** 3·25·6 + 6·25·16 + 1600·200 + 200·150 + 150·10. */
    @Test
    void theCnnHasThePapersSizes() {
        Network cnn = Network.cnn(3, 32, 10, NodeEnergy.GAUSSIAN);
        assertThat(weights(cnn)).isEqualTo(450 + 2400 + 320_000 + 30_000 + 1500);
        assertThat(cnn.graph().node("conv1").shape()).containsExactly(6, 28, 28);
        assertThat(cnn.graph().node("conv2").shape()).containsExactly(16, 10, 10);
        assertThat(weights(Network.cnn(1, 28, 10, NodeEnergy.CATEGORICAL)))
                .isEqualTo(150 + 2400 + 1024 * 200 + 30_000 + 1500);
    }

    private static int weights(Network network) {
        return network.graph().parameters().stream()
                .mapToInt(p -> Tensor.sizeOf(p.shape()))
                .sum();
    }

    /** h1 = tanh(½), h2 = tanh(-1 + 2 h1), logits (h2, -h2): loss log(1 + exp(-2 h2)) for the first class. */
    @Test
    void theRnnIsTheRecurrenceWorkedOutByHand() {
        Network rnn = Network.rnn(2, 2, 1, 2);
        Parameters p = rnn.graph().initialise(0, Precision.DOUBLE);
        set(p, "w input", 0.5, -1);
        set(p, "w hidden", 2);
        set(p, "w out", 1, -1);
        double h2 = Math.tanh(-1 + 2 * Math.tanh(0.5));
        assertThat(loss(rnn, p, new double[] {1, 0, 0, 1}, new double[] {1, 0}))
                .isCloseTo(Math.log1p(Math.exp(-2 * h2)), within(1e-12));
    }

    @Test
    void rowsOfZerosBeforeATextChangeNothing() {
        Network two = Network.rnn(2, 3, 5, 2);
        Network four = Network.rnn(4, 3, 5, 2);
        Parameters p = two.graph().initialise(1, Precision.DOUBLE);
        Parameters same = Parameters.of(four.graph(), Precision.DOUBLE, p.snapshot());
        double[] target = {0, 1};
        assertThat(loss(four, same, new double[] {0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1}, target))
                .isCloseTo(loss(two, p, new double[] {0, 1, 0, 0, 0, 1}, target), within(1e-14));
    }

    /**
     * One unit, two characters. With s(x) = 1 / (1 + exp(-x)): gates at t = 1 (character 0) i, f, o, g of 1, 9, 2, 0.5; at t = 2
     * (character 1) of -1 + h, 0.3 + 2h, 0.4 + 3h, -0.7 + 4h.
     */
    @Test
    void theLstmIsTheOneWorkedOutByHand() {
        Network lstm = Network.lstm(2, 2, 1);
        Parameters p = lstm.graph().initialise(0, Precision.DOUBLE);
        set(p, "w input", 1, 9, 2, 0.5, -1, 0.3, 0.4, -0.7);
        set(p, "w hidden", 1, 2, 3, 4);
        set(p, "w out", 1, -1);
        double c1 = s(1) * Math.tanh(0.5);
        double h1 = s(2) * Math.tanh(c1);
        double c2 = s(0.3 + 2 * h1) * c1 + s(-1 + h1) * Math.tanh(-0.7 + 4 * h1);
        double h2 = s(0.4 + 3 * h1) * Math.tanh(c2);
        double expected = Math.log1p(Math.exp(2 * h1)) + Math.log1p(Math.exp(-2 * h2));
        assertThat(loss(lstm, p, new double[] {0, 1}, new double[] {0, 1, 1, 0}))
                .isCloseTo(expected, within(1e-12));
    }

    private static double s(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void everyCharacterOfASequenceIsFollowedByTheNextOfTheText() {
        Network lstm = Network.lstm(3, 4, 2);
        Observations pair = RandomExamples.sequences(lstm, new int[] {9, 0, 1, 2, 3, 2, 1, 0}, 1, 2);
        Tensor x = pair.value(lstm.input());
        Tensor y = pair.value(lstm.output());
        assertThat(x.floats()).containsExactly(0, 1, 2, 3, 2, 1);
        int[] next = {1, 2, 3, 2, 1, 0};
        for (int i = 0; i < 6; i++) {
            for (int k = 0; k < 4; k++) {
                assertThat(y.get(i * 4 + k)).isEqualTo(k == next[i] ? 1 : 0);
            }
        }
    }

    private static void set(Parameters parameters, String name, double... values) {
        for (int i = 0; i < values.length; i++) {
            parameters.get(name).set(i, values[i]);
        }
    }

    private static double loss(Network network, Parameters p, double[] x, double[] y) {
        Observations known = Observations.of(
                        network.input(), wrap(x, network.input().shape()))
                .and(network.output(), wrap(y, network.output().shape()));
        return Backpropagation.of(LinearAlgebra.shared(), p, known).loss();
    }

    private static Tensor wrap(double[] values, int[] shape) {
        int[] all = new int[shape.length + 1];
        all[0] = 1;
        System.arraycopy(shape, 0, all, 1, shape.length);
        return Tensor.wrap(values, all);
    }
}
