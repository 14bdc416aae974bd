package dev.engram.memory.attractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.inference.Engine;
import dev.engram.learning.GradientRule;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Noise;
import dev.engram.memory.Shape;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.optimiser.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttractorOptionsTest {
    private static final PredictiveCodingOptions NETWORK = PredictiveCodingOptions.defaults();
    private static final AttractorOptions CODES = AttractorOptions.over(NETWORK);
    private static final Matrix PATTERNS = Noise.ofStandardDeviation(0.2).addTo(Matrix.zeros(6, 30), 1);

    private static Learned<?> learned(AttractorOptions options) {
        return options.learn(PATTERNS, Shape.of(30), 3, MemoryModel.Watch.NONE);
    }

    @Test
    void itIsDescribedAsItsNetworkAndThePriorOfIt() {
        assertThat(CODES.name()).isEqualTo("pcn");
        assertThat(CODES.describe())
                .containsAllEntriesOf(NETWORK.describe())
                .hasSize(NETWORK.describe().size() + 3)
                .containsEntry("prior", "codes")
                .containsEntry("originals", "none")
                .containsEntry("false_alarm_rate", "0.01");
        assertThat(CODES.withOriginals(true).describe()).containsEntry("originals", "kept");
        assertThat(CODES.keepsPatterns()).isFalse();
        assertThat(CODES.withOriginals(true).keepsPatterns()).isTrue();
        assertThat(CODES.withOriginals(true).withOriginals(false)).isEqualTo(CODES);
        assertThat(CODES.costs(10, Shape.of(50))).isNotEmpty().isEqualTo(NETWORK.costs(10, Shape.of(50)));
    }

    /** The audit is the same: what comes back of the originals would say nothing of the network. */
    @Test
    void theOriginalsAreKeptWhereThatIsAsked() {
        AttractorMemory without = (AttractorMemory) learned(CODES).memory();
        AttractorMemory with =
                (AttractorMemory) learned(CODES.withOriginals(true)).memory();
        assertThat(without.originals()).isEmpty();
        assertThat(with.originals()).contains(PATTERNS);
        assertThat(with.recall(PATTERNS).patterns()).isEqualTo(PATTERNS);
        assertThat(learned(CODES.withOriginals(true)).audit().errors())
                .isEqualTo(learned(CODES).audit().errors())
                .doesNotContain(0.0);
    }

    @Test
    void aNetworkThatDivergedHasNoCodes() {
        Learned<?> learned = learned(AttractorOptions.over(NETWORK.withRule(GradientRule.plain(1e30))));
        assertThat(learned.outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(learned.memory()).isInstanceOf(PredictiveCodingMemory.class);
    }

    /**
     * 1000 patterns of 10 values, 20 hidden nodes, 512 cues at once. Floats: 200 weights, patterns and what codes generate, twice, codes twice.
     * Doubles: 20 x 10 and 10 x 10; for each cue 6 of its hidden nodes, 4 of its coordinates, and 5 numbers for each code.
     */
    @Test
    void manyCodesTakeMoreToAnswerThanToLearn() {
        AttractorOptions options = AttractorOptions.over(NETWORK.withHidden(20));
        double floats = 200 + (10_000 + 10_000) + 10_000 + (20_000 + 20_000);
        double doubles = 200 + 100 + 512 * (120 + 40 + 5_000);
        assertThat(options.bytesNeeded(1_000, Shape.of(10))).isEqualTo(4 * floats + 8 * doubles);
        assertThat(options.obstacle(1_000, Shape.of(10), 22_000_000)).isEmpty();
        assertThat(options.obstacle(1_000, Shape.of(10), 21_000_000).orElse(""))
                .contains("1000 patterns of shape 10 need about 20 MB");
    }

    @Test
    void aLargeNetworkTakesMoreToLearn() {
        PredictiveCodingOptions large = NETWORK.withHidden(5_000).withEngine(Engine.REFERENCE);
        Shape shape = Shape.of(100_000);
        assertThat(AttractorOptions.over(large).bytesNeeded(10, shape)).isEqualTo(large.bytesNeeded(10, shape));
    }

    @Test
    void whatTheNetworkCannotLearnIsAnObstacle() {
        PredictiveCodingOptions adam = NETWORK.withRule(GradientRule.adam(0.1)).withEngine(Engine.SPAN);
        assertThat(AttractorOptions.over(adam).obstacle(10, Shape.of(100), Long.MAX_VALUE))
                .isPresent()
                .isEqualTo(adam.obstacle(10, Shape.of(100), Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
    void ratesOfFalseAlarmsAreBetweenNeverAndAlways(double rate) {
        assertThatThrownBy(() -> new AttractorOptions(NETWORK, AttractionOptions.defaults(), false, rate))
                .hasMessageContaining("rate (" + rate + ")");
    }

    @Test
    void attractionHasItsBounds() {
        AttractionOptions least = new AttractionOptions(1, 1, List.of(1.0), 1, 0, 1, 0);
        assertThat(least.with(2, 3, List.of(4.0), 5)).isEqualTo(new AttractionOptions(2, 3, List.of(4.0), 5, 0, 1, 0));
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> least.with(bad, 1, List.of(1.0), 1)).hasMessageContaining("noise (" + bad + ")");
            assertThatThrownBy(() -> least.with(1, bad, List.of(1.0), 1))
                    .hasMessageContaining("completion (" + bad + ")");
            assertThatThrownBy(() -> least.with(1, 1, List.of(1.0, bad), 1)).hasMessageContaining("[1.0, " + bad + "]");
            assertThatThrownBy(() -> new AttractionOptions(1, 1, List.of(1.0), 1, 0, bad, 0))
                    .hasMessageContaining("truncation (" + bad + ")");
        }
        for (double bad : new double[] {-1e-9, Double.NaN}) {
            assertThatThrownBy(() -> new AttractionOptions(1, 1, List.of(1.0), 1, bad, 1, 0))
                    .hasMessageContaining("tolerance (" + bad + ")");
            assertThatThrownBy(() -> new AttractionOptions(1, 1, List.of(1.0), 1, 0, 1, bad))
                    .hasMessageContaining("agreement (" + bad + ")");
        }
        assertThatThrownBy(() -> least.with(1, 1, List.of(), 1)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> least.with(1, 1, List.of(1.0), 0)).hasMessageContaining("Rounds (0)");
    }
}
