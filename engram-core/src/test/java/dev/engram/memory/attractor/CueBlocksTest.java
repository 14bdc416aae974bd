package dev.engram.memory.attractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.learning.LearningObserver;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.Learned;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Noise;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.memory.internal.CueBlocks;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More cues than are answered at once, and whole cues in fewer coordinates than values: neither may be told from the answers. */
class CueBlocksTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final int VALUES = 40;
    private static final Matrix PATTERNS = values(17, 1);
    private static final GenerativeNetwork NETWORK = PredictiveCodingMemory.learn(
                    PATTERNS, PredictiveCodingOptions.defaults(), LearningObserver.NONE)
            .memory()
            .network();
    private static final AttractorMemory MEMORY =
            AttractorMemory.learn(NETWORK, PATTERNS).calibrated(0.1);

    @Test
    void blocksAreInOrderAndWhole() {
        List<Integer> seen = new ArrayList<>();
        new CueBlocks(17).forEach(1100, block -> {
            assertThat(block.length).isBetween(1, 512);
            IntStream.of(block).forEach(seen::add);
        });
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 1100).boxed().toList());
        assertThat(CueBlocks.size(100_000)).isEqualTo(20);
        assertThat(CueBlocks.size(10_000_000)).isEqualTo(16);
    }

    @Test
    void manyCuesAreAnsweredAsOneByOne() {
        Matrix cues = many(1100);
        Recall together = MEMORY.recall(cues);
        Familiarity familiarity = MEMORY.familiarity(cues);
        for (int cue : new int[] {0, 1, 511, 512, 1023, 1024, 1099}) {
            Recall alone = MEMORY.recall(cues.slice(cue, cue + 1));
            assertAlike(together, cue, alone);
            assertThat(familiarity.novelty()[cue])
                    .isCloseTo(MEMORY.familiarity(cues.slice(cue, cue + 1)).novelty()[0], within(1e-5));
        }
    }

    /** Five masks that alternate: each is one group, wherever a block ends. */
    @Test
    void cuesWithMasksInAnyOrderAreAnsweredAsOneByOne() {
        Matrix cues = many(1100);
        List<BitSet> rows = IntStream.range(0, 1100)
                .mapToObj(cue -> {
                    BitSet row = new BitSet();
                    row.set(cue % 5, 30);
                    return row;
                })
                .toList();
        Recall together = MEMORY.complete(cues, Mask.known(VALUES, rows));
        for (int cue : new int[] {0, 1, 4, 511, 512, 1099}) {
            Recall alone = MEMORY.complete(cues.slice(cue, cue + 1), Mask.known(VALUES, rows.subList(cue, cue + 1)));
            assertAlike(together, cue, alone);
        }
    }

    @Test
    void whatWasTrustedComesBackForEveryCue() {
        Matrix cues = many(530);
        for (int cue = 0; cue < 530; cue++) {
            cues.set(cue, 7, 3);
        }
        Matrix trust = MEMORY.recover(cues).trust().orElseThrow();
        for (int cue = 0; cue < 530; cue++) {
            assertThat(trust.get(cue, 7)).isZero();
        }
        assertThat(MEMORY.recover(cues.slice(529, 530)).trust().orElseThrow().row(0))
                .isEqualTo(trust.row(529));
    }

    /** Uᵀ Ŵ is compared in 17 coordinates, the same weights as a matrix in 40 values. */
    @Test
    void coordinatesAnswerAsValuesDo() {
        assertThat(NETWORK.map(1)).isInstanceOf(LinearMap.Spanned.class);
        AttractorMemory dense = AttractorMemory.learn(
                        NETWORK.withSensoryMap(
                                new LinearMap.Dense(NETWORK.map(1).matrix(LA))),
                        PATTERNS)
                .calibrated(0.1);
        assertThat(MEMORY.calibration().threshold())
                .isCloseTo(dense.calibration().threshold(), within(1e-4));
        Matrix cues = many(60);
        Recall here = MEMORY.recall(cues);
        Recall there = dense.recall(cues);
        for (int cue = 0; cue < 60; cue++) {
            assertAlike(here, cue, there, cue);
        }
        Score one = MEMORY.regenerated(cues);
        Score other = Score.of(cues, there.patterns());
        for (int cue = 0; cue < 60; cue++) {
            assertThat(one.errors()[cue]).isCloseTo(other.errors()[cue], within(1e-6));
        }
    }

    /** Whoever watches is shown the cues, and the energy of all their values: ½ |x - θ f(x¹)|². */
    @Test
    void inferenceInCoordinatesIsWatchedInValues() {
        Matrix cues = many(3);
        cues.setRow(1, PATTERNS, 1);
        Matrix theta = NETWORK.map(1).matrix(LA);
        List<Integer> shown = new ArrayList<>();
        MEMORY.watchedBy(step -> {
                    Matrix sensory = step.values().layer(0);
                    for (int k = 0; k < sensory.rows(); k++) {
                        Matrix one = sensory.slice(k, k + 1);
                        shown.add(IntStream.range(0, 3)
                                .filter(cue -> cues.slice(cue, cue + 1).equals(one))
                                .findFirst()
                                .orElse(-1));
                        double energy = 0;
                        for (int j = 0; j < VALUES; j++) {
                            energy += 0.5
                                    * Math.pow(
                                            one.get(0, j)
                                                    - predicted(
                                                            theta,
                                                            j,
                                                            step.values()
                                                                    .layer(1)
                                                                    .row(k)),
                                            2);
                        }
                        assertThat(step.energy()[k][0]).isCloseTo(energy, within(1e-4));
                    }
                    return true;
                })
                .recall(cues);
        assertThat(shown).contains(0, 1, 2).doesNotContain(-1);
    }

    private static double predicted(Matrix theta, int value, float... hidden) {
        double sum = 0;
        for (int j = 0; j < hidden.length; j++) {
            sum += theta.get(value, j) * Math.max(0.0, hidden[j]);
        }
        return sum;
    }

    /** 256 codes are generated at once. */
    @Test
    void whatManyCodesGenerateIsInTheirOrder() {
        Matrix codes = Matrix.zeros(600, NETWORK.size(1));
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < codes.data().length; i++) {
            codes.data()[i] = (float) random.nextDouble();
        }
        int[] asked = {0, 255, 256, 511, 512, 599};
        Matrix found = Reconstructions.of(LA, NETWORK, codes, VALUES).of(asked);
        Matrix theta = NETWORK.map(1).matrix(LA);
        for (int k = 0; k < asked.length; k++) {
            for (int j = 0; j < VALUES; j++) {
                assertThat((double) found.get(k, j)).isCloseTo(predicted(theta, j, codes.row(asked[k])), within(1e-4));
            }
        }
    }

    /** Learning calibrates and audits in coordinates; the memory itself finds the same. */
    @Test
    void learningSaysWhatTheMemoryWouldSayItself() {
        AttractorOptions options = AttractorOptions.over(PredictiveCodingOptions.defaults());
        Learned<?> learned = options.learn(PATTERNS, Shape.of(VALUES), 0, MemoryModel.Watch.NONE);
        AttractorMemory memory = (AttractorMemory) learned.memory();
        assertThat(memory.values()).isEqualTo(VALUES);
        assertThat(memory.calibrated(options.falseAlarmRate()).calibration().threshold())
                .isCloseTo(memory.calibration().threshold(), within(1e-4));
        double[] audited = learned.audit().errors();
        double[] found = memory.regenerated(PATTERNS).errors();
        assertThat(audited).hasSize(17);
        for (int i = 0; i < 17; i++) {
            assertThat(found[i]).isCloseTo(audited[i], within(1e-7));
        }
    }

    /** More codes than units, by the small system: two codes are alike, so that neither has anything of its own; the third has. */
    @Test
    void whatACodeHasOfItsOwnIsFoundFromTheSideOfTheUnits() {
        GenerativeNetwork two =
                GenerativeNetwork.of(Activation.LINEAR, List.of(Matrix.wrap(1, 2, 1, 1)), new float[2], 1);
        double[] own = new OneShot(LA).own(two, Codes.of(Matrix.wrap(3, 2, 1, 0, 1, 0, 0, 3)));
        assertThat(own[0]).isLessThan(1e-6);
        assertThat(own[1]).isLessThan(1e-6);
        assertThat(own[2]).isEqualTo(1);
    }

    private static void assertAlike(Recall together, int cue, Recall alone) {
        assertAlike(together, cue, alone, 0);
    }

    private static void assertAlike(Recall one, int cue, Recall other, int of) {
        for (int j = 0; j < VALUES; j++) {
            assertThat(one.patterns().get(cue, j)).isCloseTo(other.patterns().get(of, j), within(1e-4f));
        }
        assertThat(one.energy()[cue]).isCloseTo(other.energy()[of], within(1e-4 * (1 + other.energy()[of])));
        assertThat(index(one.answers().get(cue)))
                .isEqualTo(index(other.answers().get(of)));
    }

    private static int index(Answer answer) {
        return answer instanceof Answer.Recalled recalled ? recalled.index() : -1;
    }

    private static Matrix many(int count) {
        Matrix cues = Matrix.zeros(count, VALUES);
        for (int cue = 0; cue < count; cue++) {
            cues.setRow(cue, PATTERNS, cue % PATTERNS.rows());
        }
        return Noise.ofVariance(0.01).addTo(cues, 3);
    }

    private static Matrix values(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix matrix = Matrix.zeros(rows, VALUES);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (float) random.nextDouble();
        }
        return matrix;
    }
}
