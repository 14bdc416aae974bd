package outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Annealing;
import dev.engram.inference.Engine;
import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.Solver;
import dev.engram.inference.Status;
import dev.engram.inference.StepSize;
import dev.engram.inference.StopRule;
import dev.engram.learning.GradientRule;
import dev.engram.learning.Learning;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Recall;
import dev.engram.memory.Shape;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Solvers and step sizes that were written outside the library. */
class OwnInferenceTest {
    private static final float GAMMA = 0.05f;
    private static final GenerativeNetwork NETWORK = Own.network(Activation.TANH, 12, 7, 5);
    private static final Matrix CUES = Own.cues(6, 12);
    private static final Clamp SOME = Clamp.known(12, 0, 1, 2, 3, 4, 5, 6, 7);
    private static final GenerativeNetwork ONE =
            GenerativeNetwork.of(Activation.LINEAR, List.of(Matrix.wrap(1, 1, 2)), new float[] {1}, 1);

    static final List<Clamp> CLAMPS = List.of(Clamp.all(12), SOME);

    @ParameterizedTest
    @FieldSource("CLAMPS")
    void gradientStepsOfOnesOwnAreThoseOfTheLibrary(Clamp clamp) {
        for (StopRule stop : List.of(StopRule.steps(12), StopRule.balanced(0.2, 40))) {
            Annealing stages = Annealing.decades(1);
            Inference inference = Inference.of(new Own.Descent(GAMMA), stop)
                    .withAnnealing(stages)
                    .withEngine(Engine.REFERENCE);
            Equilibrium own = inference.run(NETWORK, CUES, clamp);
            Equilibrium usual = Inference.of(Solver.gradient(GAMMA), stop)
                    .withAnnealing(stages)
                    .withEngine(Engine.REFERENCE)
                    .run(NETWORK, CUES, clamp);
            assertThat(Own.distance(own.values(), usual.values())).isLessThan(1e-5);
            assertThat(Own.distance(own.prediction(), usual.prediction())).isLessThan(1e-5);
            assertThat(own.status()).isEqualTo(usual.status());
            assertThat(own.steps()).isEqualTo(usual.steps());
            assertThat(own.residual()).containsExactly(usual.residual(), within(1e-4));
            assertThat(own.totalEnergy()).isCloseTo(usual.totalEnergy(), within(1e-5));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"REFERENCE", "REDUCED", "AUTO"})
    void aLineSearchOfOnesOwnEndsWhereNewtonsMethodDoes(Engine engine) {
        GenerativeNetwork network = Own.network(Activation.LINEAR, 12, 5);
        for (Clamp clamp : CLAMPS) {
            Equilibrium own = Inference.of(new Own.LineSearch(), StopRule.balanced(1e-4, 3_000))
                    .withEngine(engine)
                    .run(network, CUES, clamp);
            Equilibrium exact = Inference.newton().run(network, CUES, clamp);
            assertThat(own.totalEnergy()).isCloseTo(exact.totalEnergy(), within(1e-4));
            assertThat(own.status()).doesNotContain(Status.DIVERGED, Status.ENERGY_ROSE, Status.CANCELLED);
            assertThat(Own.distance(own.prediction(), exact.prediction())).isLessThan(0.02);
        }
    }

    /** Cue 1 is thrown off in step 3; the others do not notice. */
    @Test
    void aCueThatLeavesTheFiniteNumbersStaysWhereItWas() {
        Solver.Own throwing = (Solver.Own) group -> {
            int[] steps = new int[1];
            Solver.Own.Steps downhill = new Own.Descent(GAMMA).begin(group);
            return (from, to) -> {
                downhill.step(from, to);
                if (++steps[0] == 3) {
                    to.layer(2).set(1, 0, Float.NaN);
                    to.layer(1).set(1, 2, Float.POSITIVE_INFINITY);
                }
            };
        };
        Equilibrium end = written(throwing, 8);
        Equilibrium undisturbed = written(new Own.Descent(GAMMA), 8);
        Equilibrium two = written(new Own.Descent(GAMMA), 2);
        for (int cue = 0; cue < 6; cue++) {
            assertThat(end.status().get(cue)).isEqualTo(cue == 1 ? Status.DIVERGED : Status.STEPS_USED);
            assertThat(end.steps()[cue]).isEqualTo(cue == 1 ? 2 : 8);
            assertThat(end.values().layer(1).row(cue))
                    .isEqualTo((cue == 1 ? two : undisturbed).values().layer(1).row(cue));
        }
        assertThat(end.values().layers()).allMatch(Matrix::isFinite);
        assertThat(end.energy()[1]).containsExactly(two.energy()[1], within(1e-6));
    }

    private static Equilibrium written(Solver solver, int steps) {
        return Inference.of(solver, StopRule.steps(steps))
                .withEngine(Engine.REFERENCE)
                .run(NETWORK, CUES, Clamp.all(12));
    }

    @Test
    void whatIsClampedOrHasEndedIsNotMoved() {
        Solver.Own wild =
                (Solver.Own) group -> (from, to) -> to.layers().forEach(layer -> Arrays.fill(layer.data(), 9));
        for (Clamp clamp : CLAMPS) {
            for (Engine engine : List.of(Engine.REFERENCE, Engine.REDUCED)) {
                Matrix cues = CUES.copy();
                Equilibrium end =
                        Inference.of(wild, StopRule.steps(3)).withEngine(engine).run(NETWORK, cues, clamp);
                assertThat(cues).isEqualTo(CUES);
                for (int i : clamp.indices(0)) {
                    assertThat(end.values().layer(0).get(2, i)).isEqualTo(CUES.get(2, i));
                }
                assertThat(end.values().layer(1).get(2, 0)).isEqualTo(9);
                assertThat(end.status()).containsOnly(Status.ENERGY_ROSE);
            }
        }
        Equilibrium ended = Inference.of(wild, StopRule.balanced(1, 3)).run(NETWORK, CUES, Clamp.all(12));
        assertThat(ended.status()).containsOnly(Status.CONVERGED);
        assertThat(ended.steps()).containsOnly(0);
        assertThat(ended.values().layer(1).get(2, 0)).isNotEqualTo(9);
    }

    @Test
    void anObserverSeesAndStopsIt() {
        List<Integer> seen = new ArrayList<>();
        Equilibrium end = Inference.of(new Own.Descent(GAMMA), StopRule.steps(50))
                .withObserver(step -> {
                    seen.add(step.step());
                    assertThat(step.values().cues()).isEqualTo(6);
                    return step.step() < 4;
                })
                .run(NETWORK, CUES, SOME);
        assertThat(seen).containsExactly(0, 1, 2, 3, 4);
        assertThat(end.status()).containsOnly(Status.CANCELLED);
        assertThat(end.steps()).containsOnly(4);
    }

    @Test
    void learningByItLearnsTheSameWeights() {
        GenerativeNetwork initial = Own.network(Activation.TANH, 12, 7);
        GenerativeNetwork own = learned(initial, new Own.Descent(GAMMA));
        GenerativeNetwork usual = learned(initial, Solver.gradient(GAMMA));
        assertThat(Own.distance(own.weights(1), usual.weights(1))).isLessThan(1e-5);
        assertThat(Own.distance(own.weights(1), initial.weights(1))).isGreaterThan(0.01);
    }

    private static GenerativeNetwork learned(GenerativeNetwork initial, Solver solver) {
        Inference five = Inference.of(solver, StopRule.steps(5));
        return new Learning(GradientRule.plain(0.2), 8, five, Learning.Start.WARM, 0.1)
                .learn(initial, CUES, 7, p -> true)
                .network();
    }

    @Test
    void aMemoryRecallsAndCompletesByIt() {
        Matrix patterns = Own.cues(4, 30);
        PredictiveCodingMemory memory = PredictiveCodingOptions.defaults()
                .learn(patterns, Shape.of(30), 1, MemoryModel.Watch.NONE, LinearAlgebra.shared())
                .memory();
        Inference own = Inference.of(new Own.LineSearch(), StopRule.balanced(1e-5, 5_000));
        PredictiveCodingMemory byOwn = memory.withInference(own, own.withAnnealing(Annealing.decades(2)));
        boolean[] known = new boolean[30];
        Arrays.fill(known, 0, 20, true);
        Recall completed = byOwn.complete(patterns, Mask.known(known));
        assertThat(Own.distance(completed.patterns(), patterns)).isLessThan(0.1);
        assertThat(Own.distance(byOwn.recall(patterns).patterns(), patterns)).isLessThan(0.1);
    }

    /** W = 2, b = 1, x⁰ = 6, x = 1 at first: Δx = γ/(t+1) · (2 (6 - 2x) - (x - 1)). */
    @Test
    void aDecayingStepIsTaken() {
        double x = 1;
        for (int t = 0; t < 5; t++) {
            x += 0.1 / (t + 1) * (2 * (6 - 2 * x) - (x - 1));
        }
        for (Engine engine : List.of(Engine.REFERENCE, Engine.REDUCED)) {
            Equilibrium end = Inference.of(Solver.gradient(new Own.Decay(0.1, false)), StopRule.steps(5))
                    .withEngine(engine)
                    .run(ONE, Matrix.wrap(1, 1, 6), Clamp.all(1));
            assertThat(end.values().layer(1).get(0, 0)).isCloseTo((float) x, within(1e-5f));
        }
    }

    @Test
    void aConstantStepOfOnesOwnHasTheBitsOfTheLibrarys() {
        StepSize own = new StepSize() {
            @Override
            public double gamma(Moment before) {
                return GAMMA;
            }

            @Override
            public boolean isGuarded() {
                return false;
            }

            @Override
            public OptionalDouble constant() {
                return OptionalDouble.of(GAMMA);
            }
        };
        for (Clamp clamp : CLAMPS) {
            assertThat(ends(own, clamp).layers())
                    .isEqualTo(ends(StepSize.fixed(GAMMA), clamp).layers());
        }
        StepSize sameBounds = before -> 1 / before.layerCurvature();
        for (Clamp clamp : CLAMPS) {
            assertThat(ends(sameBounds, clamp).layers())
                    .isEqualTo(ends(StepSize.curvatureBound(), clamp).layers());
        }
    }

    private static ValueNodes ends(StepSize step, Clamp clamp) {
        return Inference.of(Solver.gradient(step), StopRule.steps(9))
                .run(NETWORK, CUES, clamp)
                .values();
    }

    @Test
    void aGuardedStepThatIsTooLongNeverRaisesTheEnergy() {
        double[] last = {Double.MAX_VALUE};
        Equilibrium end = Inference.of(Solver.gradient(new Own.Decay(50, true)), StopRule.steps(60))
                .withObserver(step -> {
                    assertThat(step.totalEnergy()).isLessThanOrEqualTo(last[0] * (1 + 1e-6));
                    last[0] = step.totalEnergy();
                    return true;
                })
                .run(NETWORK, CUES, Clamp.all(12));
        assertThat(end.status()).doesNotContain(Status.ENERGY_ROSE, Status.DIVERGED);
        Equilibrium unguarded = Inference.of(Solver.gradient(new Own.Decay(50, false)), StopRule.steps(60))
                .run(NETWORK, CUES, Clamp.all(12));
        assertThat(unguarded.status()).doesNotContain(Status.CONVERGED, Status.STEPS_USED);
        assertThat(unguarded.values().layers()).allMatch(Matrix::isFinite);
    }

    @Test
    void aStepSizeKnowsWhereItIs() {
        List<String> asked = new ArrayList<>();
        StepSize watching = before -> {
            asked.add("%d %d".formatted(before.step(), before.layer()));
            assertThat(before.energy()).hasSize(2);
            assertThat(before.energy()[0]).isPositive();
            assertThat(before.curvature()).isBetween(5.0, 5.3); // 1 + 2², 2 by a power iteration and a margin
            assertThat(before.layerCurvature()).isCloseTo(before.curvature(), within(1e-9));
            return 0.01;
        };
        Inference.of(Solver.gradient(watching), StopRule.steps(2))
                .withAnnealing(new Annealing(List.of(1.0, 1.0)))
                .run(ONE, Matrix.wrap(1, 1, 6), Clamp.all(1));
        assertThat(asked).containsExactly("0 1", "1 1", "0 1", "1 1");
    }

    @Test
    void stepsThatAreNoneAreToldOrEndTheCue() {
        assertThatThrownBy(() -> Inference.of(Solver.gradient(new Own.Decay(-1, true)), StopRule.steps(3))
                        .run(ONE, Matrix.wrap(1, 1, 6), Clamp.all(1)))
                .hasMessageContaining("Decay[gamma=-1.0, isGuarded=true] is -1.0 in step 0 for layer 1");
        for (boolean guarded : new boolean[] {true, false}) {
            Equilibrium end = Inference.of(Solver.gradient(new Own.Decay(Double.NaN, guarded)), StopRule.steps(30))
                    .run(ONE, Matrix.wrap(1, 1, 6), Clamp.all(1));
            assertThat(end.status()).containsOnly(Status.DIVERGED);
            assertThat(end.values().layer(1).get(0, 0)).isEqualTo(1);
        }
    }
}
