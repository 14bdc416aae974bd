package dev.engram.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.cli.Samples;
import dev.engram.io.PatternReader;
import dev.engram.io.ReadOptions;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Patterns that are a picture and a label at once: each brings back the other. */
class PartsOfPatternsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int COUNT = 6;
    private static final int SMALL = 4;

    @TempDir
    Path folder;

    private Path memory = Path.of("");
    private Path pictures = Path.of("");
    private Path labels = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void learn() {
        memory = folder.resolve("m.engram");
        out = folder.resolve("o.npy");
        pictures = Samples.npy(folder.resolve("pictures.npy"), COUNT, Samples.GREY);
        labels = Samples.npy(folder.resolve("labels.npy"), COUNT, Shape.of(SMALL));
        done("learn", pictures, "--with", "label=" + labels, "-o", memory, "--hidden", 32, "--prior", "codes");
    }

    private Cli.Result done(Object... words) {
        Cli.Result result = Cli.run(words);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private void refused(int code, String message, Object... words) {
        Cli.Result result = Cli.run(words);
        assertThat(result.err()).contains(message);
        assertThat(result.exitCode()).isEqualTo(code);
    }

    private int equal(Path wanted) {
        Matrix originals = PatternReader.read(wanted, ReadOptions.defaults()).patterns();
        Matrix given = PatternReader.read(out, ReadOptions.defaults()).patterns();
        return Score.of(originals, given).recovered(1e-3);
    }

    @Test
    void halfAPictureBringsBackItsLabelAndALabelItsPicture() {
        done("complete", memory, pictures, "--known", "top:0.5", "--give", "label", "-o", out);
        assertThat(equal(labels)).isEqualTo(COUNT);
        done("complete", memory, labels, "--part", "label", "-o", out);
        assertThat(equal(pictures)).isEqualTo(COUNT);
        done("complete", memory, pictures, "--known", "top:0.5", "--with", "label=" + labels, "-o", out);
        assertThat(equal(pictures)).isEqualTo(COUNT);
        Path folderOut = folder.resolve("pngs");
        done("complete", memory, labels, "--part", "label", "-o", folderOut);
        assertThat(folderOut).isDirectoryContaining("glob:**.png");
    }

    @Test
    void theFileKnowsThePartsAndWhatChangesItKeepsThem() {
        assertThat(done("inspect", memory).out()).contains("parts              pattern 8x8, label 4");
        JsonNode json = JSON.readTree(done("inspect", memory, "--json").out());
        assertThat(json.at("/parts/label/0").intValue()).isEqualTo(SMALL);
        assertThat(json.at("/parts/pattern").size()).isEqualTo(2);
        done("forget", memory, "--numbers", 1);
        assertThat(done("inspect", memory).out()).contains("parts              pattern 8x8, label 4");
        done("store", memory, pictures, "--with", "label=" + labels);
        done("complete", memory, labels, "--part", "label", "-o", out);
        assertThat(equal(pictures)).isEqualTo(COUNT);
        done("verify", memory);
    }

    @Test
    void wholePatternsAreRecalledAndJudged() {
        String with = "label=" + labels;
        assertThat(done("recall", memory, pictures, "--with", with, "-o", out).err())
                .contains("6 recalled");
        assertThat(equal(pictures)).isEqualTo(COUNT);
        assertThat(done("familiar", memory, pictures, "--with", with).out()).contains("familiar");
    }

    @Test
    void whatDoesNotFitIsSaid() throws Exception {
        refused(
                2,
                "There is no part named lable. Maybe it is one of: pattern, label.",
                "complete",
                memory,
                labels,
                "--part",
                "lable",
                "-o",
                out);
        refused(
                2,
                "There is no part named x.",
                "complete",
                memory,
                pictures,
                "--known",
                "top:0.5",
                "--give",
                "x",
                "-o",
                out);
        refused(3, "the memory's part label has shape 4", "complete", memory, pictures, "--part", "label", "-o", out);
        refused(
                2,
                "The part pattern is given twice",
                "complete",
                memory,
                pictures,
                "--with",
                "pattern=" + pictures,
                "-o",
                out);
        refused(3, "which may not be here", "store", memory, pictures);
        Path few = Samples.npy(folder.resolve("few.npy"), COUNT - 1, Samples.GREY);
        refused(
                3,
                "few.npy holds 5 patterns, the first part 6",
                "learn",
                pictures,
                "--with",
                "label=" + few,
                "-o",
                out);
        Path table = folder.resolve("t.csv");
        Files.write(table, List.of("a,b", "1,2", "2,3"));
        refused(2, "is a table, whose columns are parts already", "learn", pictures, "--with", "t=" + table, "-o", out);
        refused(2, "Two parts are called pattern", "learn", pictures, "--with", "pattern=" + labels, "-o", out);
        Path plain = folder.resolve("plain.engram");
        done("learn", pictures, "-o", plain, "--hidden", 32);
        refused(2, "have no parts", "complete", plain, pictures, "--part", "label", "-o", out);
        refused(2, "have no parts", "complete", plain, pictures, "--known", "top:0.5", "--give", "label", "-o", out);
        refused(
                2,
                "The part label is given twice, by --with",
                "learn",
                pictures,
                "--with",
                "label=" + labels,
                "--with",
                "label=" + few,
                "-o",
                out);
        refused(2, "NAME=FILE was expected", "learn", pictures, "--with", labels, "-o", out);
        refused(2, "labels.npy", "store", memory, pictures, "--with", "label=" + labels, "-o", labels);
        refused(2, "--part", "learn", pictures, "--part", "picture", "-o", out);
    }

    @Test
    void picturesAreResizedAndWhatBelongsToThemStaysAsItIs() {
        Path folderOf = Samples.pictures(folder.resolve("photos"), COUNT, Samples.RGB);
        Path both = folder.resolve("both.engram");
        done(
                "learn",
                folderOf,
                "--with",
                "label=" + labels,
                "--resize",
                "4x4",
                "--identify",
                "--hidden",
                32,
                "-o",
                both);
        assertThat(done("inspect", both).out()).contains("pattern 4x4x3, label 4");
        done("complete", both, folderOf, "--give", "label", "-o", folder.resolve("l.csv"));
        assertThat(folder.resolve("l.csv")).exists();
        assertThat(folder.resolve("l.filled.csv")).doesNotExist();
    }
}
