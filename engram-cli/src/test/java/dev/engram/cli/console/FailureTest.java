package dev.engram.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.io.file.InputException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One short line for each failure, whatever it is made of. */
class FailureTest {
    @Test
    void aMessageIsBounded() {
        Failure failure =
                Failure.of(new InputException("The name " + "x\n".repeat(1_500_000) + " is long. Maybe not."));

        assertThat(failure.line())
                .hasSizeLessThanOrEqualTo(2_000)
                .endsWith("is long. Maybe not.")
                .doesNotContain("\n");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.UNUSABLE_INPUT);
    }

    @Test
    void aNameThatTheLocaleCannotHoldIsToldWithTheWayOut() {
        Failure failure = Failure.of(
                new RuntimeException(new InvalidPathException("gr??e", "Malformed input or unmappable characters")));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(failure.line()).contains("gr??e").contains("LC_ALL=C.UTF-8").doesNotContain("internal");
    }

    @Test
    void aWildcardIsAnsweredWithTheNameOfTheFolder() {
        assertThat(learn("many/photo_%05d.png"))
                .isEqualTo("engram: 1,999 arguments too many, the first is many/photo_00001.png. Maybe name the folder,"
                        + " many/, in place of all that is in it.");
        assertThat(learn("photo_%05d.png")).contains("Maybe name the folder, ., in place");
        assertThat(learn("%d/photo.png")).contains("Maybe a wildcard named more than was meant.");
    }

    /** What is said of 2,000 patterns to learn. */
    private static String learn(String name) {
        List<String> words = new ArrayList<>(List.of("learn"));
        IntStream.range(0, 2_000).mapToObj(name::formatted).forEach(words::add);
        words.addAll(Arrays.asList("-o", "g.engram"));
        Cli.Result result = Cli.run(words.toArray());
        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(result.errorLines()).hasSize(1);
        return result.errorLines().get(0);
    }
}
