package dev.engram.io.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.io.Rot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory, sequence and checkpoint files: no bit turned over, and no end cut off, goes unreported. */
class RottenMemoryTest {
    @TempDir
    Path folder;

    static List<String> files() throws IOException {
        return KeptFilesTest.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void damageIsReported(String name) throws IOException {
        Path file = Files.copy(KeptFiles.FOLDER.resolve(name), folder.resolve(name));

        assertThat(Rot.silentDamage(file, RottenMemoryTest::read, Rot.some(61))).isEmpty();
    }

    /** Whatever is read, it is new: so that every damage must be reported. */
    private static Object read(Path file) {
        return file.toString().endsWith(KeptAnswers.CHECKPOINT) ? CheckpointFile.read(file) : Stored.read(file);
    }
}
