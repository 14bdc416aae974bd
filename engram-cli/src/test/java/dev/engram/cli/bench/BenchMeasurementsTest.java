package dev.engram.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.cli.Cli;
import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.ExitCode;
import dev.engram.cli.console.Interruption;
import dev.engram.cli.console.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the measurements print; no time is expected of them. */
class BenchMeasurementsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static Cli.Result run(String words) {
        return Cli.run((Object[]) ("bench " + words + " --hidden 7 --patterns 3 --steps 2 --repeat 2").split(" "));
    }

    @Test
    void stepPrintsALineForEachEngineAndTheirRatio() {
        Cli.Result result = run("step --sensory 65");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().lines())
                .satisfiesExactly(
                        head -> assertThat(head).contains("min ms", "median ms", "Gop/s"),
                        line -> assertThat(line).startsWith("reference"),
                        line -> assertThat(line).startsWith("reduced"),
                        ratio -> assertThat(ratio).contains("reduced engine"));
    }

    @Test
    void stepCountsTheOperationsOfTheProducts() {
        JsonNode json = JSON.readTree(run("step --sensory 65 --json").out());

        assertThat(json.propertyNames())
                .containsExactly(
                        "command",
                        "hidden",
                        "patterns",
                        "steps",
                        "repeat",
                        "seed",
                        "sensory",
                        "blas",
                        "engines",
                        "ratio");
        // Prediction and feedback, 3 patterns between 7 and 65 nodes; one product with the 7 x 7 Gram matrix.
        assertThat(json.at("/engines/0/operations").doubleValue()).isEqualTo(5460);
        assertThat(json.at("/engines/1/operations").doubleValue()).isEqualTo(294);
        assertThat(json.at("/engines"))
                .allSatisfy(engine -> assertThat(engine.at("/median_seconds").doubleValue())
                        .isGreaterThanOrEqualTo(engine.at("/min_seconds").doubleValue()));
    }

    @Test
    void learnPrintsALineForEachEngineAndOneForAWholeMemory() {
        Cli.Result result = run("learn --sensory 65");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().lines())
                .satisfiesExactly(
                        head -> assertThat(head).contains("min ms", "median ms"),
                        line -> assertThat(line).startsWith("cycle, reference"),
                        line -> assertThat(line).startsWith("cycle, reduced"),
                        line -> assertThat(line).startsWith("cycle, span"),
                        line -> assertThat(line).startsWith("258 flags, whole"));
    }

    @Test
    void recallAsksWithAMaskSeenBeforeAndWithNewOnes() {
        JsonNode json =
                JSON.readTree(Cli.run("bench", "recall", "--stored", "3", "--hidden", "7", "--queries", "4", "--json")
                        .out());

        assertThat(json.at("/stored").intValue()).isEqualTo(3);
        for (String kind : new String[] {"/mask_seen", "/mask_new"}) {
            assertThat(json.at(kind + "/percentile_95_seconds").doubleValue())
                    .isGreaterThanOrEqualTo(json.at(kind + "/median_seconds").doubleValue());
        }
    }

    @Test
    void scalingPrintsALineForEachSize() {
        Cli.Result result = run("scaling --sizes 63,64,65");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().lines().skip(2).map(line -> line.strip().split(" +")[0]))
                .containsExactly("63", "64", "65");
    }

    @Test
    void scalingComparesWithTheFirstSize() {
        JsonNode json = JSON.readTree(run("scaling --sizes 9,64 --json").out());

        assertThat(json.at("/sizes")).hasSize(2);
        assertThat(json.at("/sizes/1/sensory").intValue()).isEqualTo(64);
        for (String part : new String[] {"/gram_step", "/span_update"}) {
            assertThat(json.at("/sizes/0" + part + "/ratio").doubleValue()).isEqualTo(1);
            assertThat(json.at("/sizes/1" + part).propertyNames())
                    .containsExactly("min_seconds", "median_seconds", "ratio", "once_seconds");
        }
        assertThat(json.at("/too_large")).isEmpty();
    }

    @Test
    void scalingLeavesOutWhatDoesNotFit() {
        Cli.Result result = run("scaling --sizes 9,2000000000 --json");

        assertThat(result.err()).contains("2000000000", "ENGRAM_JAVA_OPTS");
        JsonNode json = JSON.readTree(result.out());
        assertThat(json.at("/sizes")).hasSize(1);
        assertThat(json.at("/too_large/0").intValue()).isEqualTo(2000000000);
    }

    private static Cli.Result byPatterns(String words) {
        return Cli.run((Object[]) ("bench scaling --by patterns " + words).split(" "));
    }

    @Test
    void scalingByPatternsPrintsALineForEachNumberAndTheExponents() {
        Cli.Result result = byPatterns("--sizes 13,3,5,8 --sensory 65 --repeat 2");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().lines())
                .satisfiesExactly(
                        head -> assertThat(head).contains("learn s", "file", "query ms", "heap", "regenerated"),
                        line -> assertThat(line.strip()).startsWith("3 "),
                        line -> assertThat(line.strip()).startsWith("5 "),
                        line -> assertThat(line.strip()).startsWith("8 "),
                        line -> assertThat(line.strip()).startsWith("13 "),
                        exponents -> assertThat(exponents).startsWith("exponent"),
                        fitted -> assertThat(fitted).contains("5, 8, 13"));
    }

    @Test
    void scalingByPatternsMeasuresAMemoryThatGivesItsPatternsBack() {
        JsonNode json = JSON.readTree(
                byPatterns("--sizes 7,14 --sensory 260 --repeat 2 --json").out());

        assertThat(json.propertyNames())
                .containsExactly(
                        "command",
                        "by",
                        "sensory",
                        "known",
                        "repeat",
                        "seed",
                        "blas",
                        "sizes",
                        "exponents",
                        "too_large");
        assertThat(json.at("/by").stringValue()).isEqualTo("patterns");
        assertThat(json.at("/sizes")).hasSize(2).allSatisfy(size -> {
            int patterns = size.at("/patterns").intValue();
            assertThat(size.at("/regenerated").intValue()).isEqualTo(patterns);
            assertThat(size.at("/cues").intValue()).isEqualTo(patterns);
            assertThat(size.at("/completed").intValue()).isEqualTo(patterns);
            // Patterns of 260 floats, or as many directions, and more.
            assertThat(size.at("/file_bytes").intValue()).isGreaterThan(patterns * 260 * 4);
            for (String time : new String[] {"learn_seconds", "write_seconds", "query_seconds"}) {
                assertThat(size.at("/" + time).doubleValue()).isPositive();
            }
        });
        assertThat(json.at("/exponents/fitted_to")).hasSize(2);
        assertThat(json.at("/exponents/learn_seconds").isNumber()).isTrue();
    }

    @Test
    void scalingByPatternsDoublesTheirNumberAndKnowsNoExponentOfOne() {
        Cli.Result two = byPatterns("--most 999 --sensory 9 --repeat 1");
        Cli.Result one = byPatterns("--most 4 --sensory 9 --repeat 1");

        assertThat(two.out().lines().skip(1).limit(2).map(line -> line.strip().split(" +")[0]))
                .containsExactly("250", "500");
        assertThat(one.exitCode()).as(one.err()).isZero();
        assertThat(one.out().lines()).hasSize(2);
    }

    @Test
    void scalingByPatternsLeavesOutWhatDoesNotFit() {
        Cli.Result result = byPatterns("--sizes 3,2000000000 --sensory 65 --repeat 1 --json");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err().lines().filter(line -> line.startsWith("warning")))
                .singleElement()
                .asString()
                .contains("2000000000 patterns", "ENGRAM_JAVA_OPTS");
        assertThat(JSON.readTree(result.out()).at("/too_large/0").intValue()).isEqualTo(2000000000);
    }

    @ParameterizedTest
    @CsvSource({
        "--by patterns --hidden 7, --hidden",
        "--by patterns --patterns 7, --patterns",
        "--by patterns --steps 7, --steps",
        "--by patterns --sizes 3 --most 9, --most",
        "--by size --sensory 9, --sensory",
        "--most 9, --most",
        "--by pixels, --by"
    })
    void optionsWithoutAMeaningAreWrongUsage(String words, String says) {
        Cli.Result result = Cli.run((Object[]) ("bench scaling " + words).split(" "));

        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(result.err().lines()).singleElement().asString().contains(says);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aCancelledScalingStopsAndWritesNoFile() {
        Interruption interruption = new Interruption();
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        Context context = new Context(Terminal.of(nowhere, nowhere), interruption);
        interruption.cancel();

        assertThatThrownBy(() -> new PatternScaling(context, 65, 0, 1).measure(3))
                .isInstanceOf(CommandException.class);
    }

    @ParameterizedTest
    @CsvSource({"step --sensory 0, --sensory", "scaling --sizes 9;x, --sizes", "step --seed x, --seed"})
    void badOptionsAreWrongUsage(String words, String says) {
        Cli.Result result = run(words.replace(';', ','));

        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(result.err()).contains(says);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void helpShowsExamples() {
        assertThat(Cli.run("bench", "step", "--help").out()).contains("Example:", "--sensory", "--repeat");
        assertThat(Cli.run("bench", "scaling", "--help").out()).contains("Examples:", "--sizes", "--by", "--most");
    }

    @Test
    void aCancelledMeasurementStopsBeforeItsNextRun() {
        Interruption interruption = new Interruption();
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        BenchTimer timer = new BenchTimer(new Context(Terminal.of(nowhere, nowhere), interruption), 5);
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> timer.measure("work", () -> {
                    runs.incrementAndGet();
                    interruption.cancel();
                }))
                .isInstanceOf(CommandException.class);
        assertThat(runs).hasValue(1);
    }
}
