package dev.engram.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.cli.Samples;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every memory behind the same commands. */
class ModelsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pcn",
                "hopfield --rule pseudo-inverse",
                "hopfield --rule predictive-coding",
                "modern-hopfield",
                "modern-hopfield --similarity l1 --separation max",
                "modern-hopfield --similarity cosine",
                "modern-hopfield --similarity cosine --separation polynomial --degree 300",
                "modern-hopfield --separation sparsemax --beta 3",
                "modern-hopfield --separation entmax --alpha 1.3",
                "modern-hopfield --separation normmax",
                "modern-hopfield --separation epanechnikov --beta 0.3",
                "sparse-quantised-hopfield",
                "sparse-quantised-hopfield --sides 4,2,1",
                "covariance --form implicit",
                "covariance --ridge 1e-6",
                "affine-span",
                "nearest-neighbour",
                "autoencoder --updates 2000",
                "boltzmann --learning-rate 0.01"
            })
    void storedPatternsComeBackFromAPart(String model) {
        Path patterns = Samples.npy(folder.resolve("p.npy"), Samples.GREY, binary(4));
        Path memory = folder.resolve("m.engram");

        Cli.Result learned = learn(patterns, memory, model);
        assertThat(learned.exitCode()).as(learned.err()).isZero();
        assertThat(learned.err()).contains("regenerates 4 of 4");
        assertDone("corrupt", patterns, "-o", folder.resolve("c.npy"), "--mask", "top:0.75");
        assertDone("complete", memory, folder.resolve("c.npy"), "--known", "top:0.75", "-o", folder.resolve("o.npy"));
        assertThat(Cli.run("score", patterns, folder.resolve("o.npy")).out()).contains("Recovered 4 of 4");
        assertDone("recall", memory, patterns, "-o", folder.resolve("r.npy"), "--iterations", 2);
        assertThat(Cli.run("score", patterns, folder.resolve("r.npy")).out()).contains("Recovered 4 of 4");

        String name = model.split(" ")[0];
        assertThat(Cli.run("inspect", memory).out()).contains("model              " + name, "stored", "4 of shape 8x8");
        assertThat(Cli.run("verify", memory).out()).contains("is whole", name);
        JsonNode inspected = JSON.readTree(Cli.run("inspect", memory, "--json").out());
        assertThat(inspected.at("/model").stringValue()).isEqualTo(name);
        assertThat(inspected.at("/bytes_stored").longValue()).isPositive();
        assertThat(inspected.at("/audit/recovered").intValue()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "hopfield --rule hebb --binarise-above 0.25, /options/rule, hebb",
        "hopfield --binarise-above 0.25, /options/threshold, 0.25",
        "modern-hopfield --similarity l1, /options/similarity, l1",
        "modern-hopfield, /options/beta, 2.0",
        "modern-hopfield --similarity cosine, /options/beta, 1000.0",
        "modern-hopfield --similarity dot --separation polynomial, /options/degree, 100",
        "sparse-quantised-hopfield --units 2, /options/units, 2",
        "covariance, /options/form, dendritic",
        "autoencoder --updates 3 --hidden 9, /options/hidden, 9",
        "autoencoder --updates 3 --learning-rate 0.5, /options/learning_rate, 0.5",
        "boltzmann --updates 3 --hidden 9, /options/hidden, 9",
        "boltzmann --updates 3 --learning-rate 0.01, /options/learning_rate, 0.01",
        "overparametrised-autoencoder --updates 3 --activation tanh, /options/hidden_layers, 9"
    })
    void whatWasChosenStandsInTheMemory(String model, String pointer, String value) {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 4, Samples.GREY);
        learn(patterns, folder.resolve("m.engram"), model);
        JsonNode json = JSON.readTree(
                Cli.run("inspect", folder.resolve("m.engram"), "--json").out());
        assertThat(json.at(pointer).asString()).isEqualTo(value);
    }

    @Test
    void learningTellsProgramsWhatItTellsPeople() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 5, Samples.GREY);
        Cli.Result result = learn(patterns, folder.resolve("m.engram"), "hopfield --json");
        JsonNode json = JSON.readTree(result.out());
        assertThat(json.at("/model").stringValue()).isEqualTo("hopfield");
        assertThat(json.at("/bytes_stored").longValue()).isEqualTo(4L * 64 * 63 / 2);
        assertThat(json.at("/updates").intValue()).isZero();
        // Values uniform in [0, 1] are 1/4 from the nearer end on average, 1/12 in squares.
        assertThat(json.at("/binarising_mse").doubleValue()).isBetween(0.07, 0.1);
        assertThat(result.err())
                .contains("values above 0.5 are stored as 1, the others as 0")
                .contains("5 of 5 binarised patterns");
    }

    @Test
    void binaryPatternsAreNotSaidToBeBinarised() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), Samples.GREY, binary(3));
        assertThat(learn(patterns, folder.resolve("m.engram"), "hopfield").err())
                .doesNotContain("stored as 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hopfield --beta 2 | --beta has no meaning for --model hopfield, which takes --rule, --binarise-above. Maybe use --model modern-hopfield.",
                "nearest-neighbour --hidden 4 | --hidden has no meaning for --model nearest-neighbour, which takes no options. Maybe use --model pcn.",
                "pcn --rule hebb | --rule has no meaning for --model pcn",
                "autoencoder --layers 3 | --layers has no meaning for --model autoencoder",
                "covariance --engine reduced | --engine has no meaning for --model covariance",
                "affine-span --ridge 0.1 | --ridge has no meaning for --model affine-span",
                "modern-hopfield --separation max --beta 2 | --beta has no meaning with --separation max",
                "modern-hopfield --degree 2 | --degree has no meaning with --separation softmax",
                "modern-hopfield --separation polynomial | Maybe use --similarity dot or cosine",
                "modern-hopfield --beta 0 | must be a number above 0",
                "sparse-quantised-hopfield --sides 4,3,1 | --sides 4,3,1 is no tree",
                "sparse-quantised-hopfield --sides 4,2 | --sides 4,2 is no tree",
                "hopfield --binarise-above NaN | must be a finite number",
                "hopfield --rule hopeful | hebb, storkey, pseudo-inverse, predictive-coding",
                "hopfeld | pcn, hopfield, modern-hopfield"
            })
    void optionsOfOtherModelsAreRefused(String model, String says) {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 4, Samples.GREY);
        Cli.Result result = learn(patterns, folder.resolve("m.engram"), model);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.errorLines()).hasSize(1);
        assertThat(result.err()).contains(says.strip());
        assertThat(folder.resolve("m.engram")).doesNotExist();
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeTheWork() {
        Path wide = Samples.npy(folder.resolve("p.npy"), 1, Shape.of(50_000));
        Cli.Result result = learn(wide, folder.resolve("m.engram"), "hopfield");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("50,000 x 50,000", "Maybe use --limit, --resize, another --model");

        Path odd = Samples.npy(folder.resolve("q.npy"), 2, Samples.RGB);
        Cli.Result tree = learn(odd, folder.resolve("m.engram"), "sparse-quantised-hopfield --sides 4,1");
        assertThat(tree.exitCode()).isEqualTo(1);
        assertThat(tree.err()).contains("must divide the pattern 6x5x3");
        assertThat(folder.resolve("m.engram")).doesNotExist();
    }

    @Test
    void aMemoryPastItsCapacityIsToldWhatMayHelp() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), Samples.GREY, binary(30));
        Cli.Result result = learn(patterns, folder.resolve("m.engram"), "hopfield --rule hebb");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("warning: ", "Maybe use another --rule");
    }

    @Test
    void theWordFlagsIsADataSet() {
        assertDone(
                "learn",
                "flags",
                "--resize",
                "8x8",
                "--limit",
                6,
                "-o",
                folder.resolve("m.engram"),
                "--model",
                "nearest-neighbour");
        assertThat(Cli.run("inspect", folder.resolve("m.engram")).out()).contains("6 of shape 8x8x3");
        Cli.Result oblong = Cli.run("learn", "flags", "--resize", "8x9", "-o", folder.resolve("n.engram"));
        assertThat(oblong.exitCode()).isEqualTo(3);
        assertThat(oblong.err()).contains("squares");
    }

    private Cli.Result learn(Path patterns, Path memory, String model) {
        Stream<Object> words = Stream.concat(
                Stream.of("learn", patterns, "-o", memory, "--model").map(Object.class::cast),
                Arrays.stream(model.split(" ")));
        return Cli.run(words.toArray());
    }

    private static void assertDone(Object... command) {
        Cli.Result result = Cli.run(command);
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    private static Matrix binary(int count) {
        Matrix patterns = Samples.patterns(count, Samples.GREY, 5);
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] = patterns.data()[i] > 0.5f ? 1 : 0;
        }
        return patterns;
    }
}
