package dev.engram.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinnedTest {
    private static List<Integer> after(int most, int longest, int steps) {
        Thinned<Integer> history = new Thinned<>(most, longest);
        IntStream.range(0, steps).forEach(i -> history.offer(() -> i));
        return history.items();
    }

    @Test
    void shortHistoriesAreKeptWhole() {
        assertThat(after(100, 50, 50)).isEqualTo(IntStream.range(0, 50).boxed().toList());
    }

    @ParameterizedTest
    @CsvSource({"8,20000,20000", "300,20000,20000", "300,20000,1000000", "2,10,10"})
    void longOnesStayBoundedAndBeginAtTheStart(int most, int longest, int steps) {
        List<Integer> kept = after(most, longest, steps);
        assertThat(kept).hasSizeBetween(1, most).isSorted().startsWith(0);
    }

    @Test
    void theFirstStepsAreKeptOneByOne() {
        assertThat(after(300, 20_000, 20_000))
                .startsWith(IntStream.range(0, 20).boxed().toArray(Integer[]::new));
    }
}
