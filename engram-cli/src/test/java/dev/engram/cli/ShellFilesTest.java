package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files for shells of the whole program. */
class ShellFilesTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        ShellFiles.main(new String[] {folder.toString(), "1.2"});
    }

    @ParameterizedTest
    @MethodSource("dev.engram.cli.HelpTest#commands")
    void everyCommandIsInAllOfThem(String name) throws IOException {
        assertThat(read("engram.bash")).contains("_picocli_engram_" + name);
        assertThat(read("engram.fish")).contains("-n '__engram_at' -a " + name + " -d '");
        assertThat(read("engram.1")).contains(".SS engram " + name + "\n");
    }

    @Test
    void bashReadsItsCompletion() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash is not installed: its completion is not tried");
        String asked =
                ". '%s/engram.bash'; COMP_WORDS=(engram au); COMP_CWORD=1; _complete_engram; echo \"${COMPREPLY[*]}\"";
        assertThat(told("/bin/bash", "-c", asked.formatted(folder))).isEqualTo("audit");
    }

    @Test
    void fishReadsItsCompletion() throws IOException, InterruptedException {
        Path fish = Path.of("/usr/bin/fish");
        assumeTrue(Files.isExecutable(fish), "fish is not installed: its completion is not tried");
        String read = "source '%s/engram.fish'; complete -C '%s' | string replace -r '\\t.*' ''";
        assertThat(told(fish.toString(), "-N", "-c", read.formatted(folder, "engram au")))
                .isEqualTo("audit");
        assertThat(told(fish.toString(), "-N", "-c", read.formatted(folder, "engram sequence "))
                        .lines())
                .containsExactlyInAnyOrder("learn", "replay");
        assertThat(told(fish.toString(), "-N", "-c", read.formatted(folder, "engram learn photos --hidd")))
                .isEqualTo("--hidden");
    }

    private static String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private static String told(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return out.strip();
    }
}
