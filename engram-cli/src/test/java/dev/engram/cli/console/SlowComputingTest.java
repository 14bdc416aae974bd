package dev.engram.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Main;
import dev.engram.cli.Samples;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.StoredMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where OpenBLAS does not load, because there is no place to unpack it, pure Java computes, and both the user and the memory are told. */
@Timeout(120)
class SlowComputingTest {
    @TempDir
    Path folder;

    @Test
    void theUserAndTheMemoryAreToldWhyPureJavaComputes() throws IOException, InterruptedException {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 4, Samples.GREY);
        Path memory = folder.resolve("m.engram");
        Path err = folder.resolve("err.txt");
        int code = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + folder.resolve("absent"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "learn",
                        patterns.toString(),
                        "-o",
                        memory.toString()))
                .redirectError(err.toFile())
                .start()
                .waitFor();
        String told = Files.readString(err, StandardCharsets.UTF_8);
        assertThat(code).as(told).isZero();
        assertThat(told.lines().filter(line -> line.contains("pure Java")))
                .singleElement()
                .asString()
                .startsWith("warning: computing in pure Java")
                .contains("NoSuchFileException", folder.resolve("absent").toString(), "Maybe ");
        StoredMemory stored = MemoryFile.read(memory);
        assertThat(stored.provenance().software().blas()).startsWith("pure Java (slow; OpenBLAS cannot be loaded: ");
    }
}
