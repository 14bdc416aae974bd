package dev.engram.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.cli.Samples;
import dev.engram.memory.Shape;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    @Test
    void theTableEndsInAnAdvice() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 6, Samples.GREY);
        Cli.Result result = Cli.run("compare", patterns);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "noise of std 0.2",
                        "noise of variance 0.2",
                        "lower half missing",
                        "random 7/8 missing",
                        "3/10 black, unmarked")
                .contains("nearest neighbour", "pcn", "Hopfield, pseudo-inverse", "MSE, median / worst")
                .contains("The rule: ");
        assertThat(result.err()).contains("stores 0 and 1 only");
        assertThat(folder.toFile().list()).containsExactly("p.npy");
    }

    @Test
    void damagesCanBeChosenAndAReportWritten() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 6, Samples.RGB);
        Cli.Result result = Cli.run(
                "compare",
                patterns,
                "--limit",
                5,
                "--known",
                "left:0.5",
                "--known",
                "random-each:0.4",
                "--noise-std",
                0.05,
                "-o",
                folder.resolve("r"),
                "--json",
                "--seed",
                7);
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode json = JSON.readTree(result.out());
        assertThat(json.at("/patterns").intValue()).isEqualTo(5);
        assertThat(json.at("/memories/0/outcomes").size()).isEqualTo(3);
        assertThat(json.at("/memories/0/outcomes/1/damage").stringValue()).isEqualTo("known left:0.5");
        assertThat(json.at("/memories/0/recovered_fraction").doubleValue()).isEqualTo(1);
        assertThat(json.at("/choice").stringValue()).isNotEmpty();
        assertThat(folder.resolve("r/index.html")).content().contains("engram compare", "--known left:0.5");
        assertThat(folder.resolve("r/results.json")).exists();
    }

    @Test
    void vectorsHaveHalvesToo() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 4, Shape.of(60));
        assertThat(Cli.run("compare", patterns).out()).contains("second half missing");
    }

    @Test
    void manyVectorsAreRowsOfATable() {
        Path patterns = Samples.npy(folder.resolve("t.npy"), 30, Shape.of(6));
        Cli.Result result = Cli.run("compare", patterns, "--json", "--patience", 0.5, "-o", folder.resolve("r"));
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode json = JSON.readTree(result.out());
        assertThat(json.at("/methods/0/name").stringValue()).isEqualTo("column means");
        assertThat(json.at("/methods/0/rmse").size()).isEqualTo(3);
        assertThat(json.at("/learned").intValue()).isEqualTo(15);
        assertThat(json.at("/choice").stringValue()).isNotEmpty();
        assertThat(folder.resolve("r/index.html")).content().contains("AUROC");
        assertThat(Cli.run("compare", patterns, "--known", "left:0.5", "--patience", 0.5)
                        .out())
                .contains("known left:0.5");
        assertThat(Cli.run("compare", patterns, "--patience", 0.5).out())
                .contains("random cut forest", "odd column first", "The rule: ");
    }

    @Test
    void withoutPatternsTheFlagsAreCompared() {
        Cli.Result result = Cli.run("compare", "--resize", "8x8", "--limit", 5, "--known", "top:0.5");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("Storing 5 patterns of shape 8x8x3");
    }
}
