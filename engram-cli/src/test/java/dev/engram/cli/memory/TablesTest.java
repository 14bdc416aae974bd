package dev.engram.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.cli.Cli;
import dev.engram.io.PatternReader;
import dev.engram.io.ReadOptions;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.numpy.NpyReader;
import dev.engram.io.numpy.NpyWriter;
import dev.engram.io.table.TableOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables through the commands: {@code b = 2 a + 1}, {@code sign} is up where a is above 0, and c is apart. */
class TablesTest {
    @TempDir
    Path folder;

    private Path table;
    private Path memory;

    @BeforeEach
    void learn() throws IOException {
        List<String> lines = new ArrayList<>(List.of("who,a,remark,b,sign,c"));
        for (int i = 0; i < 40; i++) {
            int a = i < 20 ? i - 25 : i - 14;
            lines.add("r%d,%d,\"note, %d\",%d,%s,%d".formatted(i, a, i, 2 * a + 1, a > 0 ? "up" : "down", i * i % 7));
        }
        table = Files.write(folder.resolve("t.csv"), lines);
        memory = folder.resolve("m.engram");
        done("learn", table, "-o", memory, "--model", "covariance", "--id", "who", "--ignore", "remark");
    }

    private static Cli.Result done(Object... words) {
        Cli.Result result = Cli.run(words);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void theMemoryKeepsTheColumns() {
        assertThat(MemoryFile.read(memory).columns().orElseThrow().summary())
                .isEqualTo("3 numbers, 1 category: sign (2)");
        assertThat(done("inspect", memory).out()).contains("3 numbers, 1 category: sign (2)");
        assertThat(done("inspect", memory, "--json").out()).contains("\"levels\" : [ \"down\", \"up\" ]");
    }

    @Test
    void emptyCellsAreFilledInAndTheOthersStayAsTheyWere() throws IOException {
        Path cues = file(
                "cues.csv",
                "remark,sign,who,c,b,a,extra\nx,up,one,2.0,NA,10,e\n\"y, z\",,two,3,-19.0,-10,f\n,?,three,,11,,g\n");
        Path out = folder.resolve("out.csv");
        Cli.Result result = done("complete", memory, cues, "-o", out, "--json");

        List<String> lines = Files.readAllLines(out);
        assertThat(lines.get(0)).isEqualTo("remark,sign,who,c,b,a,extra");
        assertThat(lines.get(1)).startsWith("x,up,one,2.0,").endsWith(",10,e");
        assertThat(Double.parseDouble(lines.get(1).split(",")[4])).isCloseTo(21, within(0.02));
        assertThat(lines.get(2)).isEqualTo("\"y, z\",down,two,3,-19.0,-10,f");
        assertThat(lines.get(3)).startsWith(",up,three,").endsWith(",g");
        assertThat(Double.parseDouble(lines.get(3).split(",")[5])).isCloseTo(5, within(0.02));
        assertThat(Files.readString(folder.resolve("out.filled.csv")))
                .startsWith("row,column,value,deviation\none,b,2")
                .contains("\ntwo,sign,down,\n", "\nthree,a,", "\nthree,sign,up,\n", "\nthree,c,")
                .containsPattern("\nthree,a,5[^,]*,0\\.00\\d+\n") // b says what a is
                .containsPattern("\nthree,c,[^,]+,1\\.\\d+\n") // nothing says what c is
                .hasLineCount(6);
        assertThat(result.out()).contains("\"filled\" : ");
        assertThat(result.err()).contains("ignored: remark, extra");
    }

    @Test
    void arraysAreInTheSameUnitsAndNaNIsMissing() {
        Path cues = folder.resolve("cues.npy"); // a, b, down, up, c
        NpyWriter.write(
                cues, new int[] {2, 5}, new float[] {10, Float.NaN, 0, 1, 2, Float.NaN, -19, Float.NaN, Float.NaN, 3});
        Path out = folder.resolve("out.npy");
        done("complete", memory, cues, "-o", out);
        float[] values = NpyReader.read(out).values();
        assertThat(values).hasSize(10).doesNotContain(Float.NaN);
        assertThat(values[1]).isCloseTo(21, within(0.02f));
        assertThat(values[5]).isCloseTo(-10, within(0.02f));
        assertThat(values[7]).isCloseTo(1, within(0.5f));
        done("complete", memory, cues, "--known", "present", "-o", folder.resolve("same.npy"));
        assertThat(NpyReader.read(folder.resolve("same.npy")).values()).containsExactly(values);
    }

    @Test
    void recallCompletesTheRowsThatLackValuesAndSaysSo() throws IOException {
        Path cues = file("cues.csv", "a,b,sign,c\n10,21,up,2\n10,,up,2\n");
        Path out = folder.resolve("out.csv");
        Cli.Result result = done("recall", memory, cues, "-o", out);
        assertThat(result.err()).contains("1 of 2 cues have missing values: these are completed");
        String[] row = Files.readAllLines(out).get(2).split(",");
        assertThat(row[0]).isEqualTo("10");
        assertThat(Double.parseDouble(row[1])).isCloseTo(21, within(0.02));
    }

    @Test
    void corruptLeavesCellsEmptyAndScoreComparesInTheOriginalsColumns() throws IOException {
        Path cues = folder.resolve("cues.csv");
        done(
                "corrupt",
                table,
                "-o",
                cues,
                "--mask",
                "random-each:0.8",
                "--id",
                "who",
                "--ignore",
                "remark",
                "--seed",
                2);
        List<String> damaged = Files.readAllLines(cues);
        assertThat(damaged.get(0)).isEqualTo("who,a,remark,b,sign,c");
        assertThat(damaged.get(1)).contains("\"note, 0\"");
        assertThat(String.join("\n", damaged)).contains(",,");
        Path out = folder.resolve("out.csv");
        done("complete", memory, cues, "-o", out);
        String score = done("score", table, out, "--id", "who", "--ignore", "remark", "--json")
                .out();
        assertThat(score).contains("\"patterns\" : 40", "\"name\" : \"r0\"");
        assertThat(done("score", table, table, "--ignore", "remark,who").out()).contains("Recovered 40 of 40");
    }

    @Test
    void theThresholdIsAShareOfTheVarianceAndIsKept() {
        // three numbers and two texts, all of variance 1: 0.016
        assertThat(MemoryFile.read(memory).provenance().audit().threshold()).isCloseTo(0.016, within(1e-6));
        String learned = done("learn", table, "-o", memory, "--model", "nearest-neighbour", "--ignore", "remark,who")
                .err();
        assertThat(learned).contains("40 of 40 patterns (MSE < 0.0160)");
    }

    @Test
    void aTableOfMemoriesWithoutColumnsIsTakenInItsOrder() throws IOException {
        Path array = folder.resolve("p.npy");
        NpyWriter.write(array, new int[] {3, 2}, new float[] {1, 2, 3, 4, 5, 6.5f});
        done("learn", array, "-o", folder.resolve("n.engram"), "--model", "nearest-neighbour");
        Path cues = file("cues.csv", "x,y\n3,\n");
        done("complete", folder.resolve("n.engram"), cues, "-o", folder.resolve("out.tsv"));
        assertThat(folder.resolve("out.tsv")).hasContent("x\ty\n3\t4\n");
    }

    @Test
    void aModelThatNeedsAllValuesSaysSoInOneLine() throws IOException {
        Path gaps = file("gaps.csv", "a,b\n1,2\n3,\n4,5\n");
        Cli.Result result = Cli.run("learn", gaps, "-o", folder.resolve("x.engram"), "--model", "nearest-neighbour");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .contains(
                        "row 1 has no value in the column b; the model nearest-neighbour learns only from finite numbers");
        assertThat(folder.resolve("x.engram")).doesNotExist();
    }

    @Test
    void manyRowsOfFewColumnsAreAdvisedToTheCovarianceMemory() {
        Cli.Result result = done("learn", table, "-o", memory, "--ignore", "remark,who", "--updates", 1, "--json");
        assertThat(result.err()).contains("--model covariance");
        assertThat(result.out()).contains("many rows of few columns");
        assertThat(done("learn", table, "-o", memory, "--ignore", "remark,who", "--model", "covariance")
                        .err())
                .doesNotContain("--model covariance");
    }

    @Test
    void whatHasNoMeaningForATableOrForAnArrayIsRefused() throws IOException {
        Path array = folder.resolve("p.npy");
        NpyWriter.write(array, new int[] {1, 2}, new float[] {1, 2});
        Cli.Result id = Cli.run("learn", array, "-o", folder.resolve("x.engram"), "--id", "who");
        assertThat(id.exitCode()).isEqualTo(2);
        assertThat(id.err()).contains("is no table");
        Cli.Result pictures = Cli.run("recall", memory, table, "-o", folder.resolve("pictures"));
        assertThat(pictures.exitCode()).isEqualTo(2);
        assertThat(pictures.err()).contains("pictures.csv");
        Cli.Result whole = Cli.run("complete", memory, table, "-o", folder.resolve("out.csv"));
        assertThat(whole.exitCode()).isEqualTo(2);
        assertThat(whole.err()).contains("Nothing is missing", "--known left:0.5");
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    @Test
    void partsThatAreKnownAreThoseOfTheTableAndTheOptionTogether() throws IOException {
        Path cues = file("cues.csv", "a,b,sign,c\n10,21,up,\n");
        Path out = folder.resolve("out.csv");
        // of the values a, b, down, up, c the first fifth: a
        done("complete", memory, cues, "--known", "left:0.2", "-o", out);
        assertThat(Files.readString(folder.resolve("out.filled.csv"))).contains("0,b,", "0,sign,up", "0,c,");
        assertThat(Files.readAllLines(out).get(1)).startsWith("10,2");
    }

    @Test
    void readersTakeTheTableAsItIs() {
        assertThat(PatternReader.read(
                                table,
                                ReadOptions.defaults()
                                        .withTable(TableOptions.defaults().withIgnored("remark", "who")))
                        .patterns()
                        .columns())
                .isEqualTo(5);
    }
}
