package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.io.numpy.NpyReader;
import dev.engram.memory.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** learn, corrupt, complete or recall, score: what was stored comes back. */
class RoundTripTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"top:0.5", "left:0.5", "random:0.4", "random-each:0.4", "box:1,1,6,5"})
    void storedPatternsComeBackFromAPart(String known) {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 6, Samples.GREY);
        Path memory = Cli.learned(patterns, folder.resolve("m.engram"));

        assertDone(Cli.run("corrupt", patterns, "-o", folder.resolve("c.npy"), "--mask", known, "--seed", 5));
        assertDone(Cli.run(
                "complete",
                memory,
                folder.resolve("c.npy"),
                "--known",
                known,
                "--seed",
                5,
                "-o",
                folder.resolve("o.npy")));

        Cli.Result score = Cli.run("score", patterns, folder.resolve("o.npy"));
        assertThat(score.out()).contains("Recovered 6 of 6 (100 %) at MSE < 0.001");
        assertThat(NpyReader.read(folder.resolve("o.npy")).shape()).containsExactly(6, 8, 8);
    }

    @Test
    void foldersOfPicturesWorkAllTheWay() throws IOException {
        Path patterns = Samples.pictures(folder.resolve("p"), 5, Samples.RGB);
        Path memory = Cli.learned(patterns, folder.resolve("m.engram"));

        assertDone(Cli.run("corrupt", patterns, "-o", folder.resolve("c"), "--mask", "top:0.5"));
        assertDone(Cli.run("complete", memory, folder.resolve("c"), "--known", "top:0.5", "-o", folder.resolve("o")));

        assertThat(Cli.run("score", patterns, folder.resolve("o")).out()).contains("Recovered 5 of 5");
        try (Stream<Path> files = Files.list(folder.resolve("o"))) {
            assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".png")))
                    .containsExactlyInAnyOrder("000-p0.png", "001-p1.png", "002-p2.png", "003-p3.png", "004-p4.png");
        }
    }

    @Test
    void noiseIsTakenAway() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 2, Shape.of(600));
        Path memory = Cli.learned(patterns, folder.resolve("m.engram"));
        assertDone(Cli.run("corrupt", patterns, "-o", folder.resolve("c.npy"), "--noise-variance", 0.2, "--seed", 2));
        assertDone(Cli.run("recall", memory, folder.resolve("c.npy"), "-o", folder.resolve("o.npy")));

        assertThat(Cli.run("score", patterns, folder.resolve("c.npy"), "--threshold", 0.1)
                        .out())
                .contains("Recovered 0 of 2");
        assertThat(Cli.run("score", patterns, folder.resolve("o.npy"), "--threshold", 0.005)
                        .out())
                .contains("Recovered 2 of 2");
    }

    @Test
    void theSameSeedMakesTheSameBytes() throws IOException {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 4, Samples.GREY);
        byte[] first = Files.readAllBytes(Cli.learned(patterns, folder.resolve("a.engram")));
        byte[] second = Files.readAllBytes(Cli.learned(patterns, folder.resolve("b.engram")));
        assertDone(Cli.run("learn", patterns, "-o", folder.resolve("c.engram"), "--updates", 20, "--seed", 4));

        assertThat(second).isEqualTo(first);
        assertThat(Files.readAllBytes(folder.resolve("c.engram"))).isNotEqualTo(first);
    }

    @Test
    void learnSaysTheSizeItChoseAndAuditsTheMemory() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 20, Samples.GREY);
        Cli.Result result = Cli.run("learn", patterns, "-o", folder.resolve("m.engram"));

        assertThat(result.err()).contains("38 hidden value nodes (chosen").contains("regenerates 20 of 20 patterns");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void learnWarnsPastItsCapacityAndAdvises() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 20, Samples.GREY);
        Cli.Result result = Cli.run("learn", patterns, "-o", folder.resolve("m.engram"), "--hidden", 2);

        assertThat(result.exitCode()).isZero();
        assertThat(result.err())
                .contains("warning: ")
                .contains("past its capacity")
                .contains("Maybe use --hidden 38");
    }

    @Test
    void limitReadsTheFirstPatternsOnly() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 9, Samples.GREY);
        assertDone(Cli.run("learn", patterns, "-o", folder.resolve("m.engram"), "--limit", 4, "--updates", 5));

        assertThat(Cli.run("inspect", folder.resolve("m.engram")).out()).contains("4 of shape 8x8");
    }

    @Test
    void inspectAndVerifyDescribeAWholeMemory() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 3, Samples.GREY);
        Path memory = Cli.learned(patterns, folder.resolve("m.engram"));

        assertThat(Cli.run("inspect", memory).out())
                .contains("pcn", "64-32 RELU", "3 of shape 8x8", "local-least-squares", "seed 3");
        Cli.Result verify = Cli.run("verify", memory);
        assertThat(verify.exitCode()).isZero();
        assertThat(verify.out()).contains("is whole");
    }

    @Test
    void gradientLearningAndMoreLayersLearn() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 3, Samples.GREY);
        Path memory = folder.resolve("m.engram");

        assertDone(Cli.run("learn", patterns, "-o", memory, "--learning", "gradient", "--updates", 30));
        assertDone(Cli.run("learn", patterns, "-o", memory, "--layers", 3, "--updates", 5, "--activation", "tanh"));
        assertThat(Cli.run("inspect", memory).out()).contains("64-32-32 TANH");
    }

    @Test
    void noiseIsClippedInPicturesOnlyAndSaidSo() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 3, Samples.GREY);

        assertThat(Cli.run("corrupt", patterns, "-o", folder.resolve("c"), "--noise-std", 1)
                        .err())
                .contains("values were clipped");
        assertThat(Cli.run("corrupt", patterns, "-o", folder.resolve("c.npy"), "--noise-std", 1)
                        .err())
                .doesNotContain("clipped");
        float[] noisy = NpyReader.read(folder.resolve("c.npy")).values();
        boolean outside = false;
        for (float value : noisy) {
            outside |= value < 0 || value > 1;
        }
        assertThat(outside).isTrue();
    }

    private static void assertDone(Cli.Result result) {
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEmpty();
    }
}
