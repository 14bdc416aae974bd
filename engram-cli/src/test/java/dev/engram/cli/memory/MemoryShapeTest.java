package dev.engram.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.cli.Samples;
import dev.engram.io.image.DecodedImage;
import dev.engram.io.image.ImageDecoder;
import dev.engram.io.image.ImageWriter;
import dev.engram.memory.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A memory of pictures of 6x5 that were 18x10 and 12x10, and is asked with such. */
class MemoryShapeTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private Path photos = Path.of("");

    @BeforeEach
    void pictures() throws IOException {
        photos = Files.createDirectory(folder.resolve("photos"));
        picture("a", Shape.of(10, 18, 3), 1);
        picture("b", Shape.of(10, 12, 3), 2);
        picture("c", Shape.of(10, 18, 3), 3);
    }

    private void picture(String name, Shape shape, long seed) {
        float[] values = Samples.patterns(1, shape, seed).row(0);
        ImageWriter.writePng(photos.resolve(name + ".png"), values, shape);
    }

    private static Cli.Result done(Object... words) {
        Cli.Result result = Cli.run(words);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private Path learned(Object... more) {
        Path memory = folder.resolve("m.engram");
        Object[] words = {"learn", photos, "-o", memory, "--resize", "6x5", "--updates", 20};
        Object[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        done(all);
        return memory;
    }

    private byte[] recalled(Path memory, Object... more) throws IOException {
        Path out = folder.resolve("o.npy");
        Object[] all = Arrays.copyOf(new Object[] {"recall", memory, photos, "-o", out}, 5 + more.length);
        System.arraycopy(more, 0, all, 5, more.length);
        done(all);
        return Files.readAllBytes(out);
    }

    @Test
    void cuesAreBroughtToTheMemorysSizeAsIfThatWereSaid() throws IOException {
        Path memory = learned();
        assertThat(recalled(memory)).isEqualTo(recalled(memory, "--resize", "6x5"));
        assertThat(Cli.run("recall", memory, photos, "-o", folder.resolve("o.npy"))
                        .err())
                .contains("3 of 3 pictures were resized from 18x10 and other sizes to 6x5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"crop", "pad"})
    void cuesAreFittedAsThePatternsWere(String fit) throws IOException {
        Path memory = learned("--fit", fit);
        JsonNode inspected = JSON.readTree(done("inspect", memory, "--json").out());
        assertThat(inspected.at("/options/fit").stringValue()).isEqualTo(fit);
        assertThat(done("inspect", memory).out()).containsPattern("fit +" + fit);
        byte[] silent = recalled(memory);
        assertThat(silent).isEqualTo(recalled(memory, "--fit", fit));
        assertThat(silent).isEqualTo(recalled(memory, "--fit", fit, "--resize", "6x5"));
        assertThat(silent).isNotEqualTo(recalled(memory, "--fit", "stretch"));
        done("complete", memory, photos, "--known", "top:0.6", "-o", folder.resolve("c"));
        assertThat(done("score", photos, folder.resolve("c"), "--fit", fit).out())
                .contains("Recovered 3 of 3");
    }

    @Test
    void greyCuesOfAColouredMemoryBecomeRgb() {
        Path memory = learned();
        Path grey = Samples.pictures(folder.resolve("grey"), 2, Samples.GREY);
        assertThat(done("recall", memory, grey, "-o", folder.resolve("o")).err())
                .contains("2 of 2 pictures were grey and became RGB")
                .contains("resized from 8x8 to 6x5");
    }

    @Test
    void storeForgetAndFamiliarReadSo() {
        Path memory = learned("--hidden", 16, "--prior", "codes", "--keep-originals");
        JsonNode familiar =
                JSON.readTree(done("familiar", memory, photos, "--json").out());
        assertThat(familiar.at("/notes/0").stringValue()).contains("to 6x5");
        assertThat(familiar.at("/unfamiliar").intValue()).isZero();
        JsonNode again = JSON.readTree(done("store", memory, photos, "--json").out());
        assertThat(again.at("/known").intValue()).isEqualTo(3);
        JsonNode forgotten = JSON.readTree(
                done("forget", memory, photos.resolve("b.png"), "--json").out());
        assertThat(forgotten.at("/forgotten/0").intValue()).isEqualTo(1);
        JsonNode stored = JSON.readTree(
                done("store", memory, photos.resolve("b.png"), "--json").out());
        assertThat(stored.at("/stored").intValue()).isEqualTo(1);
    }

    @Test
    void framesOfSequencesToo() throws IOException {
        Path memory = folder.resolve("s.engram");
        done("sequence", "learn", photos, "-o", memory, "--resize", "6x5", "--fit", "crop");
        Path first = photos.resolve("a.png");
        done("sequence", "replay", memory, first, "-o", folder.resolve("a.npy"));
        done("sequence", "replay", memory, first, "-o", folder.resolve("b.npy"), "--resize", "6x5", "--fit", "crop");
        assertThat(Files.readAllBytes(folder.resolve("a.npy"))).isEqualTo(Files.readAllBytes(folder.resolve("b.npy")));
    }

    @Test
    void answersHaveTheSizesOfTheirCuesWhereThatIsAsked() {
        Path memory = learned();
        Path out = folder.resolve("o");
        Cli.Result result = done("recall", memory, photos, "-o", out, "--output-size", "cue", "--json");
        assertThat(JSON.readTree(result.out()).at("/output_size").stringValue()).isEqualTo("cue");
        assertThat(ImageDecoder.decode(out.resolve("000-a.png")).size()).isEqualTo("18x10");
        assertThat(ImageDecoder.decode(out.resolve("001-b.png")).size()).isEqualTo("12x10");
        done("recall", memory, photos, "-o", out);
        assertThat(ImageDecoder.decode(out.resolve("000-a.png")).size()).isEqualTo("6x5");
    }

    @Test
    void whatIsKnownStaysAsItIsInTheCue() {
        Path memory = learned();
        Path out = folder.resolve("o");
        done("complete", memory, photos, "--known", "top:0.6", "-o", out, "--output-size", "cue");
        DecodedImage cue = ImageDecoder.decode(photos.resolve("a.png"));
        DecodedImage answer = ImageDecoder.decode(out.resolve("000-a.png"));
        int known = 6 * 18 * 3; // 0.6 of ten rows
        assertThat(answer.size()).isEqualTo("18x10");
        assertThat(answer.values()).startsWith(Arrays.copyOf(cue.values(), known));
        int changed = 0;
        for (int i = known; i < cue.values().length; i++) {
            changed += cue.values()[i] == answer.values()[i] ? 0 : 1;
        }
        assertThat(changed)
                .as("of %d values below", cue.values().length - known)
                .isGreaterThan(200);
    }

    @Test
    void aMaskMayBeAPictureOfTheCuesSize() {
        Path memory = learned();
        Path out = folder.resolve("o");
        Path cue = photos.resolve("a.png");
        float[] hole = new float[10 * 18];
        Arrays.fill(hole, 6 * 18, hole.length, 1); // the lower four rows, of which 6x5 makes two
        ImageWriter.writePng(folder.resolve("hole.png"), hole, Shape.of(10, 18));
        Object[] asked = {"complete", memory, cue, "-o", out, "--output-size", "cue", "--mask-means", "missing"};
        Object[] all = Arrays.copyOf(asked, asked.length + 2);
        all[asked.length] = "--mask";
        all[asked.length + 1] = folder.resolve("hole.png");
        assertThat(done(all).err()).contains("the mask was brought from 18x10 to 6x5");
        int above = 4 * 18 * 3; // the rows of which no part is missing
        assertThat(ImageDecoder.decode(out.resolve("000-a.png")).values())
                .startsWith(Arrays.copyOf(ImageDecoder.decode(cue).values(), above));
    }

    @Test
    void whatCropCutsOffStaysAsItIsInTheCue() {
        Path memory = learned("--fit", "crop");
        Path out = folder.resolve("o");
        done("recall", memory, photos.resolve("a.png"), "-o", out, "--output-size", "cue");
        DecodedImage cue = ImageDecoder.decode(photos.resolve("a.png"));
        DecodedImage answer = ImageDecoder.decode(out.resolve("000-a.png"));
        for (int y = 0; y < 10; y++) {
            for (int i = 0; i < 3 * 3; i++) { // 12 of 18 columns are seen
                int left = y * 18 * 3 + i;
                int right = left + 15 * 3;
                assertThat(answer.values()[left]).isEqualTo(cue.values()[left]);
                assertThat(answer.values()[right]).isEqualTo(cue.values()[right]);
            }
        }
        assertThat(answer.values()[5 * 18 * 3 + 9 * 3]).isNotEqualTo(cue.values()[5 * 18 * 3 + 9 * 3]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recall DIR/m.engram DIR/photos -o DIR/o --resize 4x4 | 3 | Maybe use --resize 6x5",
                "recall DIR/m.engram DIR/grey.npy -o DIR/o | 3 | 8x8",
                "complete DIR/m.engram DIR/wide.npy --known top:0.5 -o DIR/o | 3 | Maybe use --resize 6x5",
                "recall DIR/m.engram DIR/photos -o DIR/o.npy --output-size cue | 2 | name of a folder",
                "recall DIR/m.engram DIR/fits.npy -o DIR/o --output-size cue | 2 | is for pictures",
                "recall DIR/m.engram DIR/photos -o DIR/o --output-size large | 2 | memory, cue",
                "recall DIR/m.engram DIR/photos -o DIR/o --fit round | 2 | stretch, crop, pad",
                "learn DIR/photos -o DIR/n.engram --fit crop | 2 | Maybe add --resize",
                "corrupt DIR/photos -o DIR/o --noise-std 1 --fit pad | 2 | Maybe add --resize"
            })
    void whatDoesNotFitIsRefusedInOneLine(String command, int exitCode, String says) {
        learned();
        Samples.npy(folder.resolve("grey.npy"), 2, Samples.GREY);
        Samples.npy(folder.resolve("wide.npy"), 2, Shape.of(10, 18, 3));
        Samples.npy(folder.resolve("fits.npy"), 2, Shape.of(5, 6, 3));
        Cli.Result result = Cli.run(
                (Object[]) command.strip().replace("DIR", folder.toString()).split(" "));
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.errorLines()).hasSize(1);
        assertThat(result.err()).contains(says.strip());
    }
}
