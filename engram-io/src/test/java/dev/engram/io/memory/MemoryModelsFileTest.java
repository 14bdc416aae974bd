package dev.engram.io.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.file.MemoryFileException;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.io.safetensors.Safetensors;
import dev.engram.io.safetensors.SafetensorsFile;
import dev.engram.io.safetensors.TensorData;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Noise;
import dev.engram.memory.Recall;
import dev.engram.memory.Region;
import dev.engram.memory.Shape;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import dev.engram.memory.baseline.AffineSpanOptions;
import dev.engram.memory.baseline.NearestNeighbourOptions;
import dev.engram.memory.boltzmann.BoltzmannOptions;
import dev.engram.memory.covariance.CovarianceOptions;
import dev.engram.memory.hopfield.HopfieldNetwork;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.HopfieldRule;
import dev.engram.memory.hopfield.Levels;
import dev.engram.memory.hopfield.ModernHopfieldOptions;
import dev.engram.memory.hopfield.Separation;
import dev.engram.memory.hopfield.Similarity;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.memory.sparse.SparseQuantisedOptions;
import dev.engram.network.Activation;
import dev.engram.optimiser.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every model in a memory file: what it answers after is what it answered before. */
class MemoryModelsFileTest {
    private static final Shape SHAPE = Shape.of(4, 8, 3);
    private static final Matrix PATTERNS = random(7);
    private static final SparseQuantisedOptions FLAT = SparseQuantisedOptions.flat(SHAPE);

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("m.engram");
    }

    static List<MemoryModel> models() {
        List<MemoryModel> models = new ArrayList<>(List.of(
                PredictiveCodingOptions.defaults(),
                FLAT,
                SparseQuantisedOptions.tree(SHAPE, 4, 2, 1),
                SparseQuantisedOptions.tree(SHAPE, 4, 1).withUnits(3),
                new AffineSpanOptions(),
                new NearestNeighbourOptions(),
                AutoencoderOptions.defaults().withUpdates(30),
                AutoencoderOptions.overparametrised()
                        .withHidden(3, 9)
                        .withUpdates(30)
                        .withActivation(Activation.TANH)
                        .withRest(7, 1e-3),
                BoltzmannOptions.defaults().withUpdates(30),
                BoltzmannOptions.defaults()
                        .withHidden(3, 9)
                        .withNoise(0.2)
                        .withUpdates(30)
                        .withRest(7, 1e-3)));
        for (HopfieldRule rule : HopfieldRule.values()) {
            models.add(
                    HopfieldOptions.defaults().withThreshold(0.4).withSweeps(9).withRule(rule));
        }
        for (CovarianceOptions.Form form : CovarianceOptions.Form.values()) {
            models.add(CovarianceOptions.defaults().withForm(form));
        }
        for (Similarity similarity : Similarity.values()) {
            models.add(new ModernHopfieldOptions(similarity, Separation.softmax(3)));
        }
        models.add(new ModernHopfieldOptions(Similarity.DOT, Separation.polynomial(4)));
        models.add(new ModernHopfieldOptions(Similarity.COSINE, Separation.sparsemax(0.1)));
        models.add(new ModernHopfieldOptions(Similarity.DOT, Separation.entmax(1.3, 0.1)));
        models.add(new ModernHopfieldOptions(Similarity.MANHATTAN, Separation.normmax(5, 0.1)));
        models.add(new ModernHopfieldOptions(Similarity.EUCLIDEAN, Separation.epanechnikov(0.2)));
        models.add(new ModernHopfieldOptions(Similarity.EUCLIDEAN, Separation.max()));
        models.add(new ModernHopfieldOptions(Similarity.COSINE, Separation.identity()));
        return models;
    }

    @ParameterizedTest
    @MethodSource("models")
    void whatIsReadAnswersAsWhatWasWritten(MemoryModel model) {
        AssociativeMemory before = learned(model);
        Provenance provenance = provenance(model);
        MemoryFile.write(file, new StoredMemory(before, SHAPE, provenance));

        StoredMemory read = MemoryFile.read(file);

        AssociativeMemory after = read.memory();
        assertThat(read.provenance()).isEqualTo(provenance);
        assertThat(read.shape()).isEqualTo(SHAPE);
        assertThat(after.model()).isEqualTo(model.name());
        assertThat(after.bytes()).isEqualTo(before.bytes());
        Matrix noisy = Noise.ofVariance(0.2).addTo(PATTERNS, 3);
        assertSame(after.recall(noisy, 2), before.recall(noisy, 2));
        for (String part : new String[] {"top:0.5", "random:0.3", "random-each:0.3"}) {
            Mask mask = Mask.known(Region.parse(part), SHAPE, PATTERNS.rows(), 5);
            assertSame(after.complete(PATTERNS, mask), before.complete(PATTERNS, mask));
        }
    }

    /** A file of an earlier version says nothing of them: 0 and 1. */
    @Test
    void theTwoValuesOfABinaryNetworkAreInItsFile() {
        Matrix signs = PATTERNS.copy();
        for (int i = 0; i < signs.data().length; i++) {
            signs.data()[i] = signs.data()[i] > 0.5 ? 1 : -1;
        }
        HopfieldNetwork network = HopfieldNetwork.learn(signs, HopfieldOptions.defaults());
        MemoryFile.write(file, new StoredMemory(network, SHAPE, provenance(HopfieldOptions.defaults())));
        assertThat(Safetensors.read(file).metadata())
                .containsEntry("network.low", "-1.0")
                .containsEntry("network.high", "1.0");
        assertThat(MemoryFile.read(file).memory().recall(signs).patterns())
                .isEqualTo(network.recall(signs).patterns());
        assertThat(((HopfieldNetwork) MemoryFile.read(file).memory()).levels()).isEqualTo(new Levels(-1, 1));
    }

    private static void assertSame(Recall after, Recall before) {
        assertThat(after.patterns().data()).containsExactly(before.patterns().data());
        assertThat(after.energy()).containsExactly(before.energy());
        assertThat(after.residual()).containsExactly(before.residual());
        assertThat(after.steps()).containsExactly(before.steps());
        assertThat(after.status()).isEqualTo(before.status());
    }

    /** Not the whole header, but all that is kept. */
    @ParameterizedTest
    @MethodSource("models")
    void theFileIsAboutAsLargeAsTheMemorySays(MemoryModel model) throws IOException {
        AssociativeMemory memory = learned(model);
        MemoryFile.write(file, new StoredMemory(memory, SHAPE, provenance(model)));
        long tensors = Safetensors.read(file).tensors().stream()
                .mapToLong(t -> (long) t.data().length() * t.dtype().bytes())
                .sum();
        assertThat((double) tensors).isBetween(0.85 * memory.bytes(), 1.25 * memory.bytes());
        assertThat(Files.size(file)).isGreaterThan(tensors);
    }

    @ParameterizedTest
    @MethodSource("models")
    void flippedBitsAndTruncationsAreNoticed(MemoryModel model) throws IOException {
        MemoryFile.write(file, new StoredMemory(learned(model), SHAPE, provenance(model)));
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at += good.length / 60) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << at % 8);
            Files.write(file, bad);
            assertThatThrownBy(() -> MemoryFile.read(file)).as("byte " + at).isInstanceOf(MemoryFileException.class);
            Files.write(file, Arrays.copyOf(good, at));
            assertThatThrownBy(() -> MemoryFile.read(file)).as("length " + at).isInstanceOf(MemoryFileException.class);
        }
    }

    static Stream<Arguments> inconsistencies() {
        MemoryModel hopfield = HopfieldOptions.defaults().withRule(HopfieldRule.HEBB);
        MemoryModel modern = ModernHopfieldOptions.euclidean(2);
        MemoryModel covariance = CovarianceOptions.defaults();
        MemoryModel tree = SparseQuantisedOptions.tree(SHAPE, 4, 2, 1);
        MemoryModel span = new AffineSpanOptions();
        MemoryModel autoencoder = AutoencoderOptions.defaults().withUpdates(3);
        MemoryModel boltzmann = BoltzmannOptions.defaults().withHidden(2, 32).withUpdates(3);
        return Stream.of(
                text("a unit less", hopfield, "network.units", "95"),
                text("units below 0", hopfield, "network.units", "-96"),
                text("no units", hopfield, "network.units", "0"),
                text("units beyond all arrays", hopfield, "network.units", "2147483647"),
                text("no sweeps", hopfield, "network.sweeps", "0"),
                text("a threshold that is no number", hopfield, "network.threshold", "NaN"),
                text("updates unheard of", hopfield, "network.updates", "sometimes"),
                text("a similarity unheard of", modern, "network.similarity", "taste"),
                text("a separation unheard of", modern, "network.separation", "divorce"),
                text("beta 0", modern, "network.beta", "0"),
                text("more rows judged than there are", covariance, "network.judged", "8"),
                text("a polynomial of distances", modern, "network.separation", "polynomial"),
                text("patterns of another size", modern, "network.sizes", "7,95"),
                text("sizes of three", span, "network.sizes", "7,96,1"),
                text("more patterns than there are", span, "network.sizes", "8,96"),
                text("lambda 0", covariance, "network.lambda", "0"),
                text("a form unheard of", covariance, "network.form", "occult"),
                text("another number of directions", covariance, "network.sizes", "9,96"),
                tensor("a variance below 0", covariance, "variances", t -> doubles(t)[0] = -1),
                tensor("a direction that is not finite", covariance, "directions", t -> doubles(t)[3] = Double.NaN),
                tensor("a weight that is not finite", hopfield, "weights.triangle", t -> floats(t)[5] = Float.NaN),
                text("a layer less", autoencoder, "network.sizes", "96,96"),
                text("another hidden layer", autoencoder, "network.sizes", "96,31,96"),
                text("a layer more", autoencoder, "network.sizes", "96,32,32,96"),
                text("no iterations", autoencoder, "network.iterations", "0"),
                text("a tolerance below 0", autoencoder, "network.tolerance", "-1"),
                tensor("a bias that is not finite", autoencoder, "layers.1.bias", t -> floats(t)[5] = Float.NaN),
                text("no hidden layer", boltzmann, "network.sizes", "96"),
                text("another layer of units", boltzmann, "network.sizes", "96,32,31"),
                text("a layer of units more", boltzmann, "network.sizes", "96,32,32,32"),
                text("no scale", boltzmann, "network.scale", "0"),
                text("no noise", boltzmann, "network.noise", "0"),
                text("noise that is no number", boltzmann, "network.noise", "NaN"),
                text("no sweeps of a mean field", boltzmann, "network.iterations", "0"),
                tensor(
                        "a unit's weight that is infinite",
                        boltzmann,
                        "layers.2.weight",
                        t -> floats(t)[5] = Float.POSITIVE_INFINITY),
                tensor("a unit's bias that is not finite", boltzmann, "layers.1.bias", t -> floats(t)[5] = Float.NaN),
                text("other sides", tree, "network.sides", "4,1"),
                text("sides that do not divide", tree, "network.sides", "3,1"),
                text("trust above 1", tree, "network.bottom_up", "2"),
                tensor("a node without units", tree, "levels.0.units", t -> ints(t)[0] = 0),
                tensor("a unit too many", tree, "levels.1.units", t -> ints(t)[0] = 8),
                tensor("a unit that never answered", tree, "levels.0.counts", t -> ints(t)[2] = 0),
                tensor("a unit below that is not there", tree, "levels.1.together", t -> ints(t)[0] = 7),
                tensor("a unit below that comes twice", tree, "levels.2.entries", t -> ints(t)[0] = 2),
                tensor("no entries", tree, "levels.1.entries", t -> ints(t)[1] = 0),
                tensor("more times than it answered", tree, "levels.2.together", t -> ints(t)[1] = 3));
    }

    private static Arguments text(String what, MemoryModel model, String key, String value) {
        return Arguments.of(
                what, model, (Consumer<Map<String, String>>) m -> m.put(key, value), (Consumer<List<NamedTensor>>)
                        t -> {});
    }

    private static Arguments tensor(String what, MemoryModel model, String name, Consumer<NamedTensor> change) {
        return Arguments.of(what, model, (Consumer<Map<String, String>>) m -> {}, (Consumer<List<NamedTensor>>)
                tensors -> tensors.stream().filter(t -> t.name().equals(name)).forEach(change));
    }

    private static float[] floats(NamedTensor tensor) {
        return ((TensorData.Floats) tensor.data()).values();
    }

    private static double[] doubles(NamedTensor tensor) {
        return ((TensorData.Doubles) tensor.data()).values();
    }

    private static int[] ints(NamedTensor tensor) {
        return ((TensorData.Ints) tensor.data()).values();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inconsistencies")
    void whatDoesNotFitTogetherIsCorrupt(
            String what, MemoryModel model, Consumer<Map<String, String>> text, Consumer<List<NamedTensor>> tensors) {
        MemoryFile.write(file, new StoredMemory(learned(model), SHAPE, provenance(model)));
        SafetensorsFile whole = Safetensors.read(file);
        Map<String, String> metadata = new LinkedHashMap<>(whole.metadata());
        text.accept(metadata);
        tensors.accept(whole.tensors());
        Safetensors.write(file, whole.tensors(), metadata);

        assertThatThrownBy(() -> MemoryFile.read(file))
                .isInstanceOf(MemoryFileException.Corrupt.class)
                .hasMessageContaining("m.engram");
    }

    private static AssociativeMemory learned(MemoryModel model) {
        return model.learn(PATTERNS, SHAPE, 11, MemoryModel.Watch.NONE).memory();
    }

    private static Provenance provenance(MemoryModel model) {
        return new Provenance(
                PATTERNS.rows(),
                "0123456789abcdef".repeat(4),
                11,
                model.describe(),
                Outcome.COMPLETED,
                0,
                new Provenance.Audit(3, 0.1, 0.2, 3, 0.001),
                Software.current("a test"),
                Optional.empty());
    }

    private static Matrix random(int count) {
        SplittableRandom random = new SplittableRandom(1);
        Matrix patterns = Matrix.zeros(count, SHAPE.values());
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] = (float) random.nextDouble();
        }
        return patterns;
    }
}
