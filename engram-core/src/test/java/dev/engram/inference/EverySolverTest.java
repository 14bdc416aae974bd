package dev.engram.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.Definition;
import dev.engram.network.GenerativeNetwork;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every solver on every engine: how observers, cancellation, annealing and the end behave. */
class EverySolverTest {
    private static final int CUES = 5;
    private static final int D = 40;

    static Stream<Arguments> ways() {
        List<Arguments> ways = new ArrayList<>();
        for (Solver solver :
                List.of(Solver.gradient(0.005), Solver.gradient(), Solver.accelerated(), Solver.newton())) {
            for (Engine engine : List.of(Engine.REFERENCE, Engine.REDUCED)) {
                for (StopRule stop : List.of(StopRule.steps(6), StopRule.balanced(1e-3, 40))) {
                    for (Clamp clamp : List.of(Clamp.all(D), half(), each())) {
                        boolean moves = solver instanceof Solver.Gradient g
                                && g.stepSize() instanceof StepSize.Fixed
                                && !clamp.isAll();
                        boolean refused = engine == Engine.REFERENCE ? solver instanceof Solver.Newton : moves;
                        for (Annealing annealing : List.of(Annealing.none(), Annealing.decades(2))) {
                            if (!refused) {
                                Inference inference = Inference.of(solver, stop)
                                        .withEngine(engine)
                                        .withAnnealing(annealing);
                                ways.add(Arguments.of(inference, clamp));
                            }
                        }
                    }
                }
            }
        }
        return ways.stream();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void watchingChangesNothingAndStepsAreNumberedInOneSequence(Inference inference, Clamp clamp) {
        GenerativeNetwork network = Definition.network(Activation.RELU, 0.5, 3, D, 12);
        Matrix cues = Definition.values(network, CUES, 4).layer(0);
        List<Integer> numbers = new ArrayList<>();
        Equilibrium watched = inference
                .withObserver(step -> {
                    assertThat(step.values().cues()).isEqualTo(CUES);
                    assertThat(step.energy()).hasDimensions(CUES, 2);
                    numbers.add(step.step());
                    return true;
                })
                .run(network, cues, clamp);
        Equilibrium alone = inference.run(network, cues, clamp);
        assertThat(numbers).isEqualTo(IntStream.range(0, numbers.size()).boxed().toList());
        assertThat(watched.values().layers()).isEqualTo(alone.values().layers());
        assertThat(watched.prediction()).isEqualTo(alone.prediction());
        assertThat(watched.energy()).isDeepEqualTo(alone.energy());
        assertThat(watched.status()).isEqualTo(alone.status()).doesNotContain(Status.CANCELLED);
    }

    /** Whoever stops it is not asked again, and every cue says that it was cancelled or how it had ended before. */
    @ParameterizedTest
    @MethodSource("ways")
    void anObserverStopsItAtOnceInWhateverStage(Inference inference, Clamp clamp) {
        GenerativeNetwork network = Definition.network(Activation.RELU, 0.5, 3, D, 12);
        Matrix cues = Definition.values(network, CUES, 4).layer(0);
        int[] all = new int[1];
        inference.withObserver(step -> ++all[0] > 0).run(network, cues, clamp);
        for (int last = 0; last < Math.min(4, all[0]); last++) {
            int stopAt = last;
            List<Integer> numbers = new ArrayList<>();
            Equilibrium end = inference
                    .withObserver(step -> {
                        numbers.add(step.step());
                        return step.step() < stopAt;
                    })
                    .run(network, cues, clamp);
            assertThat(numbers).hasSize(stopAt + 1);
            assertThat(end.status()).doesNotContain(Status.STEPS_USED, Status.DIVERGED);
            assertThat(end.prediction().isFinite()).isTrue();
            assertThat(IntStream.of(end.steps())).allMatch(steps -> steps <= stopAt + 1);
        }
    }

    /** Known nodes keep the cue's values; where the solver sums the sensory layer away, free ones end at their prediction. */
    @ParameterizedTest
    @MethodSource("ways")
    void theEndHoldsWhatIsKnown(Inference inference, Clamp clamp) {
        GenerativeNetwork network = Definition.network(Activation.RELU, 0.5, 3, D, 12);
        Matrix cues = Definition.values(network, CUES, 4).layer(0);
        Equilibrium end = inference.run(network, cues, clamp);
        for (int cue = 0; cue < CUES; cue++) {
            for (int i = 0; i < D; i++) {
                float value = end.values().layer(0).get(cue, i);
                if (clamp.row(cue).get(i)) {
                    assertThat(value).isEqualTo(cues.get(cue, i));
                } else if (inference.engine() == Engine.REDUCED) {
                    assertThat(value).isEqualTo(end.prediction().get(cue, i));
                }
            }
        }
    }

    private static Clamp half() {
        return Clamp.known(D, IntStream.range(0, D / 2).toArray());
    }

    private static Clamp each() {
        return new Clamp(
                D,
                IntStream.range(0, CUES)
                        .mapToObj(cue -> {
                            BitSet row = new BitSet();
                            row.set(cue % 3 * 5, 30);
                            return row;
                        })
                        .toList());
    }
}
