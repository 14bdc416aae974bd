package dev.engram.memory.attractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Engine;
import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.Status;
import dev.engram.learning.LearningObserver;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.Calibration;
import dev.engram.memory.Mask;
import dev.engram.memory.Noise;
import dev.engram.memory.Recall;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.network.Clamp;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import dev.engram.network.UsualActivation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttractorMemoryTest {
    private static final Shape SHAPE = Shape.of(10, 10, 1);
    private static final Matrix PATTERNS = patterns(24, 1);
    private static final AttractorMemory MEMORY = learn(PATTERNS, PredictiveCodingOptions.defaults());

    private static AttractorMemory learn(Matrix patterns, PredictiveCodingOptions options) {
        return AttractorMemory.learn(
                PredictiveCodingMemory.learn(patterns, options, LearningObserver.NONE)
                        .memory()
                        .network(),
                patterns);
    }

    /** 24 patterns are an affine span of 23 dimensions: from fewer known values it cannot tell them apart. */
    @ParameterizedTest
    @ValueSource(strings = {"top:0.1", "random:0.1", "random-each:0.1", "box:2,2,3,3", "top:0.5"})
    void everyPatternComesBackFromFewerValuesThanThereArePatterns(String region) {
        Mask mask = Mask.known(Region.parse(region), SHAPE, 24, 5);
        Recall recall = MEMORY.complete(mask.blank(PATTERNS, 0), mask);
        assertThat(Score.of(PATTERNS, recall.patterns()).recovered(Score.COMPLETION_THRESHOLD))
                .isEqualTo(24);
        assertThat(recall.status()).allMatch(Status::isEquilibrium);
        for (int cue = 0; cue < 24; cue++) {
            for (int j : mask.clamp().indices(cue)) {
                assertThat(recall.patterns().get(cue, j)).isEqualTo(PATTERNS.get(cue, j));
            }
        }
    }

    @Test
    void missingValuesAreNeverRead() {
        Mask mask = Mask.known(Region.parse("top:0.2"), SHAPE, 24, 5);
        assertThat(MEMORY.complete(mask.blank(PATTERNS, 0), mask).patterns())
                .isEqualTo(MEMORY.complete(mask.blank(PATTERNS, 9), mask).patterns());
    }

    /** A projection on the span would leave σ²·24/100, 0.024. */
    @Test
    void noiseFarAboveTheLimitOfTheSpanIsRemoved() {
        Matrix cues = Noise.ofVariance(0.1).addTo(PATTERNS, 3);
        Score score = Score.of(PATTERNS, MEMORY.recall(cues).patterns());
        assertThat(score.recovered(Score.DENOISING_THRESHOLD)).isEqualTo(24);
        assertThat(MEMORY.recall(cues, 2).patterns())
                .isEqualTo(MEMORY.recall(MEMORY.recall(cues).patterns()).patterns());
    }

    @ParameterizedTest
    @CsvSource({"2, RELU", "2, TANH", "2, LINEAR", "4, RELU"})
    void everyDepthAndActivationHasAttractors(int layers, UsualActivation activation) {
        PredictiveCodingOptions options =
                PredictiveCodingOptions.forLayers(layers).withHidden(60).withActivation(activation);
        AttractorMemory memory = learn(PATTERNS, options);
        Mask mask = Mask.known(Region.parse("top:0.1"), SHAPE, 24, 0);
        AttractorMemory.Weighed answers =
                memory.weighed(PATTERNS, mask, 1, end -> end.values().layer(0));
        for (int cue = 0; cue < 24; cue++) {
            assertThat(answers.responsibilities().get(cue, cue)).isGreaterThan(0.9);
        }
    }

    @ParameterizedTest
    @CsvSource({"REFERENCE", "REDUCED"})
    void enginesAgree(Engine engine) {
        Mask mask = Mask.known(Region.parse("random-each:0.1"), SHAPE, 24, 5);
        Inference patient = Inference.accelerated().withEngine(engine);
        Matrix newton = MEMORY.complete(PATTERNS, mask).patterns();
        Matrix other = MEMORY.withInference(patient).complete(PATTERNS, mask).patterns();
        assertThat(Score.of(newton, other).mean()).isLessThan(1e-6);
    }

    /** From a smooth start that has to change its mind; noise makes cues that no code explains. */
    @ParameterizedTest
    @CsvSource({"2, RELU", "2, TANH", "2, LINEAR", "3, RELU"})
    void theTotalEnergyNeverRisesWhileBetaStays(int layers, UsualActivation activation) {
        PredictiveCodingOptions options =
                PredictiveCodingOptions.forLayers(layers).withHidden(40).withActivation(activation);
        AttractorMemory memory = learn(PATTERNS, options);
        LinearAlgebra la = LinearAlgebra.shared();
        AttractionOptions stages = new AttractionOptions(1, 1, List.of(0.1, 1.0, 5.0, 50.0), 8, 0, 0.01, 1e-3);
        Matrix cues = Noise.ofVariance(0.02).addTo(PATTERNS, 8);
        Mask mask = Mask.known(Region.parse("random-each:0.4"), SHAPE, 24, 5);
        for (int[] group : mask.clamp().groups(24)) {
            List<Double> betas = new ArrayList<>();
            List<double[]> energies = new ArrayList<>();
            DoubleMatrix uniform = DoubleMatrix.zeros(group.length, 24);
            Arrays.fill(uniform.data(), 1.0 / 24);
            new Attraction(
                            Inference.forNetwork(memory.network()),
                            memory.network(),
                            new CodePrior(la, memory.codes()),
                            stages)
                    .run(cues.rows(group), mask.clamp().cues(group), uniform, (beta, energy) -> {
                        betas.add(beta);
                        energies.add(energy);
                    });
            assertThat(energies).hasSizeGreaterThan(8);
            for (int round = 1; round < energies.size(); round++) {
                for (int cue = 0; cue < group.length && betas.get(round).equals(betas.get(round - 1)); cue++) {
                    double before = energies.get(round - 1)[cue];
                    assertThat(energies.get(round)[cue]).isLessThanOrEqualTo(before + 1e-5 * (1 + Math.abs(before)));
                }
            }
        }
    }

    @Test
    void oneCodeIsTheMemoryVector() {
        GenerativeNetwork network = MEMORY.network();
        Matrix code = MEMORY.codes().values().rows(7);
        GenerativeNetwork plain = GenerativeNetwork.ofMaps(
                network.activation(), List.<LinearMap>of(network.map(1)), code.row(0), network.priorPrecision());
        AttractorMemory one = AttractorMemory.of(network, Codes.of(code))
                .with(AttractionOptions.defaults().with(1, 1, List.of(1.0), 3));
        Matrix cues = Noise.ofVariance(0.1).addTo(PATTERNS, 4);
        Mask mask = Mask.known(Region.parse("left:0.3"), SHAPE, 24, 0);
        Equilibrium whole = Inference.newton().run(plain, cues, Clamp.all(100));
        Equilibrium part = Inference.newton().run(plain, cues, mask.clamp());
        Recall recall = one.recall(cues);
        Recall completion = one.complete(cues, mask);
        assertThat(recall.patterns()).isEqualTo(whole.prediction());
        assertThat(completion.patterns()).isEqualTo(part.values().layer(0));
        for (int cue = 0; cue < 24; cue++) {
            assertThat(recall.energy()[cue]).isCloseTo(whole.totalEnergy(cue), within(1e-5));
        }
    }

    @Test
    void codesThatDoNotFitTheNetworkAreRefused() {
        assertThatThrownBy(() -> AttractorMemory.of(MEMORY.network(), Codes.of(Matrix.zeros(2, 3))))
                .hasMessageContaining("codes have 3 values, the top layer 43");
        assertThatThrownBy(() -> MEMORY.complete(Matrix.zeros(1, 7), Mask.all(7)))
                .hasMessageContaining("7 values");
    }

    @Test
    void cuesThatAreNoPatternsAreRefusedHoweverTheyAreAsked() {
        Matrix narrow = Matrix.zeros(1, 7);
        Matrix nan = Matrix.zeros(1, 100);
        nan.set(0, 3, Float.NaN);
        for (Consumer<Matrix> question :
                List.<Consumer<Matrix>>of(MEMORY::recall, MEMORY::recover, MEMORY::regenerated, MEMORY::familiarity)) {
            assertThatThrownBy(() -> question.accept(narrow)).hasMessageContaining("7 values each");
            assertThatThrownBy(() -> question.accept(nan))
                    .hasMessageContaining("Maybe mark missing values with a mask");
        }
    }

    @Test
    void quantisedCodesAnswerAlikeInFewerBytes() {
        AttractorMemory small =
                AttractorMemory.of(MEMORY.network(), MEMORY.codes().quantised());
        assertThat(MEMORY.bytes() - small.bytes()).isEqualTo(3L * 24 * 43 - 8 * 43);
        Mask mask = Mask.known(Region.parse("top:0.1"), SHAPE, 24, 0);
        assertThat(Score.of(PATTERNS, small.complete(PATTERNS, mask).patterns()).recovered(Score.COMPLETION_THRESHOLD))
                .isEqualTo(24);
    }

    @Test
    void eachCueIsAnsweredWithItsPattern() {
        Mask mask = Mask.known(Region.parse("left:0.5"), SHAPE, 24, 0);
        List<Answer> answers = MEMORY.complete(PATTERNS, mask).answers();
        for (int cue = 0; cue < 24; cue++) {
            assertThat(answers.get(cue)).isInstanceOfSatisfying(Answer.Recalled.class, recalled -> {
                assertThat(recalled.margin()).isCloseTo(0.5, within(0.01));
            });
            assertThat(((Answer.Recalled) answers.get(cue)).index()).isEqualTo(cue);
        }
    }

    /** Pattern 1 is made to agree with pattern 0 in its upper half: from there no one could tell. */
    @Test
    void patternsThatAgreeWhereTheCueIsKnownAreAmbiguous() {
        Matrix patterns = PATTERNS.copy();
        System.arraycopy(patterns.data(), 0, patterns.data(), 100, 50);
        AttractorMemory memory = learn(patterns, PredictiveCodingOptions.defaults());
        Mask top = Mask.known(Region.parse("top:0.5"), SHAPE, 24, 0);
        Mask all = Mask.all(100);
        assertThat(memory.complete(patterns, top).answers().get(1))
                .isInstanceOfSatisfying(
                        Answer.Ambiguous.class, a -> assertThat(a.indices()).containsExactlyInAnyOrder(0, 1));
        assertThat(memory.complete(patterns, top).answers().get(2)).isInstanceOf(Answer.Recalled.class);
        assertThat(memory.complete(patterns, all).answers().get(1)).isInstanceOf(Answer.Recalled.class);
    }

    @Test
    void calibratedOnOtherPatternsItAcceptsFewThatAreNotStoredAndAllThatAre() {
        AttractorMemory memory = MEMORY.calibrated(patterns(300, 2), Mask.all(100), 0.05);
        List<Answer> unseen = memory.recall(patterns(600, 3)).answers();
        long taken =
                unseen.stream().filter(a -> !(a instanceof Answer.Unfamiliar)).count();
        assertThat(taken).isBetween(5L, 70L);
        assertThat(memory.recall(Noise.ofStandardDeviation(0.02).addTo(PATTERNS, 6))
                        .answers())
                .allMatch(Answer.Recalled.class::isInstance);
        Calibration itself = MEMORY.calibrated(0.05).calibration();
        assertThat(itself.heldOut()).isEqualTo(24);
        assertThat(itself.threshold()).isBetween(0.05, 0.5);
    }

    @Test
    void keptOriginalsComeBackBitForBit() {
        AttractorMemory memory = MEMORY.withOriginals(PATTERNS);
        assertThat(memory.bytes() - MEMORY.bytes()).isEqualTo(4 * 24 * 100);
        Matrix cues = Noise.ofVariance(0.05).addTo(PATTERNS, 3);
        assertThat(memory.recall(cues).patterns()).isEqualTo(PATTERNS);
        assertThatThrownBy(() -> MEMORY.withOriginals(PATTERNS.slice(0, 3)))
                .hasMessageContaining("[3, 100]; the memory has 24 codes of 100 values");
    }

    @Test
    void damageThatNobodyMarkedIsFoundAndUndone() {
        Matrix cues = PATTERNS.copy();
        for (int cue = 0; cue < 24; cue++) {
            for (int j = 0; j < 40; j++) {
                cues.set(cue, 30 + j, 2);
            }
        }
        Recall recovered = MEMORY.recover(cues);
        assertThat(Score.of(PATTERNS, recovered.patterns()).recovered(Score.COMPLETION_THRESHOLD))
                .isEqualTo(24);
        for (int cue = 0; cue < 24; cue++) {
            for (int j = 0; j < 100; j++) {
                assertThat(recovered.trust().orElseThrow().get(cue, j)).isEqualTo(j >= 30 && j < 70 ? 0 : 1);
            }
        }
    }

    @Test
    void theErrorMapShowsWhatIsNew() {
        Matrix cues = PATTERNS.copy();
        cues.set(5, 42, cues.get(5, 42) + 1);
        Familiarity familiarity = MEMORY.familiarity(cues);
        for (int j = 0; j < 100; j++) {
            assertThat(familiarity.errors().get(5, j) > 0.5).isEqualTo(j == 42);
        }
        assertThat(familiarity.energy()[5]).hasSize(2);
        assertThat(familiarity.energy()[5][0]).isCloseTo(0.5, within(0.05));
        assertThat(familiarity.novelty()[4]).isLessThan(0.01);
    }

    /** Order statistics by hand: of 5 numbers at rate 0.4, k = ⌊0.4·6⌋ = 2. */
    @Test
    void theThresholdIsAnOrderStatistic() {
        Calibration calibration = Calibration.of(new double[] {5, 1, 4, 2, 3}, 0.4);
        assertThat(calibration.threshold()).isEqualTo(2);
        assertThat(calibration.falseAlarmRate()).isEqualTo(2.0 / 6);
        assertThatThrownBy(() -> Calibration.of(new double[0], 0.1)).hasMessageContaining("0 given");
    }

    /** Smooth random fields in [0, 1]. */
    private static Matrix patterns(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix patterns = Matrix.zeros(count, SHAPE.values());
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < 12; k++) {
                double x = random.nextDouble(10);
                double y = random.nextDouble(10);
                double height = random.nextDouble() - 0.5;
                for (int j = 0; j < 100; j++) {
                    int row = j / 10;
                    double distance = Math.pow(j % 10 - x, 2) + Math.pow(row - y, 2);
                    patterns.data()[i * 100 + j] += (float) (height * Math.exp(-distance / 8));
                }
            }
            for (int j = 0; j < 100; j++) {
                patterns.data()[i * 100 + j] = Math.min(1, Math.max(0, 0.5f + patterns.data()[i * 100 + j]));
            }
        }
        return patterns;
    }
}
