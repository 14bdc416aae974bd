package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.io.image.ImageWriter;
import dev.engram.io.numpy.NpyReader;
import dev.engram.io.numpy.NpyWriter;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong: the contract's exit code, one clear line, nothing written. */
public class BadInputTest {
    @TempDir
    static Path samples;

    @TempDir
    Path outputs;

    /**
     * @param command words; DIR is the folder of samples, OUT that of outputs
     * @param says what the line must name
     */
    record Case(String what, int exitCode, String command, String... says) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Case> cases() {
        String learn = " -o OUT/m.engram";
        return List.of(
                new Case("missing file", 3, "learn DIR/absent.npy" + learn, "absent.npy", "does not exist"),
                new Case("missing memory", 3, "inspect DIR/absent.engram", "absent.engram", "does not exist"),
                new Case("empty folder", 3, "learn DIR/empty" + learn, "empty"),
                new Case("pictures of different sizes", 3, "learn DIR/mixed" + learn, "--resize"),
                new Case("a text file named .npy", 3, "learn DIR/text.npy" + learn, "text.npy"),
                new Case("a truncated .npz", 3, "learn DIR/truncated.npz" + learn, "truncated.npz"),
                new Case("NaN pixels", 3, "learn DIR/nan.npy" + learn, "NaN", "finite"),
                new Case(
                        "a mask of the wrong shape",
                        3,
                        "complete DIR/good.engram DIR/p.npy --mask DIR/mask7x8.npy --mask-means known -o OUT/o.npy",
                        "[7, 8]",
                        "8x8"),
                new Case(
                        "a mask for another number of cues",
                        3,
                        "complete DIR/good.engram DIR/p.npy --mask DIR/mask3.npy --mask-means known -o OUT/o.npy",
                        "3 cues"),
                new Case(
                        "a mask of floats",
                        3,
                        "complete DIR/good.engram DIR/p.npy --mask DIR/p.npy --mask-means known -o OUT/o.npy",
                        "bool"),
                new Case(
                        "a missing mask",
                        3,
                        "complete DIR/good.engram DIR/p.npy --mask DIR/absent.npy --mask-means known -o OUT/o.npy",
                        "absent.npy"),
                new Case(
                        "a cue of the wrong width",
                        3,
                        "recall DIR/good.engram DIR/wide.npy -o OUT/o.npy",
                        "9x8",
                        "8x8"),
                new Case("other counts to score", 3, "score DIR/p.npy DIR/wide.npy", "--limit 2"),
                new Case("hidden 0", 2, "learn DIR/p.npy --hidden 0" + learn, "--hidden", "at least 1"),
                new Case("hidden -3", 2, "learn DIR/p.npy --hidden -3" + learn, "--hidden"),
                new Case("one layer", 2, "learn DIR/p.npy --layers 1" + learn, "--layers"),
                new Case("limit 0", 2, "learn DIR/p.npy --limit 0" + learn, "--limit"),
                new Case("an unknown activation", 2, "learn DIR/p.npy --activation sigmoid" + learn, "relu"),
                new Case("an unknown engine", 2, "learn DIR/p.npy --engine warp" + learn, "reference"),
                new Case("options that do not go together", 2, "learn DIR/p.npy --learning-rate 1" + learn, "gradient"),
                new Case("no output", 2, "learn DIR/p.npy", "-o"),
                new Case("an unknown experiment", 2, "reproduce tabel1 -o OUT/r", "tabel1", "baselines", "all"),
                new Case("no folder for the report", 2, "reproduce baselines", "-o baselines/"),
                new Case("an unknown profile", 2, "reproduce baselines --profile slow -o OUT/r", "slow", "quick, full"),
                new Case("a bad seed", 2, "reproduce baselines --seed x -o OUT/r", "--seed"),
                new Case("no folder of data", 3, "reproduce baselines --data DIR/absent -o OUT/r", "absent"),
                new Case("a report nowhere", 1, "reproduce baselines -o OUT/absent/r", "absent", "does not exist"),
                new Case("a report over files of others", 1, "reproduce baselines -o DIR/mixed", "no experiment wrote"),
                new Case("a report over a file", 1, "reproduce baselines -o DIR/p.npy", "is a file"),
                new Case("an unknown command", 2, "lern DIR/p.npy", "lern"),
                new Case("an unknown option", 2, "learn DIR/p.npy --hiden 4" + learn, "--hiden"),
                new Case("negative noise", 2, "corrupt DIR/p.npy --noise-variance -1 -o OUT/c.npy", "--noise-variance"),
                new Case("negative deviation", 2, "corrupt DIR/p.npy --noise-std -0.1 -o OUT/c.npy", "--noise-std"),
                new Case(
                        "two kinds of damage",
                        2,
                        "corrupt DIR/p.npy --noise-std 1 --mask top:0.5 -o OUT/c.npy",
                        "exclusive"),
                new Case("no damage", 2, "corrupt DIR/p.npy -o OUT/c.npy", "--noise-std"),
                new Case("a bad SPEC", 2, "corrupt DIR/p.npy --mask middle:0.5 -o OUT/c.npy", "middle:0.5", "top:0.5"),
                new Case("a SPEC outside the picture", 2, "corrupt DIR/p.npy --mask box:4,4,8,8 -o OUT/c.npy", "box"),
                new Case("a SPEC of nothing", 2, "corrupt DIR/p.npy --mask top:0.01 -o OUT/c.npy", "top:0.01"),
                new Case(
                        "a mask without its meaning",
                        2,
                        "complete DIR/good.engram DIR/p.npy --mask DIR/mask3.npy -o OUT/o.npy",
                        "--mask-means"),
                new Case("nothing known", 2, "complete DIR/good.engram DIR/p.npy -o OUT/o.npy", "--known"),
                new Case(
                        "no iterations",
                        2,
                        "recall DIR/good.engram DIR/p.npy --iterations 0 -o OUT/o.npy",
                        "--iterations"),
                new Case("output over input", 2, "corrupt DIR/p.npy --noise-std 1 -o DIR/p.npy", "overwrite"),
                new Case("output over memory", 2, "recall DIR/good.engram DIR/p.npy -o DIR/good.engram", "good.engram"),
                new Case("a table with semicolons", 3, "learn DIR/semicolons.csv" + learn, "semicolons", "commas"),
                new Case("a ragged table", 3, "learn DIR/ragged.csv" + learn, "ragged.csv", "line 3 has 1 cells"),
                new Case(
                        "an id that is there twice", 3, "learn DIR/twice.csv --id a" + learn, "lines 2 and 3", "\"x\""),
                new Case("text among numbers", 3, "learn DIR/text.csv" + learn, "line 3", "column b", "four"),
                new Case("a table to resize", 3, "learn DIR/twice.csv --resize 8x8" + learn, "--resize"),
                new Case("a table without the columns", 3, "recall DIR/good.engram DIR/twice.csv -o OUT/o.npy", "64"),
                new Case("an id of an array", 2, "learn DIR/p.npy --id a" + learn, "no table"),
                new Case("an output of no known kind", 2, "corrupt DIR/p.npy --noise-std 1 -o OUT/c.png", ".npy"),
                new Case("unwritable output", 1, "learn DIR/p.npy -o OUT/absent/m.engram", "absent", "does not exist"),
                new Case("an output in the way of a folder", 1, "learn DIR/p.npy -o OUT", "is a folder"),
                new Case("a folder with files of others", 1, "corrupt DIR/p.npy --noise-std 1 -o DIR/mixed", "mixed"),
                new Case("a truncated memory", 4, "verify DIR/truncated.engram", "truncated"),
                new Case("a bit-flipped memory", 4, "recall DIR/flipped.engram DIR/p.npy -o OUT/o.npy", "checksum"),
                new Case("a newer format", 4, "inspect DIR/newer.engram", "format version 2", "update"),
                new Case("a text file as memory", 4, "verify DIR/text.npy", "text.npy"),
                new Case("an array as memory", 4, "verify DIR/p.npy", "not a memory file"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneLineTheRightExitCodeAndNothingWritten(Case bad) throws IOException {
        Map<String, String> before = contents();
        Object[] words = Arrays.stream(bad.command.split(" "))
                .map(w -> w.replace("DIR", samples.toString()).replace("OUT", outputs.toString()))
                .toArray();

        Cli.Result result = Cli.run(words);

        assertThat(result.exitCode()).as(result.err()).isEqualTo(bad.exitCode);
        assertThat(result.errorLines()).hasSize(1);
        assertThat(result.err()).startsWith("engram: ").contains(bad.says).doesNotContain("\tat ", "internal error");
        assertThat(result.out()).isEmpty();
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void debugShowsTheStackTrace() {
        Cli.Result result = Cli.run("verify", samples.resolve("text.npy"), "--debug");
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("\tat dev.engram");
    }

    @Test
    void divergedLearningFailsAndWritesNothing() {
        Cli.Result result = Cli.run(
                "learn",
                samples.resolve("p.npy"),
                "-o",
                outputs.resolve("m.engram"),
                "--learning",
                "gradient",
                "--optimiser",
                "plain",
                "--learning-rate",
                "1e30",
                "--updates",
                50);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("engram: The learning diverged").contains("--learning-rate");
        assertThat(outputs).isEmptyDirectory();
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (Path folder : List.of(samples, outputs)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.toList()) {
                    contents.put(
                            path.toString(),
                            Files.isDirectory(path) ? "" : Arrays.hashCode(Files.readAllBytes(path)) + "");
                }
            }
        }
        return contents;
    }

    @BeforeAll
    static void makeSamples() throws IOException {
        Path patterns = Samples.npy(samples.resolve("p.npy"), 4, Samples.GREY);
        Samples.npy(samples.resolve("wide.npy"), 2, Shape.of(9, 8));
        Files.createDirectory(samples.resolve("empty"));
        mixedSizes(samples.resolve("mixed"));
        Files.writeString(samples.resolve("text.npy"), "this is not an array, it only looks like one\n");
        Files.writeString(samples.resolve("semicolons.csv"), "a;b\n1,5;2\n");
        Files.writeString(samples.resolve("ragged.csv"), "a,b\n1,2\n3\n");
        Files.writeString(samples.resolve("twice.csv"), "a,b\nx,2\nx,3\n");
        Files.writeString(samples.resolve("text.csv"), "a,b\n1,2\n3,four\n5,6\n");
        truncatedNpz(samples.resolve("truncated.npz"), patterns);
        Matrix nan = Samples.patterns(3, Samples.GREY, 1);
        nan.set(1, 5, Float.NaN);
        Samples.npy(samples.resolve("nan.npy"), Samples.GREY, nan);
        booleans(samples.resolve("mask7x8.npy"), 7, 8);
        booleans(samples.resolve("mask3.npy"), 3, 8, 8);

        byte[] good = Files.readAllBytes(Cli.learned(patterns, samples.resolve("good.engram")));
        Files.write(samples.resolve("truncated.engram"), Arrays.copyOf(good, good.length - 100));
        byte[] flipped = good.clone();
        flipped[good.length - 50] ^= 4;
        Files.write(samples.resolve("flipped.engram"), flipped);
        String newer = new String(good, StandardCharsets.ISO_8859_1)
                .replace("\"format_version\":\"1\"", "\"format_version\":\"2\"");
        Files.write(samples.resolve("newer.engram"), newer.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void mixedSizes(Path folder) throws IOException {
        Files.createDirectory(folder);
        for (int size = 5; size < 7; size++) {
            Shape shape = Shape.of(size, size);
            ImageWriter.writePng(
                    folder.resolve(size + ".png"), Samples.patterns(1, shape, 1).row(0), shape);
        }
    }

    private static void truncatedNpz(Path file, Path npy) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("images.npy"));
            zip.write(Files.readAllBytes(npy));
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    }

    /** An array of type bool: NumPy's float header with another type, padded to the same length, and bytes. */
    public static void booleans(Path file, int... shape) throws IOException {
        int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        NpyWriter.write(file, shape, new float[count]);
        byte[] floats = Files.readAllBytes(file);
        String header = new String(floats, 0, floats.length - 4 * count, StandardCharsets.ISO_8859_1);
        byte[] bytes = Arrays.copyOf(
                header.replace("'<f4'", "'|b1'").getBytes(StandardCharsets.ISO_8859_1), header.length() + count);
        for (int i = 0; i < count; i += 2) {
            bytes[header.length() + i] = 1;
        }
        Files.write(file, bytes);
        assertThat(NpyReader.read(file).booleans()).hasSize(count);
    }
}
