package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.linalg.Matrix;
import dev.engram.memory.baseline.NearestNeighbour;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CueBatchesTest {
    private static final AssociativeMemory MEMORY = new NearestNeighbour(Matrix.wrap(2, 2, 0, 0, 1, 1));

    /** Of every seventh the last value is missing. */
    private static Matrix cues(int count) {
        Matrix cues = Matrix.zeros(count, 2);
        for (int i = 0; i < count; i++) {
            cues.set(i, 0, i % 2);
            cues.set(i, 1, i % 7 == 0 ? Float.NaN : i % 2);
        }
        return cues;
    }

    @Test
    void wholeCuesAreAskedTogetherAndThoseThatLackValuesFewAtOnce() {
        Matrix cues = cues(300);

        List<CueBatches.Batch> batches = CueBatches.recalling(cues, Mask.present(cues), 1);

        assertThat(batches.get(0).rows()).hasSize(219).doesNotContain(0, 7, 14, 256);
        assertThat(batches.get(1).rows()).hasSize(16).startsWith(0, 7);
        assertThat(batches.stream().mapToInt(batch -> batch.rows().length)).containsExactly(219, 16, 16, 5, 38, 6);
        assertThat(batches.stream()
                        .flatMapToInt(batch -> Arrays.stream(batch.rows()))
                        .distinct()
                        .count())
                .isEqualTo(300);
        for (CueBatches.Batch batch : batches) {
            Recall recall = batch.ask(MEMORY);
            for (int i = 0; i < batch.rows().length; i++) {
                assertThat(recall.patterns().row(i)).containsOnly(batch.rows()[i] % 2);
            }
            assertThat(recall.answers()).hasSize(batch.rows().length);
        }
    }

    @Test
    void cuesOfOneMaskAreCompletedTogether() {
        Matrix cues = cues(20);

        assertThat(CueBatches.completing(cues, Mask.present(cues))).hasSize(2);
        assertThat(CueBatches.completing(cues, Mask.known(new boolean[] {true, false})))
                .hasSize(1);
        assertThat(CueBatches.recovering(cues, Mask.present(cues))).hasSize(2);
    }

    @Test
    void aMaskOfAlikeRowsIsOne() {
        Mask mask = Mask.known(new boolean[] {true, false}, new boolean[] {true, true}, new boolean[] {true, false});

        assertThat(mask.cues(0, 2).rows()).isOne();
        assertThat(mask.cues(0, 1).rows()).isEqualTo(2);
    }
}
