package dev.engram.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The help: how wide it is, what comes first, and what is said of a command that does not exist. */
class HelpTextTest {
    @ParameterizedTest
    @CsvSource({"80, 80", "200, 110", "20, 60", "wide, 110", "'', 110", "99999, 110"})
    void itIsAsWideAsTheTerminalWithinLimits(String columns, int width) {
        assertThat(HelpText.width(Optional.of(columns))).isEqualTo(width);
        assertThat(HelpText.width(Optional.empty())).isEqualTo(110);
    }

    /** kitten to sitting: two letters changed, one put in. */
    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "learn, lern, 1", "learn, learn, 0", "'', ab, 2", "ab, '', 2", "abc, acb, 2"})
    void wordsAreAsFarApartAsLettersMustChange(String a, String b, int apart) {
        assertThat(HelpText.distance(a, b)).isEqualTo(apart);
    }

    @Test
    void theOptionsThatMatterComeFirstAndNoneIsLost() {
        String help = Cli.run("help", "learn").out();
        assertThat(help)
                .containsSubsequence(
                        "Usage: engram learn [OPTIONS] PATTERNS",
                        "First of all:",
                        "--output=MEMORY",
                        "--resize=WxH",
                        "--identify",
                        "--model=M",
                        "How patterns are read:",
                        "The predictive-coding network",
                        "--hidden=auto|N",
                        "Further options:",
                        "--similarity=S");
        assertThat(help.split("--hidden=auto\\|N", -1)).hasSize(2);
    }

    @Test
    void theHelpOfACommandOfAGroupIsFound() {
        assertThat(Cli.run("help", "sequence", "learn").out()).startsWith("Usage: engram sequence learn");
        assertThat(Cli.run("help").out()).startsWith("Usage: engram");
        assertThat(Cli.run("help", "help").out()).startsWith("Usage: engram help");
        assertThat(Cli.run("help", "--help").out()).startsWith("Usage: engram help");
    }

    @ParameterizedTest
    @CsvSource({
        "lern, There is no command engram lern. Maybe learn was meant.",
        "help lern, There is no command engram lern. Maybe learn was meant.",
        "frobnicate, There is no command engram frobnicate. Maybe see: engram --help",
        "help sequence lern, There is no command engram sequence lern. Maybe learn was meant.",
        "sequence lern, There is no command engram sequence lern. Maybe learn was meant.",
        "sequence xyzzy, There is no command engram sequence xyzzy. Maybe see: engram help sequence"
    })
    void aCommandThatDoesNotExistIsSaidToBeOne(String words, String message) {
        Cli.Result result = Cli.run((Object[]) words.split(" "));
        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(result.err().strip()).isEqualTo("engram: " + message);
    }
}
