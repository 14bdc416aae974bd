package outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Engine;
import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.Solver;
import dev.engram.inference.Status;
import dev.engram.inference.StopRule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Activations;
import dev.engram.memory.Learned;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.network.Activation;
import dev.engram.network.ChainEnergy;
import dev.engram.network.Clamp;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An activation that was written outside the library. */
class OwnActivationTest {
    static final List<Solver> SOLVERS =
            List.of(Solver.gradient(0.05), Solver.gradient(), Solver.accelerated(), Solver.newton());

    @ParameterizedTest
    @FieldSource("SOLVERS")
    void aReluOfOnesOwnHasTheBitsOfTheLibrarys(Solver solver) {
        Inference inference = Inference.of(solver, StopRule.balanced(1e-3, 50));
        Matrix cues = Own.cues(5, 12);
        for (Clamp clamp : List.of(Clamp.all(12), Clamp.known(12, 0, 1, 2, 3, 4, 5, 6))) {
            Equilibrium usual = inference.run(Own.network(Activation.RELU, 12, 9), cues, clamp);
            Equilibrium own = inference.run(Own.network(new Own.Relu(), 12, 9), cues, clamp);
            assertThat(own.values().layers()).isEqualTo(usual.values().layers());
            assertThat(own.energy()).isDeepEqualTo(usual.energy());
            assertThat(own.residual()).isEqualTo(usual.residual());
            assertThat(own.status()).isEqualTo(usual.status());
        }
    }

    @Test
    void aReluOfOnesOwnLearnsTheSameWeights() {
        Matrix patterns = Own.cues(6, 30);
        PredictiveCodingOptions options = PredictiveCodingOptions.defaults().withUpdates(3);
        GenerativeNetwork usual = learned(patterns, options);
        GenerativeNetwork own = learned(patterns, options.withActivation(new Own.Relu()));
        LinearAlgebra la = LinearAlgebra.shared();
        assertThat(own.map(1).matrix(la)).isEqualTo(usual.map(1).matrix(la));
        assertThat(own.memoryVector()).isEqualTo(usual.memoryVector());
    }

    private static GenerativeNetwork learned(Matrix patterns, PredictiveCodingOptions options) {
        return options.learn(patterns, Shape.of(patterns.columns()), 1, MemoryModel.Watch.NONE, LinearAlgebra.shared())
                .memory()
                .network();
    }

    static Stream<Activation> others() {
        return Stream.of(new Own.Softplus(), new Own.Leaky(0.1f, 1), new Own.Leaky(0.2f, 2));
    }

    /** The forces of Eq. 3 are the negative derivatives of the energy: so where inference ends no small move lowers it. */
    @ParameterizedTest
    @MethodSource("others")
    void inferenceEndsAtAMinimumOfTheEnergy(Activation f) {
        GenerativeNetwork network = Own.network(f, 10, 7, 5);
        Matrix cues = Own.cues(4, 10);
        for (Engine engine : List.of(Engine.REFERENCE, Engine.REDUCED)) {
            for (Solver solver : List.of(Solver.gradient(), Solver.accelerated())) {
                double[] last = {Double.MAX_VALUE};
                Equilibrium end = Inference.of(solver, StopRule.balanced(1e-4, 20_000))
                        .withEngine(engine)
                        .withObserver(step -> {
                            assertThat(step.totalEnergy()).isLessThanOrEqualTo(last[0] * (1 + 1e-5));
                            last[0] = step.totalEnergy();
                            return true;
                        })
                        .run(network, cues, Clamp.all(10));
                assertThat(end.status()).allMatch(Status::isEquilibrium);
                requireMinimum(network, end.values());
            }
        }
    }

    private static void requireMinimum(GenerativeNetwork network, ValueNodes end) {
        double least = energy(network, end);
        for (int l = 1; l <= end.top(); l++) {
            for (int at = 0; at < end.layer(l).data().length; at++) {
                for (float move : new float[] {-0.02f, 0.02f}) {
                    ValueNodes moved = end.copy();
                    moved.layer(l).data()[at] += move;
                    assertThat(energy(network, moved)).isGreaterThan(least - 1e-5);
                }
            }
        }
    }

    private static double energy(GenerativeNetwork network, ValueNodes x) {
        ChainEnergy energy = new ChainEnergy(
                LinearAlgebra.shared(), network, Clamp.all(x.layer(0).columns()), x.cues());
        Evaluation found = energy.newErrors();
        energy.evaluateErrors(x, found);
        return IntStream.range(0, x.cues()).mapToDouble(found::total).sum();
    }

    /** W = 2, b = λ-1 = -1: E = ½(x⁰ - 2·0.1x)² + ½(x + 1)², so 1.04 x = 0.2 x⁰ - 1, x = -1.2/1.04 for x⁰ = -1. */
    @Test
    void aLeakyUnitRestsWhereItsEquationSays() {
        assertThat(rest(2, -1, -1)).isCloseTo(-1.2 / 1.04, within(1e-4));
    }

    /** b = 1, W = 1, x⁰ = -2: the force above 0 is 1 - 2, below it 1 - 0.2; both lead to the kink. */
    @Test
    void aLeakyUnitRestsOnItsKinkWhereBothSidesLeadToIt() {
        assertThat(rest(1, 1, -2)).isZero();
    }

    private static double rest(float w, float b, float sensory) {
        GenerativeNetwork one =
                GenerativeNetwork.of(new Own.Leaky(0.1f, 1), List.of(Matrix.wrap(1, 1, w)), new float[] {b}, 1);
        Equilibrium end = Inference.of(Solver.gradient(), StopRule.balanced(1e-5, 5_000))
                .run(one, Matrix.wrap(1, 1, sensory), Clamp.all(1));
        assertThat(end.status()).containsExactly(Status.CONVERGED);
        return end.values().layer(1).get(0, 0);
    }

    /** f(x) = 3x with weights W is f(x) = x with weights 3W. */
    @Test
    void aSteepActivationTakesStepsThatAreShortEnough() {
        Matrix w = Own.cues(8, 5);
        Matrix three = w.copy();
        for (int i = 0; i < three.data().length; i++) {
            three.data()[i] *= 3;
        }
        float[] b = {1, -1, 0.5f, 2, 0};
        Matrix cues = Own.cues(3, 8);
        Clamp some = Clamp.known(8, 0, 2, 4, 6);
        GenerativeNetwork steep = GenerativeNetwork.of(new Own.Leaky(3, 3), List.of(w), b, 0.5);
        GenerativeNetwork linear = GenerativeNetwork.of(Activation.LINEAR, List.of(three), b, 0.5);
        Equilibrium end = Inference.of(Solver.accelerated(), StopRule.balanced(1e-5, 10_000))
                .run(steep, cues, some);
        Equilibrium exact = Inference.newton().run(linear, cues, some);
        assertThat(end.status()).allMatch(Status::isEquilibrium);
        assertThat(Own.distance(end.prediction(), exact.prediction())).isLessThan(1e-3);
        assertThatThrownBy(() -> Inference.newton().run(steep, cues, some))
                .hasMessageContaining("is for one hidden layer of ReLU or linear units")
                .hasMessageContaining("8-5 LEAKY");
    }

    @ParameterizedTest
    @MethodSource("others")
    void itIsLearnedAndCompleted(Activation f) {
        Matrix patterns = Own.cues(5, 40);
        for (int layers : new int[] {2, 3}) {
            Learned<PredictiveCodingMemory> learned = PredictiveCodingOptions.forLayers(layers)
                    .withActivation(f)
                    .withUpdates(80)
                    .withInferenceSteps(60)
                    .learn(patterns, Shape.of(40), 1, MemoryModel.Watch.NONE, LinearAlgebra.shared());
            assertThat(learned.audit().mean()).as("%d layers".formatted(layers)).isLessThan(1e-3);
            boolean[] known = new boolean[40];
            Arrays.fill(known, 0, 30, true);
            Matrix completed =
                    learned.memory().complete(patterns, Mask.known(known)).patterns();
            assertThat(Own.distance(completed, patterns))
                    .as("%d layers".formatted(layers))
                    .isLessThan(0.15);
        }
    }

    @Test
    void oneThatIsNoNumberDivergesAndLeavesFiniteValues() {
        Activation broken = new Broken();
        Equilibrium end = Inference.gradient(5).run(Own.network(broken, 4, 3), Own.cues(2, 4), Clamp.all(4));
        assertThat(end.status()).containsOnly(Status.DIVERGED);
        assertThat(end.values().layer(1).isFinite()).isTrue();
    }

    record Broken() implements Activation {
        @Override
        public String word() {
            return "broken";
        }

        @Override
        public void values(float[] x, float[] out, int from, int to) {
            Arrays.fill(out, from, to, Float.NaN);
        }

        @Override
        public void slopes(float[] x, float[] out, int from, int to) {
            Arrays.fill(out, from, to, Float.NaN);
        }

        @Override
        public double steepest() {
            return 1;
        }
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() {
        for (float steep : new float[] {0, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Own.network(new Own.Leaky(steep, steep), 4, 3))
                    .hasMessageContaining("largest slope of the activation leaky")
                    .hasMessageContaining("must be positive and finite");
        }
        assertThatThrownBy(() -> AutoencoderOptions.defaults().withActivation(new Own.Softplus()))
                .hasMessageContaining("relu, tanh or linear units; softplus is none of them. Maybe ");
        assertThat(Activations.named("softplus")).isEmpty();
        assertThatThrownBy(() -> Activations.wordInFiles(new Own.Softplus()))
                .hasMessageContaining("META-INF/services/dev.engram.network.Activation");
    }

    @Test
    void itIsSentWithItsNetwork() throws IOException, ClassNotFoundException {
        GenerativeNetwork sent = sent(Own.network(new Own.Leaky(0.3f, 1), 4, 3));
        assertThat(sent.activation()).isEqualTo(new Own.Leaky(0.3f, 1));
        for (Activation usual : Activations.all()) {
            assertThat(sent(usual)).isSameAs(usual);
        }
    }

    @SuppressWarnings({"unchecked", "BanSerializableRead"})
    private static <T> T sent(T object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }
}
