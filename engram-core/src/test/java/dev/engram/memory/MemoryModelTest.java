package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Engine;
import dev.engram.learning.GradientRule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.attractor.AttractorOptions;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import dev.engram.memory.baseline.AffineSpanOptions;
import dev.engram.memory.baseline.NearestNeighbourOptions;
import dev.engram.memory.boltzmann.BoltzmannOptions;
import dev.engram.memory.covariance.CovarianceOptions;
import dev.engram.memory.hopfield.HopfieldNetwork;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.HopfieldRule;
import dev.engram.memory.hopfield.ModernHopfieldOptions;
import dev.engram.memory.hopfield.Separation;
import dev.engram.memory.hopfield.Similarity;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.memory.sparse.SparseQuantisedOptions;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryModelTest {
    private static final Shape SHAPE = Shape.of(8, 8);
    private static final long ROOM = 1L << 30;

    static List<MemoryModel> models() {
        return List.of(
                PredictiveCodingOptions.defaults(),
                AttractorOptions.over(PredictiveCodingOptions.defaults()),
                HopfieldOptions.defaults().withRule(HopfieldRule.PSEUDO_INVERSE),
                ModernHopfieldOptions.euclidean(20),
                SparseQuantisedOptions.tree(SHAPE, 4, 1),
                CovarianceOptions.defaults(),
                new AffineSpanOptions(),
                new NearestNeighbourOptions(),
                AutoencoderOptions.defaults(),
                BoltzmannOptions.defaults());
    }

    @ParameterizedTest
    @MethodSource("models")
    void whatIsLearnedRegeneratesWhatIsStored(MemoryModel model) {
        Matrix patterns = random(7, 1);
        Learned<? extends AssociativeMemory> learned = model.learn(patterns, SHAPE, 3, MemoryModel.Watch.NONE);

        assertThat(learned.memory().model()).isEqualTo(model.name());
        assertThat(learned.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(learned.audit().recovered(1e-3)).isEqualTo(7);
        Score shown = Score.of(
                model.asStored(patterns), learned.memory().recall(patterns).patterns());
        for (int i = 0; i < 7; i++) {
            assertThat(learned.audit().errors()[i]).isCloseTo(shown.errors()[i], within(1e-9));
        }
        assertThat(model.obstacle(7, SHAPE, ROOM)).isEmpty();
    }

    /** 7 patterns of 64 floats. */
    @ParameterizedTest
    @MethodSource("models")
    void whoKeepsThePatternsIsNoSmallerThanThey(MemoryModel model) {
        Matrix patterns = random(7, 1);
        long bytes =
                model.learn(patterns, SHAPE, 3, MemoryModel.Watch.NONE).memory().bytes();
        assertThat(!model.keepsPatterns() || bytes >= 4L * 7 * 64).isTrue();
        assertThat(model.bytesNeeded(7, SHAPE)).isGreaterThanOrEqualTo(0.5 * bytes);
    }

    @ParameterizedTest
    @MethodSource("models")
    void learningCanBeStopped(MemoryModel model) {
        Learned<? extends AssociativeMemory> learned = model.learn(random(7, 1), SHAPE, 3, new MemoryModel.Watch() {
            @Override
            public boolean onUpdate(int update, int updates, double trainingError) {
                return false;
            }

            @Override
            public boolean onAudit(int audited, int patterns) {
                return false;
            }
        });
        assertThat(learned.outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void theAuditIsToldOfInParts() {
        List<Integer> told = new ArrayList<>();
        new NearestNeighbourOptions().learn(random(300, 1), SHAPE, 0, new MemoryModel.Watch() {
            @Override
            public boolean onUpdate(int update, int updates, double trainingError) {
                throw new AssertionError("it has no updates");
            }

            @Override
            public boolean onAudit(int audited, int patterns) {
                told.add(audited);
                assertThat(patterns).isEqualTo(300);
                return true;
            }
        });
        assertThat(told).containsExactly(0, 256, 300);
    }

    @Test
    void theSeedIsTheOneGivenNotThatOfTheOptions() {
        Matrix patterns = random(5, 1);
        Learned<? extends AssociativeMemory> first =
                PredictiveCodingOptions.defaults().withSeed(8).learn(patterns, SHAPE, 3, MemoryModel.Watch.NONE);
        PredictiveCodingMemory expected = PredictiveCodingMemory.learn(
                        patterns, PredictiveCodingOptions.defaults().withSeed(3), p -> true)
                .memory();
        assertThat(((PredictiveCodingMemory) first.memory()).network().memoryVector())
                .containsExactly(expected.network().memoryVector());
    }

    @Test
    void aBinaryNetworkStoresOnesAboveItsThreshold() {
        MemoryModel model = HopfieldOptions.defaults().withThreshold(0.25).withRule(HopfieldRule.HEBB);
        assertThat(model.asStored(Matrix.wrap(1, 4, 0.25f, 0.26f, 1, -3))).isEqualTo(Matrix.wrap(1, 4, 0, 1, 1, 0));
    }

    @Test
    void optionsAreNamed() {
        assertThat(HopfieldOptions.defaults()
                        .withRule(HopfieldRule.PSEUDO_INVERSE)
                        .describe())
                .containsEntry("rule", "pseudo-inverse")
                .containsEntry("threshold", "0.5");
        assertThat(new ModernHopfieldOptions(Similarity.MANHATTAN, Separation.sparsemax(0.5)).describe())
                .containsEntry("similarity", "l1")
                .containsEntry("separation", "sparsemax")
                .containsEntry("beta", "0.5");
        assertThat(SparseQuantisedOptions.tree(SHAPE, 4, 1).describe())
                .containsEntry("sides", "4,1")
                .containsEntry("units", "auto");
        assertThat(new AffineSpanOptions().describe()).isEmpty();
    }

    /** 12,288 values: W alone takes 604 MB; where its training ends takes seven matrices, six of them in doubles. */
    @Test
    void whatDoesNotFitIsToldBefore() {
        Shape flag = Shape.of(64, 64, 3);
        MemoryModel hebb = HopfieldOptions.defaults().withRule(HopfieldRule.HEBB);
        assertThat(hebb.obstacle(100, flag, 1_000_000_000L)).isEmpty();
        assertThat(hebb.obstacle(100, flag, 600_000_000L).orElse(""))
                .contains("100 patterns of shape 64x64x3")
                .contains("Java has 572 MB");
        MemoryModel trained = HopfieldOptions.defaults().withRule(HopfieldRule.PREDICTIVE_CODING);
        assertThat(trained.obstacle(100, flag, 4_000_000_000L)).isPresent();
        assertThat(trained.obstacle(100, flag, 9_000_000_000L)).isEmpty();
        assertThat(hebb.obstacle(1, Shape.of(46_341), Long.MAX_VALUE).orElse(""))
                .contains("46,341 x 46,341");
        assertThat(new AffineSpanOptions().obstacle(60_000, Shape.of(784), 16_000_000_000L))
                .isPresent();
    }

    @Test
    void aTreeThatDoesNotDivideThePatternIsToldBefore() {
        MemoryModel model = SparseQuantisedOptions.tree(SHAPE, 4, 1);
        assertThat(model.obstacle(3, Shape.of(6, 8), ROOM).orElse("")).contains("must divide the pattern 6x8");
        assertThatThrownBy(() -> model.learn(Matrix.zeros(3, 48), Shape.of(6, 8), 0, MemoryModel.Watch.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** An engine that does not apply: Adam's steps depend on the coordinates. */
    @Test
    void anEngineThatDoesNotApplyIsAnObstacle() {
        PredictiveCodingOptions options = PredictiveCodingOptions.defaults()
                .withRule(GradientRule.adam(0.01))
                .withEngine(Engine.SPAN);
        assertThat(options.obstacle(3, SHAPE, ROOM).orElse("")).contains("Adam");
    }

    @Test
    void aTriangleIsAllThereIsToAHopfieldNetwork() {
        HopfieldNetwork network =
                HopfieldNetwork.learn(random(5, 1), HopfieldOptions.defaults().withRule(HopfieldRule.STORKEY));
        float[] triangle = network.triangle();
        assertThat(triangle).hasSize(64 * 63 / 2);
        assertThat(triangle[4]).isEqualTo(network.weights().get(3, 1));
        LinearAlgebra la = LinearAlgebra.shared();
        assertThat(HopfieldNetwork.ofTriangle(64, triangle, network.options(), la)
                        .weights())
                .isEqualTo(network.weights());
        assertThatThrownBy(() -> HopfieldNetwork.ofTriangle(63, triangle, network.options(), la))
                .hasMessageContaining("1953");
        triangle[1] = Float.NaN;
        assertThatThrownBy(() -> HopfieldNetwork.ofTriangle(64, triangle, network.options(), la))
                .hasMessageContaining("units 2 and 0 is NaN");
    }

    private static Matrix random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix patterns = Matrix.zeros(count, SHAPE.values());
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] = (float) random.nextDouble();
        }
        return patterns;
    }
}
