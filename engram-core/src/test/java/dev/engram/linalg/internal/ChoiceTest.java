package dev.engram.linalg.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final List<String> CANDIDATES = List.of("Haswell", "SkylakeX", "Zen");

    private static Choice among(Map<String, Long> nanos) {
        return Choice.among(CANDIDATES, nanos, Optional.of("otherwise"), 1);
    }

    @Test
    void theFastestIsChosen() {
        Choice choice = among(Map.of("Haswell", 1_800_000L, "SkylakeX", 1_100_000L, "Zen", 1_900_000L));
        assertThat(choice.kernels()).contains("SkylakeX");
        assertThat(choice.measured()).isEqualTo("Haswell 1.80 ms, SkylakeX 1.10 ms, Zen 1.90 ms");
        assertThat(choice.isFinal()).isTrue();
    }

    @Test
    void ofThoseThatAreAboutAsFastTheFirstIs() {
        assertThat(among(Map.of("Haswell", 104L, "SkylakeX", 150L, "Zen", 100L)).kernels())
                .contains("Haswell");
        assertThat(among(Map.of("Haswell", 106L, "SkylakeX", 150L, "Zen", 100L)).kernels())
                .contains("Zen");
    }

    @Test
    void whatCouldNotBeTimedIsNot() {
        Choice choice = among(Map.of("Haswell", 2_000_000L));
        assertThat(choice.kernels()).contains("Haswell");
        assertThat(choice.measured()).isEqualTo("Haswell 2.00 ms, SkylakeX not usable, Zen not usable");
        assertThat(among(Map.of()).kernels()).contains("otherwise");
    }

    @Test
    void whatWasBegunTwiceAndNeverFinishedIsFinal() {
        assertThat(Choice.unfinished(Optional.empty(), 1).isFinal()).isFalse();
        assertThat(Choice.unfinished(Optional.empty(), 2).isFinal()).isTrue();
    }
}
