package dev.engram.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.engram.cli.Cli;
import dev.engram.cli.Samples;
import dev.engram.io.numpy.NpyReader;
import dev.engram.io.numpy.NpyWriter;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is counted, learned and stored of values that usual sizes say nothing of. */
class YardstickTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    /** Values in 0..0.02: the mean of all is within 0.001 of each. */
    @Test
    void theMeanOfAllIsNoRecallOfPatternsThatHardlyDiffer() {
        Matrix patterns = times(Samples.patterns(20, Samples.GREY, 1), 0.02f);
        Matrix mean = Matrix.zeros(20, 64);
        mean.setRows(patterns.meanRow());
        Path originals = Samples.npy(folder.resolve("x.npy"), Samples.GREY, patterns);
        Path means = Samples.npy(folder.resolve("mean.npy"), Samples.GREY, mean);

        Cli.Result score = Cli.run("score", originals, means, "--json");
        JsonNode json = JSON.readTree(score.out());
        assertThat(json.at("/recovered").intValue()).isZero();
        assertThat(json.at("/threshold").doubleValue())
                .isCloseTo(0.016 * 0.95 * 0.0004 / 12, withinPercentage(10)); // of 20 uniform values
        assertThat(json.at("/warnings").size()).isEqualTo(1);
        assertThat(score.err()).contains("warning: The patterns differ from their mean by an MSE of only");

        Cli.Result asked = Cli.run("score", originals, means, "--threshold", 0.001);
        assertThat(asked.out()).contains("Recovered 20 of 20");
        assertThat(asked.err()).contains("warning: ", "one answer for every cue counts as right", "--threshold 4.9");
        Cli.Result learned =
                Cli.run("learn", originals, "-o", folder.resolve("m.engram"), "--model", "nearest-neighbour");
        assertThat(learned.err()).contains("warning: ", "20 of 20").doesNotContain("(MSE < 0.001)");
    }

    @Test
    void newPatternsThatHardlyDifferFromTheOthersAreStored() {
        Path stored =
                Samples.npy(folder.resolve("x.npy"), Samples.GREY, times(Samples.patterns(20, Samples.GREY, 1), 0.02f));
        Path fresh = Samples.npy(
                folder.resolve("new.npy"), Samples.GREY, times(Samples.patterns(3, Samples.GREY, 2), 0.02f));
        Path memory = folder.resolve("m.engram");
        assertThat(Cli.run("learn", stored, "-o", memory, "--prior", "codes", "--hidden", 64, "--keep-originals")
                        .exitCode())
                .isZero();
        Cli.Result more = Cli.run("store", memory, fresh, "-o", folder.resolve("more.engram"), "--json");
        assertThat(more.exitCode()).as(more.err()).isZero();
        assertThat(JSON.readTree(more.out()).at("/stored").intValue()).isEqualTo(3);
        Cli.Result again = Cli.run("store", memory, stored, "-o", folder.resolve("more.engram"), "--json");
        assertThat(JSON.readTree(again.out()).at("/stored").intValue()).isZero();
    }

    /** 20 patterns, each there twice: as many codes have a copy as have not. */
    @Test
    void aMemoryOfCopiesRegeneratesThem() {
        Matrix b = Samples.patterns(20, Samples.GREY, 1);
        int[] twice = new int[40];
        for (int i = 0; i < 40; i++) {
            twice[i] = i / 2;
        }
        Path patterns = Samples.npy(folder.resolve("x.npy"), Samples.GREY, b.rows(twice));
        Path memory = folder.resolve("m.engram");
        assertThat(Cli.run("learn", patterns, "-o", memory, "--prior", "codes").err())
                .contains("regenerates 40 of 40");
        Path answers = folder.resolve("r.npy");
        Cli.run("recall", memory, patterns, "-o", answers);
        assertThat(Cli.run("score", patterns, answers).out()).contains("Recovered 40 of 40");
    }

    @Test
    void signsComeBackAsSigns() {
        Matrix signs = Samples.patterns(5, Samples.GREY, 1);
        for (int i = 0; i < signs.data().length; i++) {
            signs.data()[i] = signs.data()[i] > 0.5 ? 1 : -1;
        }
        Path patterns = Samples.npy(folder.resolve("x.npy"), Samples.GREY, signs);
        Path memory = folder.resolve("m.engram");
        Cli.Result learned = Cli.run("learn", patterns, "-o", memory, "--model", "hopfield");
        assertThat(learned.err()).contains("regenerates 5 of 5").doesNotContain("binarised");
        Path answers = folder.resolve("r.npy");
        for (Cli.Result asked : List.of(
                Cli.run("recall", memory, patterns, "-o", answers),
                Cli.run("complete", memory, patterns, "-o", folder.resolve("c.npy"), "--known", "top:0.5"))) {
            assertThat(asked.exitCode()).as(asked.err()).isZero();
        }
        assertThat(NpyReader.read(answers).values()).containsExactly(signs.data());
        assertThat(NpyReader.read(folder.resolve("c.npy")).values()).containsExactly(signs.data());
    }

    @ParameterizedTest
    @ValueSource(floats = {1e19f, 3e38f})
    void whatCannotBeSquaredIsUnusableInput(float value) {
        Matrix patterns = Samples.patterns(4, Samples.GREY, 1);
        Path good = Samples.npy(folder.resolve("good.npy"), Samples.GREY, patterns);
        Path memory = Cli.learned(good, folder.resolve("good.engram"));
        patterns.set(2, 5, value);
        Path bad = folder.resolve("bad.npy");
        NpyWriter.write(bad, new int[] {4, 64}, patterns.data());
        Cli.Result learned = Cli.run("learn", bad, "-o", folder.resolve("m.engram"), "--prior", "codes");
        assertThat(learned.exitCode()).isEqualTo(3);
        assertThat(learned.err())
                .contains("bad.npy: The patterns hold values like")
                .contains("number 5 of row 2");
        assertThat(folder.resolve("m.engram")).doesNotExist();
        Cli.Result recalled = Cli.run("recall", memory, bad, "-o", folder.resolve("o.npy"));
        assertThat(recalled.exitCode()).as(recalled.err()).isEqualTo(3);
    }

    /** Steps so large that the error grows, but not out of the range of floats. */
    @Test
    void aLearningWhoseErrorGrewIsNotWritten() {
        Path patterns = Samples.npy(folder.resolve("x.npy"), 12, Shape.of(8, 8));
        Path memory = folder.resolve("m.engram");
        for (Object[] model : new Object[][] {
            {"--model", "autoencoder", "--learning-rate", 50},
            {"--learning", "gradient", "--optimiser", "plain", "--learning-rate", 30}
        }) {
            List<Object> words = new ArrayList<>(List.of("learn", patterns, "-o", memory, "--updates", 20));
            words.addAll(List.of(model));
            Cli.Result learned = Cli.run(words.toArray());
            assertThat(learned.exitCode()).as(learned.err()).isEqualTo(1);
            assertThat(learned.err())
                    .contains("The learning diverged", "Nothing was written", "a smaller --learning-rate")
                    .doesNotContain("more --updates");
            assertThat(memory).doesNotExist();
        }
    }

    private static Matrix times(Matrix patterns, float factor) {
        Matrix scaled = patterns.copy();
        for (int i = 0; i < scaled.data().length; i++) {
            scaled.data()[i] *= factor;
        }
        return scaled;
    }
}
