package dev.engram.io.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.file.FileStore;
import dev.engram.io.file.ResumableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyRowsTest {
    private static final int[] SHAPE = {5, 2, 3};
    private static final String KEY = "0".repeat(64);

    @TempDir
    Path folder;

    private static float[] values() {
        float[] values = new float[30];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 0.1f - 1;
        }
        return values;
    }

    private NpyRows open() {
        return NpyRows.open(FileStore.REAL, folder.resolve("rows.npy"), SHAPE, KEY);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void theBytesAreThoseOfTheWholeArrayWhereverItWasStopped(int rows) throws IOException {
        NpyWriter.write(folder.resolve("whole.npy"), SHAPE, values());
        try (NpyRows first = open()) {
            first.add(Arrays.copyOf(values(), rows * 6));
            first.commit(new byte[] {(byte) rows});
        }
        assertThat(folder.resolve("rows.npy")).doesNotExist();

        try (NpyRows second = open()) {
            assertThat(second.found()).isEqualTo(ResumableFile.Found.SAME);
            assertThat(second.rows()).isEqualTo(rows);
            assertThat(second.notes()).containsExactly(new byte[] {(byte) rows});
            second.add(Arrays.copyOfRange(values(), rows * 6, 30));
            second.finish();
        }
        assertThat(folder.resolve("rows.npy")).hasSameBinaryContentAs(folder.resolve("whole.npy"));
        assertThat(folder).isDirectoryNotContaining("glob:**.engram.*");
    }

    @Test
    void rowsThatAreMissingOrTooManyAreRefused() {
        try (NpyRows rows = open()) {
            rows.add(new float[24]);
            assertThatThrownBy(rows::finish).hasMessage("The array has 5 rows; 4 were written.");
            assertThatThrownBy(() -> rows.add(new float[12])).hasMessageContaining("1 rows are left");
            assertThatThrownBy(() -> rows.add(new float[5])).hasMessageContaining("not the next rows of 6 values");
        }
        assertThat(folder).isEmptyDirectory();
    }
}
