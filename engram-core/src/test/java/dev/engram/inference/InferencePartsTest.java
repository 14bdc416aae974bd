package dev.engram.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.GenerativeNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an inference is composed of. */
class InferencePartsTest {
    private static final GenerativeNetwork ONE =
            GenerativeNetwork.of(Activation.RELU, List.of(Matrix.wrap(1, 1, 2)), new float[] {1}, 1);
    private static final GenerativeNetwork DEEP = GenerativeNetwork.of(
            Activation.LINEAR, List.of(Matrix.wrap(1, 1, 2), Matrix.wrap(1, 1, 2)), new float[] {1}, 1);
    private static final GenerativeNetwork BENT =
            GenerativeNetwork.of(Activation.TANH, List.of(Matrix.wrap(1, 1, 2)), new float[] {1}, 1);

    private static final EngineCost DEAR = EngineCost.of(Engine.REFERENCE, "dear", 3, 7);
    private static final EngineCost CHEAP = EngineCost.of(Engine.REDUCED, "cheap", 2, 9);

    @Test
    void decadesOfThePriorPrecisionFallByTen() {
        assertThat(Annealing.decades(2).factors()).hasSize(3).first().isEqualTo(1.0);
        assertThat(Annealing.decades(2).factors().get(1)).isCloseTo(0.1, within(1e-12));
        assertThat(Annealing.decades(2).factors().get(2)).isCloseTo(0.01, within(1e-12));
        assertThat(Annealing.decades(0)).isEqualTo(Annealing.none());
        for (List<Double> none :
                List.of(List.<Double>of(), List.of(1.0, 0.0), List.of(-1.0), List.of(Double.NaN), List.of(1 / 0.0))) {
            assertThatThrownBy(() -> new Annealing(none)).hasMessageContaining("at least one factor");
        }
    }

    @Test
    void stopRulesCountStepsForcesAndEnergies() {
        StopRule rule = StopRule.balanced(0.1, 7);
        assertThat(rule).isEqualTo(new StopRule(7, 0.1, 0));
        assertThat(StopRule.steps(7)).isEqualTo(new StopRule(7, 0, 0));
        assertThat(rule.withSteps(3)).isEqualTo(new StopRule(3, 0.1, 0));
        assertThat(rule.orEnergy(0.5)).isEqualTo(new StopRule(7, 0.1, 0.5));
        assertThat(new StopRule(0, 0, 0).steps()).isZero();
        assertThatThrownBy(() -> StopRule.steps(-1)).hasMessageContaining("steps (-1)");
        for (double bad : new double[] {-0.1, Double.NaN}) {
            assertThatThrownBy(() -> StopRule.balanced(bad, 1)).hasMessageContaining("of at least 0");
            assertThatThrownBy(() -> rule.orEnergy(bad)).hasMessageContaining("of at least 0");
        }
    }

    @Test
    void aFixedStepIsPositiveAndFinite() {
        assertThat(StepSize.fixed(0.1)).isEqualTo(new StepSize.Fixed(0.1));
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> StepSize.fixed(bad)).hasMessageContaining("must be positive and finite");
        }
    }

    @Test
    void theCheapestEngineThatAppliesIsTaken() {
        assertThat(EngineCost.cheapest(List.of(DEAR, CHEAP))).isEqualTo(CHEAP);
        EngineCost impossible = CHEAP.unless(false, "no");
        assertThat(impossible.isPossible()).isFalse();
        assertThat(impossible.unless(false, "neither").obstacle()).isEqualTo("no");
        assertThat(CHEAP.unless(true, "no")).isSameAs(CHEAP);
        assertThat(EngineCost.cheapest(List.of(impossible, DEAR))).isEqualTo(DEAR);
        assertThatThrownBy(() -> EngineCost.cheapest(List.of(impossible))).hasMessageContaining("No engine applies");
        assertThat(EngineCost.choose(List.of(DEAR, CHEAP), Engine.AUTO)).isEqualTo(Engine.REDUCED);
        assertThat(EngineCost.choose(List.of(DEAR, CHEAP), Engine.REFERENCE)).isEqualTo(Engine.REFERENCE);
        assertThat(EngineCost.choose(List.of(DEAR, impossible), Engine.REFERENCE))
                .isEqualTo(Engine.REFERENCE);
        assertThatThrownBy(() -> EngineCost.choose(List.of(DEAR, impossible), Engine.REDUCED))
                .hasMessage("The REDUCED engine does not apply: no. Maybe use Engine.AUTO.");
        assertThatThrownBy(() -> EngineCost.of(Engine.AUTO, "", 0, 0)).hasMessageContaining("AUTO is a choice");
    }

    @Test
    void onlyEquilibriaAreEquilibria() {
        for (Status status : Status.values()) {
            assertThat(status.isEquilibrium()).isEqualTo(status == Status.CONVERGED || status == Status.STALLED);
            assertThat(status.meaning()).endsWith(".");
        }
        assertThat(Status.STEPS_USED.advice()).contains("more steps");
        assertThat(Status.CONVERGED.advice()).isEmpty();
    }

    @Test
    void newtonIsTakenWhereItApplies() {
        assertThat(Inference.forNetwork(ONE).solver()).isEqualTo(Solver.newton());
        assertThat(Inference.forNetwork(DEEP).solver()).isEqualTo(Solver.accelerated());
        assertThat(Inference.forNetwork(BENT).solver()).isEqualTo(Solver.accelerated());
        assertThat(Inference.newton().stop()).isEqualTo(StopRule.balanced(1e-3, 100));
        assertThat(Inference.accelerated().stop()).isEqualTo(StopRule.balanced(1e-2, 2_000));
        assertThat(Inference.gradient(9).stop()).isEqualTo(StopRule.steps(9));
        for (GenerativeNetwork network : new GenerativeNetwork[] {DEEP, BENT}) {
            assertThatThrownBy(() -> Inference.newton().run(network, Matrix.zeros(1, 1), Clamp.all(1)))
                    .hasMessageContaining("Maybe use Inference.accelerated()");
        }
    }

    @Test
    void everyPartCanBeChangedAlone() {
        Inference inference = Inference.newton();
        LinearAlgebra la = LinearAlgebra.pureJava(1);
        MaskCache masks = MaskCache.of(1);
        InferenceObserver observer = step -> true;
        Inference changed = inference
                .withStop(StopRule.steps(2))
                .withAnnealing(Annealing.decades(1))
                .withObserver(observer)
                .withEngine(Engine.REDUCED)
                .withLinearAlgebra(la)
                .withMasks(masks);
        assertThat(changed)
                .isEqualTo(new Inference(
                        Solver.newton(), StopRule.steps(2), Annealing.decades(1), observer, Engine.REDUCED, la, masks));
        assertThatThrownBy(() -> inference.withEngine(Engine.SPAN)).hasMessageContaining("is for learning");
    }

    @Test
    void cuesAndClampMustFitTheNetwork() {
        Inference inference = Inference.accelerated();
        assertThatThrownBy(() -> inference.run(ONE, Matrix.zeros(1, 2), Clamp.all(1)))
                .hasMessageContaining("the cues have 2 values and the clamp 1");
        assertThatThrownBy(() -> inference.run(ONE, Matrix.zeros(1, 1), Clamp.all(2)))
                .hasMessageContaining("the cues have 1 values and the clamp 2");
        Clamp two = new Clamp(1, List.of(Clamp.all(1).row(0), Clamp.known(1).row(0)));
        assertThatThrownBy(() -> inference.run(ONE, Matrix.zeros(3, 1), two))
                .hasMessageContaining("The clamp has 2 rows for 3 cues");
        assertThatThrownBy(() -> inference.settling(ONE, Matrix.zeros(3, 2))).hasMessageContaining("2 values");
        assertThat(inference.run(ONE, Matrix.zeros(2, 1), two).status()).hasSize(2);
    }

    /** W = 2, b = 1, λ = 1: (4 + 1) x = 2 · 6 + 1, x = 2.6, ε = 0.8 and 1.6; the free cue rests at b. */
    @Test
    void energiesAreThoseAtTheEnd() {
        Matrix cues = Matrix.wrap(2, 1, 6, 9);
        Clamp first = new Clamp(1, List.of(Clamp.all(1).row(0), Clamp.known(1).row(0)));
        Equilibrium end = Inference.newton().run(ONE, cues, first);
        assertThat(end.totalEnergy(0)).isCloseTo(0.5 * (0.64 + 2.56), within(1e-5));
        assertThat(end.totalEnergy(1)).isCloseTo(0, within(1e-9));
        assertThat(end.totalEnergy()).isCloseTo(1.6, within(1e-5));
        double[][] energies = Inference.newton().energies(ONE, cues, first);
        assertThat(energies[0]).containsExactly(new double[] {0.32, 1.28}, within(1e-5));
        assertThat(energies[1]).containsExactly(new double[] {0, 0}, within(1e-9));
        InferenceStep step = new InferenceStep(0, 1, new double[][] {{1, 2}, {3, 4}}, end.values());
        assertThat(step.energyPerLayer()).containsExactly(4, 6);
        assertThat(step.totalEnergy()).isEqualTo(10);
    }

    @Test
    void aSliceIsForOneCueOfTheNetwork() {
        LinearAlgebra la = LinearAlgebra.pureJava(1);
        float[] state = {1};
        for (Matrix cue : new Matrix[] {Matrix.zeros(2, 1), Matrix.zeros(1, 2)}) {
            assertThatThrownBy(() -> new EnergySlice(la, ONE, cue, Clamp.all(1), state, state, state))
                    .hasMessageContaining("A slice is for one cue of 1 values");
        }
        assertThatThrownBy(() -> new EnergySlice(la, ONE, Matrix.zeros(1, 1), Clamp.all(2), state, state, state))
                .hasMessageContaining("A slice is for one cue");
        EnergySlice flat = new EnergySlice(la, ONE, Matrix.wrap(1, 1, 6), Clamp.all(1), state, state, state);
        assertThat(flat.project(new float[] {7}))
                .as("a direction without length")
                .containsExactly(0, 0);
        // At x = 1, whatever s and t: half of (6 - 2)² and of (1 - 1)².
        assertThat(flat.energy(new double[] {3}, new double[] {-2})[0]).isCloseTo(8, within(1e-5));
        float[] two = {1, 1};
        EnergySlice deep = new EnergySlice(
                la, DEEP, Matrix.wrap(1, 1, 5), Clamp.all(1), two, new float[] {2, 1}, new float[] {1, 2});
        // x¹ = 1 + 2, x² = 1 + 3: half of (5 - 6)², (3 - 8)² and (4 - 1)².
        assertThat(deep.energy(new double[] {2}, new double[] {3})[0]).isCloseTo(17.5, within(1e-4));
    }
}
