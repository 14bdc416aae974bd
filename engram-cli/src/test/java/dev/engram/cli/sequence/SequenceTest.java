package dev.engram.cli.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.cli.Samples;
import dev.engram.io.image.ImageWriter;
import dev.engram.io.numpy.NpyReader;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** sequence learn, sequence replay: what was stored in order comes back in order. */
class SequenceTest {
    @TempDir
    Path folder;

    @Test
    void theRestOfASequenceFollowsItsFirstFrame() {
        Matrix frames = Samples.patterns(6, Samples.GREY, 1);
        Path film = Samples.npy(folder.resolve("film.npy"), Samples.GREY, frames);
        Path first = Samples.npy(folder.resolve("first.npy"), Samples.GREY, frames.slice(0, 1));
        Path rest = Samples.npy(folder.resolve("rest.npy"), Samples.GREY, frames.slice(1, 6));
        Path memory = folder.resolve("film.engram");
        for (String[] how : new String[][] {{}, {"--direct"}}) {
            Cli.Result learned = run("learn", film, "-o", memory, how);
            assertThat(learned.exitCode()).as(learned.err()).isZero();
            assertThat(learned.err()).contains("5 of 5 frames are predicted").contains("1 sequence, 6 frames");
            Path out = folder.resolve("out.npy");
            Cli.Result replayed = Cli.run("sequence", "replay", memory, first, "-o", out);
            assertThat(replayed.exitCode()).as(replayed.err()).isZero();
            assertThat(NpyReader.read(out).shape()).containsExactly(5, 8, 8);
            assertThat(Cli.run("score", rest, out).out()).contains("Recovered 5 of 5");
        }
    }

    @Test
    void severalInputsAreSeveralSequencesAndMayShareFrames() {
        Matrix f = Samples.patterns(5, Samples.GREY, 2);
        Path one = Samples.npy(folder.resolve("one.npy"), Samples.GREY, f.rows(0, 1, 2));
        Path two = Samples.npy(folder.resolve("two.npy"), Samples.GREY, f.rows(3, 1, 4));
        Path memory = folder.resolve("m.engram");

        assertThat(Cli.run("sequence", "learn", one, two, "-o", memory, "--direct")
                        .err())
                .contains("2 of 4 frames are predicted", "warning: ", "leave --direct out");
        assertThat(Cli.run("sequence", "learn", one, two, "-o", memory).err()).contains("4 of 4 frames are predicted");
        Path out = folder.resolve("out.npy");
        Path expected = Samples.npy(folder.resolve("e.npy"), Samples.GREY, f.rows(1, 4));
        Path cue = Samples.npy(folder.resolve("c.npy"), Samples.GREY, f.rows(3, 1));
        Cli.Result online = Cli.run("sequence", "replay", memory, cue, "-o", out, "--online", "--json");
        assertThat(online.exitCode()).as(online.err()).isZero();
        assertThat(online.out()).contains("\"online\" : true", "\"frame2\"");
        assertThat(Cli.run("score", expected, out).out()).contains("Recovered 2 of 2");
    }

    @Test
    void picturesAreReplayedIntoAFolderInOrder() throws IOException {
        Path film = Samples.pictures(folder.resolve("film"), 4, Samples.RGB);
        Path memory = folder.resolve("m.engram");
        assertThat(Cli.run("sequence", "learn", film, "-o", memory).exitCode()).isZero();
        Path out = folder.resolve("out");
        Cli.Result result = Cli.run("sequence", "replay", memory, film, "--limit", 1, "--steps", 2, "-o", out);
        assertThat(result.exitCode()).as(result.err()).isZero();
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".png")))
                    .containsExactlyInAnyOrder("000-frame1.png", "001-frame2.png");
        }
    }

    /** frame1 .. frame12, of which frame k has its bar in column k - 1. */
    @Test
    void framesFollowEachOtherByTheNumbersInTheirNames() {
        Shape shape = Shape.of(8, 12);
        Matrix frames = Matrix.zeros(12, shape.values());
        for (int t = 0; t < 12; t++) {
            for (int y = 0; y < 8; y++) {
                frames.set(t, 12 * y + t, 1);
            }
            ImageWriter.writePng(film().resolve("frame%d.png".formatted(t + 1)), frames.row(t), shape);
        }
        Path memory = folder.resolve("m.engram");
        Cli.Result learned = Cli.run("sequence", "learn", film(), "-o", memory);
        assertThat(learned.exitCode()).as(learned.err()).isZero();
        assertThat(learned.err()).contains("in the order of the numbers in their names: frame9.png before frame10.png");
        Path first = Samples.npy(folder.resolve("first.npy"), shape, frames.slice(0, 1));
        Path rest = Samples.npy(folder.resolve("rest.npy"), shape, frames.slice(1, 12));
        Path out = folder.resolve("out.npy");
        Cli.Result replayed = Cli.run("sequence", "replay", memory, first, "-o", out);
        assertThat(replayed.exitCode()).as(replayed.err()).isZero();
        assertThat(Cli.run("score", rest, out).out()).contains("Recovered 11 of 11");
    }

    private Path film() {
        Path film = folder.resolve("numbered");
        film.toFile().mkdirs();
        return film;
    }

    @Test
    void inspectAndVerifyKnowSequences() throws IOException {
        Path one = Samples.npy(folder.resolve("one.npy"), 4, Samples.GREY);
        Path two = Samples.npy(folder.resolve("two.npy"), 3, Samples.GREY);
        Path memory = folder.resolve("m.engram");
        for (String[] how : new String[][] {{"tpc-hidden"}, {"tpc", "--direct"}}) {
            Object[] learn = how.length == 1
                    ? new Object[] {"sequence", "learn", one, two, "-o", memory}
                    : new Object[] {"sequence", "learn", one, two, "-o", memory, how[1]};
            assertThat(Cli.run(learn).exitCode()).isZero();
            assertThat(Cli.run("inspect", memory).out())
                    .containsPattern("model +" + how[0] + "\n")
                    .contains("7 of shape 8x8, in sequences of 4, 3", "of 5 predicted", "activation");
            assertThat(Cli.run("inspect", memory, "--json").out())
                    .contains("\"frames\" : 7", "\"lengths\" : [ 4, 3 ]", "\"predicted\" : ");
            Cli.Result verified = Cli.run("verify", memory);
            assertThat(verified.exitCode()).as(verified.err()).isZero();
            assertThat(verified.out()).contains("is whole", how[0] + " memory");
        }
        byte[] bytes = Files.readAllBytes(memory);
        bytes[bytes.length - 3] ^= 1;
        Files.write(memory, bytes);
        assertThat(Cli.run("verify", memory).exitCode()).isEqualTo(4);
    }

    @Test
    void wrongUsageAndInputAreSaidPlainly() {
        Path film = Samples.npy(folder.resolve("film.npy"), 3, Samples.GREY);
        Path single = Samples.npy(folder.resolve("single.npy"), 1, Samples.GREY);
        Path colour = Samples.npy(folder.resolve("colour.npy"), 3, Samples.RGB);
        Path memory = folder.resolve("m.engram");
        assertRefused(2, "--direct has no hidden layer", "learn", film, "-o", memory, "--direct", "--hidden", 9);
        assertRefused(3, "at least two frames", "learn", single, "-o", memory);
        assertRefused(3, "must agree", "learn", film, colour, "-o", memory);
        assertThat(Cli.run("sequence", "learn", film, "-o", memory).exitCode()).isZero();
        Path out = folder.resolve("o.npy");
        assertRefused(2, "--steps", "replay", memory, film, "-o", out, "--online", "--steps", 3);
        assertRefused(3, "have shape 6x5x3", "replay", memory, colour, "-o", out);
        assertRefused(2, "-o", "learn", film);
        Cli.Result recalled = Cli.run("recall", memory, film, "-o", out);
        assertThat(recalled.exitCode()).isEqualTo(4);
        assertThat(recalled.err()).contains("holds sequences", "engram sequence replay");
        assertThat(Cli.run("sequence").exitCode()).isEqualTo(2);
    }

    private static void assertRefused(int exitCode, String message, Object... args) {
        Object[] words = new Object[args.length + 1];
        words[0] = "sequence";
        System.arraycopy(args, 0, words, 1, args.length);
        Cli.Result result = Cli.run(words);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.err()).contains(message);
    }

    private static Cli.Result run(String command, Path input, String option, Path output, String... more) {
        Object[] words = new Object[5 + more.length];
        words[0] = "sequence";
        words[1] = command;
        words[2] = input;
        words[3] = option;
        words[4] = output;
        System.arraycopy(more, 0, words, 5, more.length);
        return Cli.run(words);
    }
}
