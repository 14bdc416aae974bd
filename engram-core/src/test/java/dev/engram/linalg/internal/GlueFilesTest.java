package dev.engram.linalg.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.linalg.LinearAlgebra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlueFilesTest {
    @TempDir
    Path folder;

    @Test
    void whatIsLoadedOrOldIsDeletedAndNothingElse() throws IOException {
        Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/self/maps")));
        Path real = folder.toRealPath();
        Path loaded = Files.createFile(real.resolve("libnetlibblasjni123.so"));
        Path fresh = Files.createFile(real.resolve("libnetliblapackjni124.so"));
        Path old = Files.createFile(real.resolve("libnetliblapackjni125.so"));
        Path other = Files.createFile(real.resolve("libnetlibblas.so"));
        for (Path path : List.of(old, other)) {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(3_600)));
        }
        Path maps = Files.writeString(real.resolve("maps"), """
                7f0000000000-7f0000001000 r-xp 00000000 08:01 12                 %s
                7f0000002000-7f0000003000 r-xp 00000000 08:01 13                 %s
                7f0000004000-7f0000005000 rw-p 00000000 00:00 0
                """.formatted(loaded, other));

        GlueFiles.removeLoaded(folder, maps);
        GlueFiles.removeOld(folder, Instant.now().minusSeconds(60));

        assertThat(loaded).doesNotExist();
        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
        assertThat(other).exists();
    }

    @Test
    void aRunningProgramHasNoneInTheTemporaryFolder() throws IOException {
        Path maps = Path.of("/proc/self/maps");
        Assumptions.assumeTrue(Files.isReadable(maps));
        assertThat(LinearAlgebra.shared().description()).isNotEmpty();
        try (Stream<String> lines = Files.lines(maps)) {
            assertThat(lines.filter(line -> line.matches(".*/libnetlib(blas|lapack)jni\\d+\\.so"))
                            .toList())
                    .isEmpty(); // deleted ones end with "(deleted)"
        }
    }
}
