package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.experiments.comparison.Comparison;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.RunOptions;
import dev.engram.io.Flags;
import dev.engram.memory.Score;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.memory.sequence.HiddenTemporalOptions;
import dev.engram.memory.sequence.TemporalOptions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every default that the help of a command states, and that the library has too, is the library's. */
class TrueDefaultsTest {
    static Stream<Arguments> defaults() {
        HiddenTemporalOptions sequences = HiddenTemporalOptions.defaults();
        RunOptions runs = RunOptions.of(Profile.QUICK, Optional.empty(), 0, "");
        return Stream.of(
                Arguments.of("sequence learn", "--hidden", sequences.hidden() == 0 ? "auto" : sequences.hidden()),
                Arguments.of(
                        "sequence learn", "--activation", sequences.activation().word()),
                Arguments.of(
                        "sequence learn",
                        "--activation",
                        TemporalOptions.defaults().activation().word()),
                Arguments.of("sequence learn", "--prior-precision", sequences.priorPrecision()),
                Arguments.of("sequence learn", "--seed", sequences.seed()),
                Arguments.of("compare", "--patience", Comparison.PATIENCE),
                Arguments.of("compare", "PATTERNS", Flags.NAME),
                Arguments.of("reproduce", "--hours", runs.limit().toHours()),
                Arguments.of("score", "--threshold", Score.COMPLETION_THRESHOLD),
                Arguments.of(
                        "demo", "--updates", PredictiveCodingOptions.defaults().updates()),
                Arguments.of(
                        "demo", "--seed", PredictiveCodingOptions.defaults().seed()));
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void theStatedDefaultIsTheLibrarys(String command, String argument, Object expected) {
        CommandLine line = HelpTest.commandLine();
        for (String word : command.split(" ")) {
            line = line.getSubcommands().get(word);
        }
        ArgSpec arg = line.getCommandSpec().args().stream()
                .filter(a -> a instanceof OptionSpec option
                        ? List.of(option.names()).contains(argument)
                        : a.paramLabel().equals(argument))
                .findFirst()
                .orElseThrow();
        String help =
                String.join(" ", arg.description()).replace("${DEFAULT-VALUE}", String.valueOf(arg.defaultValue()));
        Matcher stated = Pattern.compile("\\(default: ([^;,) ]+)").matcher(help);
        assertThat(stated.find()).as("a default of %s %s", command, argument).isTrue();
        if (expected instanceof Number number) {
            assertThat(Double.parseDouble(stated.group(1))).isEqualTo(number.doubleValue());
        } else {
            assertThat(stated.group(1)).isEqualTo(expected);
        }
    }
}
