package dev.engram.memory.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.training.TrainingObserver;
import dev.engram.inference.Status;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.memory.Learned;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.network.Activation;
import dev.engram.network.UsualActivation;
import dev.engram.optimiser.Optimiser;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AutoencoderTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final AutoencoderOptions OPTIONS = AutoencoderOptions.defaults();

    /** g(x) = ½x + ¼ by hand: one linear unit for each value. */
    private static Autoencoder halving(int iterations) {
        Map<String, Tensor> parameters = Map.of(
                "layers.0.weight", Tensor.wrap(new float[] {1, 0, 0, 1}, 2, 2),
                "layers.0.bias", Tensor.wrap(new float[] {0, 0}, 2),
                "layers.1.weight", Tensor.wrap(new float[] {0.5f, 0, 0, 0.5f}, 2, 2),
                "layers.1.bias", Tensor.wrap(new float[] {0.25f, 0.25f}, 2));
        return Autoencoder.of(
                parameters, OPTIONS.withActivation(Activation.LINEAR).withRest(iterations, 1e-4), LA);
    }

    @Test
    void recallAppliesTheMapAsOftenAsAsked() {
        Matrix cues = Matrix.wrap(2, 2, 0, 1, 0.5f, 0.5f);
        Recall twice = halving(1).recall(cues, 2);
        assertThat(twice.patterns().data()).containsExactly(0.375f, 0.625f, 0.5f, 0.5f);
        assertThat(twice.steps()).containsExactly(2, 2);
        assertThat(twice.status()).containsExactly(Status.STEPS_USED, Status.CONVERGED);
        // The next answer is (0.4375, 0.5625): |(0.0625, 0.0625)| over |(0.375, 0.625)|, the longer of the two.
        assertThat(twice.energy()[0]).isCloseTo(0.00390625, within(1e-9));
        assertThat(twice.residual()[0]).isCloseTo(Math.sqrt(0.0078125 / 0.53125), within(1e-9));
        assertThat(twice.energy()[1]).isZero();
        assertThat(twice.residual()[1]).isZero();
    }

    @Test
    void completionHoldsWhatIsKnownAndComesToRest() {
        Mask left = Mask.known(new boolean[] {true, false});
        Recall rest = halving(500).complete(Matrix.wrap(1, 2, 0.9f, Float.MAX_VALUE), left);
        assertThat(rest.patterns().get(0, 0)).isEqualTo(0.9f);
        assertThat(rest.patterns().get(0, 1)).isCloseTo(0.5f, within(1e-4f));
        assertThat(rest.status()).containsExactly(Status.CONVERGED);
        assertThat(rest.residual()[0]).isLessThanOrEqualTo(1e-4);
        // From 0 the distance to ½ halves: ½^(k+1) steps onwards, at most 1e-4 of ½ from k = 13.
        assertThat(rest.steps()).containsExactly(13);
        Recall short3 = halving(3).complete(Matrix.wrap(1, 2, 0.9f, 0), left);
        assertThat(short3.patterns().get(0, 1)).isEqualTo(0.4375f);
        assertThat(short3.status()).containsExactly(Status.STEPS_USED);
        assertThat(short3.steps()).containsExactly(3);
    }

    @Test
    void eachCueHasItsOwnMaskAndItsOwnRest() {
        Mask each = Mask.known(new boolean[] {true, true}, new boolean[] {false, false}, new boolean[] {false, true});
        Recall rest = halving(500).complete(Matrix.wrap(3, 2, 0.1f, 0.2f, 9, 9, 9, 0.3f), each);
        assertThat(rest.steps()).containsExactly(0, 13, 13);
        assertThat(rest.patterns().row(0)).containsExactly(0.1f, 0.2f);
        assertThat(rest.patterns().get(2, 1)).isEqualTo(0.3f);
        // g(0.1, 0.2) = (0.3, 0.35): all values are known, and the energy still says how strange they are.
        assertThat(rest.energy()[0]).isCloseTo(0.5 * (0.04 + 0.0225), within(1e-6));
        assertThat(rest.residual()[0]).isZero();
    }

    @Test
    void aMapThatBlowsUpEndsAtItsLastFiniteAnswer() {
        Map<String, Tensor> parameters = Map.of(
                "layers.0.weight", Tensor.wrap(new float[] {1e20f}, 1, 1),
                "layers.0.bias", Tensor.wrap(new float[] {0}, 1),
                "layers.1.weight", Tensor.wrap(new float[] {1}, 1, 1),
                "layers.1.bias", Tensor.wrap(new float[] {0}, 1));
        Recall recall = Autoencoder.of(parameters, OPTIONS, LA).recall(Matrix.wrap(2, 1, 1, 0), 5);
        assertThat(recall.status()).containsExactly(Status.DIVERGED, Status.CONVERGED);
        assertThat(recall.patterns().data()).containsExactly(1e20f, 0);
        assertThat(recall.steps()).containsExactly(1, 5);
    }

    /**
     * One plain step of rate 1 moves every parameter by minus the derivative of the mean energy of the patterns, whether these span the space
     * of the values or not.
     */
    @ParameterizedTest
    @CsvSource({"1, 5, 4", "3, 5, 4", "1, 3, 7", "2, 1, 5"})
    void theGradientIsThatOfTheEnergy(int hiddenLayers, int count, int values) {
        Matrix patterns = random(count, values, 1);
        AutoencoderOptions options = OPTIONS.withHidden(hiddenLayers, 3)
                .withActivation(Activation.TANH)
                .withGain(2)
                .withUpdates(1);
        Map<String, Tensor> before =
                learn(patterns, options.withOptimiser(Optimiser.sgd(1e-30))).parameters();
        Map<String, Tensor> after =
                learn(patterns, options.withOptimiser(Optimiser.sgd(1))).parameters();
        assertThat(before).hasSize(2 * hiddenLayers + 2);
        double h = 1.0 / 64;
        before.forEach((name, tensor) -> {
            for (int i = 0; i < tensor.size(); i++) {
                double slope = (energy(patterns, changed(before, name, i, h), options)
                                - energy(patterns, changed(before, name, i, -h), options))
                        / (2 * h);
                double step = after.get(name).get(i) - tensor.get(i);
                assertThat(step).as(name).isCloseTo(-slope, within(1e-3));
            }
        });
    }

    private static double energy(Matrix patterns, Map<String, Tensor> parameters, AutoencoderOptions options) {
        Recall shown = Autoencoder.of(parameters, options, LA).complete(patterns, Mask.all(patterns.columns()));
        double sum = 0;
        for (double energy : shown.energy()) {
            sum += energy;
        }
        return sum / patterns.rows();
    }

    private static Map<String, Tensor> changed(Map<String, Tensor> parameters, String name, int place, double by) {
        Map<String, Tensor> changed = new LinkedHashMap<>(parameters);
        Tensor copy = parameters.get(name).copy();
        copy.set(place, copy.get(place) + by);
        changed.put(name, copy);
        return changed;
    }

    @ParameterizedTest
    @EnumSource(UsualActivation.class)
    void whatIsLearnedIsReturned(Activation activation) {
        Matrix patterns = random(3, 20, 2);
        Learned<Autoencoder> learned = Autoencoder.learn(
                patterns,
                OPTIONS.withHidden(1, 40).withActivation(activation).withOptimiser(Optimiser.adam(3e-3)),
                TrainingObserver.NONE);
        assertThat(learned.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(learned.updates()).isEqualTo(1_000);
        assertThat(learned.audit().mean()).isLessThan(1e-6);
    }

    /** Few patterns in a deep network attract: what is missing comes back. */
    @Test
    void aDeepNetworkCompletesWhatItHasStored() {
        Matrix patterns = random(3, 30, 3);
        Autoencoder memory = learn(
                patterns,
                AutoencoderOptions.overparametrised()
                        .withHidden(4, 64)
                        .withOptimiser(Optimiser.adam(1e-3))
                        .withUpdates(1_500));
        Mask half = Mask.known(Region.parse("left:0.5"), Shape.of(30), 3, 0);
        Recall completed = memory.complete(half.blank(patterns, 0), half);
        assertThat(Score.of(patterns, completed.patterns()).recovered(Score.COMPLETION_THRESHOLD))
                .isEqualTo(3);
        for (int p = 0; p < 3; p++) {
            for (int j : half.clamp().indices(p)) {
                assertThat(completed.patterns().get(p, j)).isEqualTo(patterns.get(p, j));
            }
        }
        assertThat(memory.complete(patterns, half).patterns())
                .as("missing values are not looked at")
                .isEqualTo(completed.patterns());
    }

    @Test
    void patternsOfNothingAreReturnedToo() {
        Autoencoder memory = learn(Matrix.zeros(2, 5), OPTIONS.withUpdates(3));
        assertThat(memory.recall(Matrix.zeros(1, 5)).patterns()).isEqualTo(Matrix.zeros(1, 5));
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        Matrix patterns = random(7, 65, 4);
        AutoencoderOptions options = OPTIONS.withHidden(2, 63).withUpdates(11).withBatch(3);
        Autoencoder once = learn(patterns, options.withSeed(5));
        assertThat(learn(patterns, options.withSeed(5)).parameters()).isEqualTo(once.parameters());
        assertThat(learn(patterns, options.withSeed(6)).parameters()).isNotEqualTo(once.parameters());
        Autoencoder again = Autoencoder.of(once.parameters(), options, LA);
        assertThat(again.recall(patterns, 3).patterns())
                .isEqualTo(once.recall(patterns, 3).patterns());
    }

    /** Seven patterns by threes are three mini-batches an epoch; eleven updates end in the fourth. */
    @Test
    void updatesAreCountedByMiniBatchesAndTheObserverMayStop() {
        Matrix patterns = random(7, 10, 6);
        AutoencoderOptions options = OPTIONS.withHidden(1, 8).withUpdates(11).withBatch(3);
        List<Integer> epochs = new ArrayList<>();
        Learned<Autoencoder> whole = Autoencoder.learn(patterns, options, progress -> epochs.add(progress.epoch()));
        assertThat(epochs).containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4);
        assertThat(whole.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(whole.updates()).isEqualTo(11);
        Learned<Autoencoder> stopped = Autoencoder.learn(patterns, options, progress -> progress.epoch() < 2);
        assertThat(stopped.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(stopped.updates()).isEqualTo(4);
        assertThat(Autoencoder.learn(patterns, options.withUpdates(4), progress -> false)
                        .outcome())
                .isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void trainingThatBlowsUpSaysSo() {
        Learned<Autoencoder> learned =
                Autoencoder.learn(random(4, 10, 7), OPTIONS.withOptimiser(Optimiser.sgd(1e6)), TrainingObserver.NONE);
        assertThat(learned.outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(learned.updates()).isLessThan(1_000);
    }

    @Test
    void sizesAndBytesAreThoseOfTheParameters() {
        Autoencoder memory = learn(random(2, 6, 8), OPTIONS.withHidden(2, 5).withUpdates(1));
        assertThat(memory.model()).isEqualTo("autoencoder");
        assertThat(memory.values()).isEqualTo(6);
        assertThat(memory.bytes()).isEqualTo(4 * (5 * 6 + 5 + 5 * 5 + 5 + 6 * 5 + 6));
        assertThat(memory.parameters().get("layers.2.weight").shape()).containsExactly(6, 5);
        assertThat(memory.recall(Matrix.zeros(0, 6)).patterns().rows()).isZero();
        assertThat(OPTIONS.hiddenFor(3)).isEqualTo(32);
        assertThat(OPTIONS.hiddenFor(250)).isEqualTo(500);
        assertThat(OPTIONS.withHidden(1, 7).hiddenFor(250)).isEqualTo(7);
    }

    @Test
    void badOptionsAndInputAreRefusedByName() {
        assertThatThrownBy(() -> OPTIONS.withHidden(0, 3)).hasMessageContaining("hidden layers (0)");
        assertThatThrownBy(() -> OPTIONS.withHidden(1, -1)).hasMessageContaining("hidden units (-1)");
        assertThatThrownBy(() -> OPTIONS.withGain(0)).hasMessageContaining("(0.0)");
        assertThatThrownBy(() -> OPTIONS.withUpdates(0)).hasMessageContaining("Updates (0)");
        assertThatThrownBy(() -> OPTIONS.withBatch(-1)).hasMessageContaining("mini-batch (-1)");
        assertThatThrownBy(() -> OPTIONS.withRest(0, 0)).hasMessageContaining("iterations (0)");
        assertThatThrownBy(() -> OPTIONS.withRest(1, Double.NaN)).hasMessageContaining("tolerance (NaN)");
        assertThatThrownBy(() -> learn(Matrix.zeros(0, 3), OPTIONS)).hasMessageContaining("nothing to learn");
        Autoencoder memory = halving(1);
        assertThatThrownBy(() -> memory.recall(Matrix.zeros(1, 3))).hasMessageContainingAll("3 values", "2");
        assertThatThrownBy(() -> memory.recall(Matrix.zeros(1, 2), 0)).hasMessageContaining("iterations (0)");
        Map<String, Tensor> parameters = memory.parameters();
        assertThatThrownBy(() -> Autoencoder.of(parameters, OPTIONS.withHidden(2, 0), LA))
                .hasMessageContaining("layers");
        assertThatThrownBy(() -> Autoencoder.of(parameters, OPTIONS.withHidden(1, 3), LA))
                .hasMessageContainingAll("2 hidden units", "3");
        assertThatThrownBy(() -> Autoencoder.of(Map.of(), OPTIONS, LA)).hasMessageContaining("layers.0.weight");
        parameters.put("layers.0.bias", Tensor.wrap(new float[] {0, Float.NaN}, 2));
        assertThatThrownBy(() -> Autoencoder.of(parameters, OPTIONS, LA)).hasMessageContaining("NaN");
        parameters.put("layers.0.bias", Tensor.zeros(Precision.FLOAT, 3));
        assertThatThrownBy(() -> Autoencoder.of(parameters, OPTIONS, LA)).hasMessageContaining("layers.0.bias");
    }

    private static Autoencoder learn(Matrix patterns, AutoencoderOptions options) {
        return Autoencoder.learn(patterns, options, TrainingObserver.NONE).memory();
    }

    private static Matrix random(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix m = Matrix.zeros(rows, columns);
        for (int i = 0; i < m.data().length; i++) {
            m.data()[i] = (float) random.nextDouble();
        }
        return m;
    }
}
