package dev.engram.linalg.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelsTest {
    private static final Processor ZEN_3 =
            Processor.of(ProcessorTest.cpuinfo("AuthenticAMD", "AMD EPYC", 25, "avx fma avx2"));
    private static final Map<String, Long> ZEN_IS_FASTER = Map.of("Haswell", 200L, "Zen", 100L);

    @TempDir
    Path folder;

    private final List<List<String>> timed = new ArrayList<>();
    private ChoiceFile file;

    @BeforeEach
    void nothingIsChosenYet() {
        file = new ChoiceFile(folder.resolve("engram"), ZEN_3.name(), "1");
    }

    private Map<String, Long> zenIsFaster(List<String> candidates) {
        timed.add(candidates);
        return ZEN_IS_FASTER;
    }

    @Test
    void theyAreTimedOnceAndTheChoiceIsKept() {
        assertThat(Kernels.choose(ZEN_3, file, this::zenIsFaster)).contains("Zen");
        assertThat(Kernels.choose(ZEN_3, file, this::zenIsFaster)).contains("Zen");
        assertThat(timed).containsExactly(List.of("Haswell", "Zen"));
    }

    @Test
    void anotherVersionOfOpenBlasIsTimedAgain() {
        Kernels.choose(ZEN_3, file, this::zenIsFaster);
        Kernels.choose(ZEN_3, new ChoiceFile(folder.resolve("engram"), ZEN_3.name(), "2"), this::zenIsFaster);
        assertThat(timed).hasSize(2);
    }

    @Test
    void aDamagedFileIsReplaced() throws IOException {
        Kernels.choose(ZEN_3, file, this::zenIsFaster);
        Files.writeString(file.file(), "damaged");
        assertThat(Kernels.choose(ZEN_3, file, this::zenIsFaster)).contains("Zen");
        Kernels.choose(ZEN_3, file, this::zenIsFaster);
        assertThat(timed).hasSize(2);
    }

    @Test
    void withoutAPlaceToKeepTheChoiceNothingIsTimed() throws IOException {
        Files.writeString(folder.resolve("engram"), "a file in the way");
        assertThat(Kernels.choose(ZEN_3, file, this::zenIsFaster)).contains("Haswell");
        assertThat(timed).isEmpty();
    }

    @Test
    void withOneCandidateNothingIsTimed() {
        Processor haswell = Processor.of(ProcessorTest.cpuinfo("GenuineIntel", "i7", 6, "avx fma avx2"));
        assertThat(Kernels.choose(haswell, file, this::zenIsFaster)).isEmpty();
        assertThat(timed).isEmpty();
        assertThat(file.file()).doesNotExist();
    }

    /** An error stands for kernels that end the process. */
    @Test
    void aTrialThatEndsTheProcessIsRepeatedOnceAndNeverAgain() {
        Kernels.Trial fatal = candidates -> {
            timed.add(candidates);
            throw new AssertionError("illegal instruction");
        };
        for (int start = 1; start <= 2; start++) {
            assertThatThrownBy(() -> Kernels.choose(ZEN_3, file, fatal)).isInstanceOf(AssertionError.class);
        }
        assertThat(Kernels.choose(ZEN_3, file, fatal)).contains("Haswell");
        assertThat(timed).hasSize(2);
    }

    @Test
    void whatIsSetIsRespected() {
        assertThat(isLeft("linux-x86_64", Map.of(), Map.of())).isFalse();
        assertThat(isLeft("linux-x86_64", Map.of("OPENBLAS_CORETYPE", ""), Map.of()))
                .isFalse();
        assertThat(isLeft("linux-x86_64", Map.of("OPENBLAS_CORETYPE", "Zen"), Map.of()))
                .isTrue();
        assertThat(isLeft("linux-x86_64", Map.of(), Map.of("engram.kernels", "openblas")))
                .isTrue();
        assertThat(isLeft("linux-x86_64", Map.of(), Map.of("engram.blas", "java")))
                .isTrue();
        assertThat(isLeft("macosx-arm64", Map.of(), Map.of())).isTrue();
        assertThat(isLeft("windows-x86_64", Map.of(), Map.of())).isTrue();
    }

    private static boolean isLeft(String platform, Map<String, String> variables, Map<String, String> properties) {
        return Kernels.isLeftToOpenBlas(platform, variables::get, properties::get);
    }
}
