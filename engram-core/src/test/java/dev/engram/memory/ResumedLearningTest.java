package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.inference.Engine;
import dev.engram.inference.Inference;
import dev.engram.inference.Solver;
import dev.engram.inference.StopRule;
import dev.engram.learning.GradientRule;
import dev.engram.learning.Learning;
import dev.engram.learning.LearningObserver;
import dev.engram.learning.LearningRule;
import dev.engram.learning.LocalLeastSquares;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.attractor.AttractorOptions;
import dev.engram.memory.autoencoder.Autoencoder;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import dev.engram.memory.boltzmann.BoltzmannMemory;
import dev.engram.memory.boltzmann.BoltzmannOptions;
import dev.engram.memory.covariance.CovarianceOptions;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.memory.sequence.HiddenTemporalMemory;
import dev.engram.memory.sequence.HiddenTemporalOptions;
import dev.engram.memory.sequence.Sequences;
import dev.engram.memory.sequence.TemporalMemory;
import dev.engram.memory.sequence.TemporalOptions;
import dev.engram.network.Activation;
import dev.engram.network.Generative;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.Initialisation;
import dev.engram.optimiser.LearningState;
import dev.engram.optimiser.Optimiser;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A learning that is stopped after any update and resumed ends with the bits of one that was never stopped. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ResumedLearningTest {
    private static final LinearAlgebra LA = LinearAlgebra.withThreads(2);
    private static final Shape SHAPE = Shape.of(8, 8);
    private static final int MANY = Integer.getInteger("engram.stops", 10); // updates; of more some are stopped at

    /** Every rule and optimiser, one hidden layer and several, fewer patterns than nodes and more, in the span and outside. */
    static Stream<MemoryModel> models() {
        PredictiveCodingOptions two = PredictiveCodingOptions.defaults();
        PredictiveCodingOptions deep =
                PredictiveCodingOptions.deep(4).withUpdates(6).withTolerance(0);
        AutoencoderOptions autoencoder = AutoencoderOptions.defaults().withUpdates(9);
        return Stream.of(
                two.withTolerance(0),
                two.withHidden(6).withTolerance(0), // more patterns than nodes: from sums
                two.withHidden(6).withTolerance(0).withActivation(Activation.TANH),
                two.withTolerance(0).withEngine(Engine.REFERENCE),
                two.withRule(GradientRule.plain(0.1)).withUpdates(7),
                two.withRule(GradientRule.plain(0.1)).withUpdates(7).withEngine(Engine.REFERENCE),
                two.withRule(new GradientRule(Optimiser.momentum(0.05, 0.9))).withUpdates(7),
                two.withRule(GradientRule.adam(0.01)).withUpdates(7),
                deep,
                deep.withRule(GradientRule.adam(0.01)),
                deep.withRule(new GradientRule(Optimiser.momentum(0.01, 0.9))),
                AttractorOptions.over(two.withTolerance(0)),
                AttractorOptions.over(deep).withOriginals(true),
                autoencoder,
                autoencoder.withHidden(3, 20).withBatch(4),
                autoencoder.withOptimiser(Optimiser.momentum(1e-3, 0.9)).withBatch(5),
                autoencoder.withOptimiser(Optimiser.sgd(1e-3)),
                BoltzmannOptions.defaults().withUpdates(9).withSweeps(2));
    }

    @ParameterizedTest
    @MethodSource("models")
    void anyUpdateIsOneToStopAt(MemoryModel model) {
        resumesAnywhere(watch -> model.learn(patterns(11), SHAPE, 3, watch, LA), 2);
    }

    /** It converges before its last update, and would not notice if it were resumed there. */
    @ParameterizedTest
    @MethodSource("converging")
    void aLearningThatHasConvergedDoesNotGoOn(MemoryModel model) {
        int made = resumesAnywhere(watch -> model.learn(patterns(11), SHAPE, 3, watch, LA), 1);
        assertThat(made).isLessThan(Integer.parseInt(model.describe().get("updates")));
    }

    static Stream<MemoryModel> converging() {
        return Stream.of(
                PredictiveCodingOptions.defaults(),
                PredictiveCodingOptions.defaults().withHidden(8).withUpdates(50),
                PredictiveCodingOptions.deep(3).withTolerance(0.05));
    }

    @Test
    void roundsOverMissingValues() {
        Matrix patterns = patterns(30);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] = random.nextInt(5) == 0 ? Float.NaN : patterns.data()[i];
        }
        resumesAnywhere(watch -> CovarianceOptions.defaults().withRidge(0.1).learn(patterns, SHAPE, 3, watch, LA), 3);
    }

    @Test
    void sequences() {
        Sequences sequences = new Sequences(List.of(patterns(7), patterns(12)));
        HiddenTemporalOptions hidden = HiddenTemporalOptions.defaults();
        for (LearningRule rule :
                List.of(hidden.rule(), GradientRule.plain(0.1), new GradientRule(Optimiser.momentum(0.05, 0.9)))) {
            resumesAnywhere(watch -> HiddenTemporalMemory.learn(sequences, hidden.withRule(rule, 5), LA, watch), 4);
            resumesAnywhere(
                    watch -> TemporalMemory.learn(
                            sequences, TemporalOptions.defaults().withRule(rule, 5), LA, watch),
                    4);
        }
    }

    /** Algorithm 1 to the letter: what its sums over the weights have gathered of rounding is resumed too. */
    @Test
    void constantSteps() {
        for (Engine engine : List.of(Engine.REFERENCE, Engine.REDUCED)) {
            for (Learning.Start start : Learning.Start.values()) {
                Inference inference = Inference.of(Solver.gradient(0.05), StopRule.steps(5))
                        .withEngine(engine)
                        .withLinearAlgebra(LA);
                Learning learning = new Learning(GradientRule.plain(0.1), 70, inference, start, 0.05);
                GenerativeNetwork network = GenerativeNetwork.random(
                        List.of(64, 20),
                        Activation.RELU,
                        new Initialisation(1, 0.5, 0.01, 2),
                        1,
                        new SplittableRandom(8));
                GenerativeNetwork straight = learning.learn(network, patterns(11), 5, LearningObserver.NONE)
                        .network();
                for (int stop : new int[] {1, 2, 33, 63, 64, 65, 69, 70}) {
                    List<LearningState> states = new ArrayList<>();
                    learning.learn(network, patterns(11), 5, progress -> {
                        if (progress.update() == stop) {
                            states.add(progress.state().get());
                        }
                        return progress.update() < stop;
                    });
                    GenerativeNetwork resumed = learning.learn(
                                    network, patterns(11), 5, LearningObserver.NONE, Optional.of(states.get(0)))
                            .network();
                    assertThat(bits(resumed)).isEqualTo(bits(straight));
                }
            }
        }
    }

    @Test
    void aStateOfAnotherLearningIsRefused() {
        PredictiveCodingOptions adam = PredictiveCodingOptions.defaults()
                .withRule(GradientRule.adam(0.01))
                .withUpdates(3);
        LearningState state =
                states(watch -> adam.learn(patterns(11), SHAPE, 3, watch, LA)).get(1);
        for (MemoryModel other : List.of(
                adam.withHidden(7),
                PredictiveCodingOptions.deep(3).withRule(GradientRule.adam(0.01)),
                AutoencoderOptions.defaults())) {
            assertThatThrownBy(() -> other.learn(patterns(11), SHAPE, 3, new Resuming(Optional.of(state)), LA))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("state to resume from");
        }
        LearningState plain = states(watch -> adam.withRule(new LocalLeastSquares(1e-5, 0.1))
                        .withEngine(Engine.REFERENCE)
                        .withTolerance(0)
                        .learn(patterns(11), SHAPE, 3, watch, LA))
                .get(1);
        assertThatThrownBy(() -> adam.learn(patterns(11), SHAPE, 3, new Resuming(Optional.of(plain)), LA))
                .hasMessageContaining("optimiser.weights.1.0");
    }

    /** Stops after each update by throwing, as a deadline or a full disk would; returns how many updates there are. */
    private static int resumesAnywhere(Function<MemoryModel.Watch, ? extends Learned<?>> learning, int atLeast) {
        List<LearningState> states = states(learning);
        Learned<?> straight = learning.apply(MemoryModel.Watch.NONE);
        assertThat(straight.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(states).hasSize(straight.updates()).hasSizeGreaterThanOrEqualTo(atLeast);
        int last = states.size();
        for (int stop = 1; stop <= last; stop += last - stop > MANY && stop > 2 ? last / MANY : 1) {
            Resuming stopped = new Resuming(Optional.empty());
            stopped.throwAt = stop;
            assertThatThrownBy(() -> learning.apply(stopped)).isInstanceOf(IllegalStateException.class);
            Resuming resuming = new Resuming(Optional.of(stopped.states.get(stop - 1)));
            Learned<?> resumed = learning.apply(resuming);
            assertThat(bits(resumed)).usingRecursiveComparison().isEqualTo(bits(straight));
            assertThat(resuming.updates).hasSize(states.size() - stop); // the others are not made again
            assertThat(resuming.states).isEqualTo(states.subList(stop, states.size()));
        }
        return states.size();
    }

    private static List<LearningState> states(Function<MemoryModel.Watch, ?> learning) {
        Resuming watch = new Resuming(Optional.empty());
        assertThat(learning.apply(watch)).isNotNull();
        return watch.states;
    }

    private static final class Resuming implements MemoryModel.Watch {
        private final Optional<LearningState> from;
        private final List<LearningState> states = new ArrayList<>();
        private final List<Integer> updates = new ArrayList<>();
        private int throwAt;

        Resuming(Optional<LearningState> from) {
            this.from = from;
        }

        @Override
        public Optional<LearningState> resumed() {
            return from;
        }

        @Override
        public void onState(Supplier<LearningState> state) {
            states.add(state.get());
        }

        @Override
        public boolean onUpdate(int update, int of, double trainingError) {
            updates.add(update);
            assertThat(states.get(states.size() - 1).update()).isEqualTo(update);
            if (update == throwAt) {
                throw new IllegalStateException("stopped");
            }
            return true;
        }
    }

    /** All that was learned, and what is said of it. */
    private static List<Object> bits(Learned<?> learned) {
        List<Object> bits = new ArrayList<>(
                List.of(learned.outcome(), learned.updates(), learned.audit().errors()));
        if (learned.memory() instanceof Generative generative) {
            bits.addAll(bits(generative.network()));
        }
        if (learned.memory() instanceof Autoencoder autoencoder) {
            bits.add(autoencoder.parameters());
        }
        if (learned.memory() instanceof BoltzmannMemory machine) {
            bits.addAll(List.of(machine.weights(1), machine.weights(2), machine.biases(2), machine.bias()));
        }
        if (learned.memory() instanceof HiddenTemporalMemory memory) {
            bits.add(memory.transition().matrix(LA));
        }
        if (learned.memory() instanceof TemporalMemory memory) {
            bits.add(memory.weights().matrix(LA));
        }
        if (learned.memory() instanceof AssociativeMemory memory) {
            Recall recall = memory.recall(patterns(11));
            bits.addAll(
                    List.of(recall.patterns(), recall.energy(), recall.answers().toString()));
        }
        return bits;
    }

    private static List<Object> bits(GenerativeNetwork network) {
        List<Object> bits = new ArrayList<>();
        for (int l = 1; l <= network.hiddenLayers(); l++) {
            bits.add(network.map(l).matrix(LA));
        }
        bits.add(Arrays.toString(network.memoryVector()));
        return bits;
    }

    private static Matrix patterns(int count) {
        SplittableRandom random = new SplittableRandom(5);
        Matrix patterns = Matrix.zeros(count, SHAPE.values());
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] = (float) random.nextDouble();
        }
        return patterns;
    }
}
