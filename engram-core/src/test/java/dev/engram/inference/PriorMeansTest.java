package dev.engram.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import dev.engram.network.PriorMeans;
import dev.engram.network.UsualActivation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A batch in which every cue has its own prior mean, against every cue alone in a network whose memory vector is that mean. */
class PriorMeansTest {
    private static final int D = 30;
    private static final int CUES = 5;

    static Stream<Arguments> waysToInfer() {
        List<Arguments> ways = new ArrayList<>();
        StopRule patient = StopRule.balanced(1e-6, 4_000);
        for (Engine engine : List.of(Engine.AUTO, Engine.REFERENCE, Engine.REDUCED)) {
            for (int layers : new int[] {1, 3}) {
                for (Activation activation : UsualActivation.values()) {
                    ways.add(Arguments.of(engine, layers, activation, Inference.of(Solver.accelerated(), patient)));
                    ways.add(Arguments.of(engine, layers, activation, Inference.gradient(50)));
                    ways.add(Arguments.of(
                            engine, layers, activation, Inference.of(Solver.gradient(0.01), StopRule.steps(50))));
                }
            }
        }
        for (Activation activation : List.of(Activation.RELU, Activation.LINEAR)) {
            ways.add(Arguments.of(Engine.AUTO, 1, activation, Inference.newton().withAnnealing(Annealing.decades(2))));
        }
        return ways.stream();
    }

    @ParameterizedTest
    @MethodSource("waysToInfer")
    void everyCueIsInferredAsInANetworkOfItsOwn(Engine engine, int layers, Activation activation, Inference inference) {
        for (boolean spanned : new boolean[] {false, true}) {
            GenerativeNetwork network = network(activation, layers, spanned);
            Matrix cues = values(CUES, D, 1);
            Matrix means = values(CUES, network.size(layers), 2);
            GenerativeNetwork withMeans = network.withPriorMeans(PriorMeans.perCue(means));
            for (Clamp clamp : List.of(Clamp.all(D), each())) {
                Inference one = inference.withEngine(fits(engine, inference, clamp));
                one = one.withEngine(one.uses(withMeans, clamp, CUES)); // what AUTO takes depends on the batch
                Equilibrium together = one.run(withMeans, cues, clamp);
                for (int cue = 0; cue < CUES; cue++) {
                    GenerativeNetwork own = GenerativeNetwork.ofMaps(
                            activation, maps(network), means.row(cue), network.priorPrecision());
                    Equilibrium alone = one.run(own, cues.rows(cue), clamp.cues(cue));
                    assertThat(together.totalEnergy(cue))
                            .isCloseTo(alone.totalEnergy(0), within(2e-4 * alone.totalEnergy(0)));
                    for (int l = 0; l <= layers; l++) {
                        for (int j = 0; j < network.size(l); j++) {
                            assertThat(together.values().layer(l).get(cue, j))
                                    .as("cue %d, layer %d, node %d, %s", cue, l, j, clamp)
                                    .isCloseTo(alone.values().layer(l).get(0, j), within(2e-3f));
                        }
                    }
                }
            }
        }
    }

    @Test
    void oneMeanRepeatedForEveryCueIsTheMemoryVector() {
        GenerativeNetwork network = network(Activation.RELU, 2, false);
        Matrix repeated = Matrix.zeros(CUES, network.size(2));
        repeated.setRows(network.memoryVector());
        Matrix cues = values(CUES, D, 3);
        for (Clamp clamp : List.of(Clamp.all(D), each())) {
            assertThat(Inference.accelerated()
                            .run(network.withPriorMeans(PriorMeans.perCue(repeated)), cues, clamp)
                            .prediction())
                    .isEqualTo(Inference.accelerated().run(network, cues, clamp).prediction());
        }
    }

    @Test
    void meansThatDoNotFitAreRefused() {
        GenerativeNetwork network = network(Activation.RELU, 1, false);
        assertThatThrownBy(() -> network.withPriorMeans(PriorMeans.shared(new float[3])))
                .hasMessageContaining("have 3 values; the top layer has 12");
        GenerativeNetwork two = network.withPriorMeans(PriorMeans.perCue(values(2, 12, 4)));
        assertThatThrownBy(() -> Inference.newton().run(two, values(CUES, D, 3), Clamp.all(D)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 prior means for 5 cues");
    }

    /** An engine that cannot run the inference is left to AUTO: with a fixed γ and free nodes there is no reduced form. */
    private static Engine fits(Engine engine, Inference inference, Clamp clamp) {
        return inference.isLiteral() && !clamp.isAll() && engine == Engine.REDUCED ? Engine.AUTO : engine;
    }

    private static List<LinearMap> maps(GenerativeNetwork network) {
        return IntStream.rangeClosed(1, network.hiddenLayers())
                .mapToObj(network::map)
                .toList();
    }

    private static GenerativeNetwork network(Activation activation, int layers, boolean spanned) {
        List<LinearMap> maps = new ArrayList<>();
        int below = D;
        for (int l = 1; l <= layers; l++) {
            int size = 13 - l;
            Matrix weights = values(below, size, 10 + l);
            for (int i = 0; i < weights.data().length; i++) {
                weights.data()[i] *= 0.4f;
            }
            if (l == 1 && spanned) { // the unit vectors of the first 6 nodes as a basis
                Matrix basis = Matrix.zeros(6, D);
                IntStream.range(0, 6).forEach(i -> basis.set(i, 3 * i, 1));
                maps.add(new LinearMap.Spanned(basis, weights.slice(0, 6)));
            } else {
                maps.add(new LinearMap.Dense(weights));
            }
            below = size;
        }
        return GenerativeNetwork.ofMaps(activation, maps, values(1, below, 5).data(), 0.5);
    }

    /** Three masks for the five cues. */
    private static Clamp each() {
        BitSet top = Clamp.known(D, IntStream.range(0, 15).toArray()).row(0);
        BitSet bottom = Clamp.known(D, IntStream.range(9, D).toArray()).row(0);
        BitSet some = Clamp.known(D, 0, 3, 6, 7, 12, 20, 29).row(0);
        return new Clamp(D, List.of(top, some, bottom, top, some));
    }

    private static Matrix values(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (float) random.nextGaussian();
        }
        return matrix;
    }
}
