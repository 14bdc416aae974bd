package dev.engram.io.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.io.PatternReader;
import dev.engram.io.ReadOptions;
import dev.engram.io.SharedData;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.Noise;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.memory.covariance.CovarianceMemory;
import dev.engram.memory.covariance.CovarianceOptions;
import dev.engram.memory.hopfield.HopfieldNetwork;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.HopfieldRule;
import dev.engram.memory.hopfield.ModernHopfield;
import dev.engram.memory.hopfield.ModernHopfieldOptions;
import dev.engram.memory.sparse.SparseQuantisedHopfield;
import dev.engram.memory.sparse.SparseQuantisedOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Salvatori et al. 2021 compare with, on their data: figure 9 and Table 1 in small. */
class ComparedMemoriesTest {
    private static final Shape DIGIT = Shape.of(28, 28);
    private static final Shape PICTURE = Shape.of(32, 32, 3);

    /** Figure 9: the classical network recovers two digits from their upper half, and none of more. */
    @Test
    void hebbHoldsTwoDigitsAndNoMore() {
        assertThat(digitsFromTheUpperHalf(2)).isEqualTo(2);
        assertThat(digitsFromTheUpperHalf(3)).isZero();
        assertThat(digitsFromTheUpperHalf(5)).isZero();
        assertThat(digitsFromTheUpperHalf(10)).isZero();
    }

    private static int digitsFromTheUpperHalf(int count) {
        Matrix digits = first("mnist-train-60000.npz", count);
        for (int i = 0; i < digits.data().length; i++) {
            digits.data()[i] = digits.data()[i] > 0.5 ? 1 : 0;
        }
        HopfieldNetwork memory =
                HopfieldNetwork.learn(digits, HopfieldOptions.defaults().withRule(HopfieldRule.HEBB));
        return recovered(memory, digits, DIGIT, "top:0.5");
    }

    /** Table 1 has 5, 4, 1 and 1 pictures from one half, 4, 3, 1 and 1 from a quarter, and 4, 3, 9 and 3 (of 50, 100, 250 and 500) through noise. */
    @ParameterizedTest
    @ValueSource(ints = {50, 100, 250, 500})
    void theDotProductRecoversAHandfulAndTheDistanceAll(int count) {
        Matrix pictures = first("cifar10-train-3000.npz", count);
        ModernHopfield paper = ModernHopfield.learn(pictures, ModernHopfieldOptions.ramsauer(2));
        ModernHopfield distance = ModernHopfield.learn(pictures, ModernHopfieldOptions.euclidean(2));
        for (String part : new String[] {"top:0.5", "top:0.25"}) {
            assertThat(recovered(paper, pictures, PICTURE, part)).isBetween(1, 5);
        }
        Matrix noisy = Noise.ofVariance(0.2).addTo(pictures, 1);
        assertThat(Score.of(pictures, paper.recall(noisy).patterns()).recovered(Score.DENOISING_THRESHOLD))
                .isBetween(1, 9);
        assertThat(Score.of(pictures, distance.recall(noisy).patterns()).recovered(Score.DENOISING_THRESHOLD))
                .isEqualTo(count);
        assertThat(recovered(distance, pictures, PICTURE, "top:0.5")).isEqualTo(count);
    }

    @ParameterizedTest
    @EnumSource(CovarianceOptions.Form.class)
    void covarianceCompletesWhatTheAffineSpanCan(CovarianceOptions.Form form) {
        Matrix pictures = first("cifar10-train-3000.npz", 50);
        CovarianceMemory memory =
                CovarianceMemory.learn(pictures, CovarianceOptions.defaults().withForm(form));
        for (String part : new String[] {"top:0.5", "top:0.25", "top:0.125", "top:0.0625"}) {
            assertThat(recovered(memory, pictures, PICTURE, part)).as(part).isEqualTo(50);
        }
    }

    @Test
    void theQuantisedTreeCompletesPictures() {
        Matrix pictures = first("cifar10-train-3000.npz", 100);
        for (Integer[] sides : new Integer[][] {{1}, {4, 1}, {8, 1}}) {
            SparseQuantisedHopfield memory =
                    SparseQuantisedHopfield.learn(pictures, SparseQuantisedOptions.tree(PICTURE, sides));
            assertThat(recovered(memory, pictures, PICTURE, "top:0.25")).isGreaterThan(95);
        }
    }

    private static int recovered(AssociativeMemory memory, Matrix originals, Shape shape, String known) {
        Mask mask = Mask.known(Region.parse(known), shape, originals.rows(), 0);
        return Score.of(
                        originals,
                        memory.complete(mask.blank(originals, 0), mask).patterns())
                .recovered(Score.COMPLETION_THRESHOLD);
    }

    private static Matrix first(String file, int count) {
        return PatternReader.read(
                        SharedData.require(file), ReadOptions.defaults().withLimit(count))
                .patterns();
    }
}
