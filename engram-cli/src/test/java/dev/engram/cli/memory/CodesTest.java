package dev.engram.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.cli.Samples;
import dev.engram.io.numpy.NpyReader;
import dev.engram.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Memories with codes: they say which pattern a cue is, that several fit, or that they know none. */
class CodesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int VALUES = Samples.GREY.values();
    private static final int STORED = 8;

    @TempDir
    Path folder;

    @Test
    void learningSaysWhatIsKeptBesideTheNetwork() {
        Path patterns = stored();
        Cli.Result plain = learn(patterns, "m.engram");
        Cli.Result codes = learn(patterns, "c.engram", "--prior", "codes");
        Cli.Result originals = learn(patterns, "o.engram", "--prior", "codes", "--keep-originals");

        assertThat(codes.err()).contains("regenerates 8 of 8", "codes", "8 of 32 value nodes", "not kept", "novelty");
        assertThat(codes.err()).contains("note: 8 patterns can support a false-alarm rate of");
        JsonNode json = JSON.readTree(codes.out());
        assertThat(json.at("/prior").stringValue()).isEqualTo("codes");
        assertThat(json.at("/codes/bytes").longValue())
                .isEqualTo(bytesStored(codes) - bytesStored(plain))
                .isGreaterThanOrEqualTo(4L * STORED * 32);
        assertThat(bytesStored(originals) - bytesStored(codes)).isEqualTo(4L * STORED * VALUES);
        // What is kept beside the network says nothing of how well the network does.
        assertThat(JSON.readTree(originals.out()).at("/audit")).isEqualTo(json.at("/audit"));
        // One of nine exchangeable numbers is the least with probability 1/9.
        assertThat(json.at("/calibration/false_alarm_rate").doubleValue()).isEqualTo(1.0 / 9);
        assertThat(JSON.readTree(plain.out()).at("/prior").stringValue()).isEqualTo("vector");
    }

    @Test
    void inspectShowsCodesOriginalsAndCalibration() {
        learn(stored(), "m.engram", "--prior", "codes", "--keep-originals");
        assertThat(Cli.run("inspect", folder.resolve("m.engram")).out())
                .contains("64-32 RELU", "8 of 32 value nodes", "kept, 2.0", "unfamiliar above", "held out");
        JsonNode json = JSON.readTree(
                Cli.run("inspect", folder.resolve("m.engram"), "--json").out());
        assertThat(json.at("/codes/count").intValue()).isEqualTo(STORED);
        assertThat(json.at("/originals_bytes").longValue()).isEqualTo(4L * STORED * VALUES);
        assertThat(json.at("/calibration/held_out").intValue()).isEqualTo(STORED);
    }

    @Test
    void recallNamesThePatternAndGivesKeptOriginalsBackBitForBit() throws IOException {
        Path patterns = stored();
        learn(patterns, "m.engram", "--prior", "codes", "--keep-originals");
        assertDone(Cli.run("corrupt", patterns, "-o", folder.resolve("c.npy"), "--noise-std", 0.1, "--seed", 2));
        Cli.Result result = ask("recall", "c.npy");

        assertThat(result.err()).contains("Of 8: 8 recalled, 0 ambiguous, 0 unfamiliar.");
        JsonNode json = JSON.readTree(result.out());
        assertThat(json.at("/recalled").intValue()).isEqualTo(STORED);
        for (int i = 0; i < STORED; i++) {
            JsonNode answer = json.at("/answers/" + i);
            assertThat(answer.at("/answer").stringValue()).isEqualTo("recalled");
            assertThat(answer.at("/index").intValue()).isEqualTo(i);
            assertThat(answer.at("/margin").doubleValue()).isBetween(0.0, 0.5);
        }
        assertThat(Files.readAllBytes(folder.resolve("o.npy"))).isEqualTo(Files.readAllBytes(patterns));
    }

    @Test
    void iteratingDoesNotMakeAnUnfamiliarCueFamiliar() {
        learn(stored(), "m.engram", "--prior", "codes");
        halfWay("h.npy");
        for (int iterations = 1; iterations < 4; iterations += 2) {
            JsonNode json = JSON.readTree(
                    ask("recall", "h.npy", "--iterations", iterations).out());
            assertThat(json.at("/unfamiliar").intValue()).isEqualTo(1);
            assertThat(json.at("/answers/0/score").doubleValue()).isBetween(0.45, 0.55);
        }
    }

    @Test
    void completionNamesThePatternsThatTheKnownPartCannotTellApart() {
        Matrix twins = Samples.patterns(STORED, Samples.GREY, 1);
        System.arraycopy(twins.data(), 0, twins.data(), 5 * VALUES, VALUES / 2); // 5 has the upper half of 0
        Path patterns = Samples.npy(folder.resolve("p.npy"), Samples.GREY, twins);
        learn(patterns, "m.engram", "--prior", "codes");
        Cli.Result result = ask("complete", "p.npy", "--known", "top:0.5");

        assertThat(result.err()).contains("Of 8: 6 recalled, 2 ambiguous, 0 unfamiliar.");
        JsonNode json = JSON.readTree(result.out());
        for (int cue : new int[] {0, 5}) {
            JsonNode candidates = json.at("/answers/" + cue + "/candidates");
            assertThat(new int[] {
                        candidates.at("/0/index").intValue(),
                        candidates.at("/1/index").intValue()
                    })
                    .containsExactlyInAnyOrder(0, 5);
            assertThat(candidates.size()).isEqualTo(2);
        }
    }

    @Test
    void unmarkedDamageIsFoundAndPutRight() {
        Path patterns = stored();
        learn(patterns, "m.engram", "--prior", "codes", "--keep-originals");
        Matrix damaged = Samples.patterns(STORED, Samples.GREY, 1);
        for (int cue = 0; cue < STORED; cue++) {
            Arrays.fill(damaged.data(), cue * VALUES, cue * VALUES + 24, 2f); // three rows, far from all that is stored
        }
        Samples.npy(folder.resolve("d.npy"), Samples.GREY, damaged);
        Cli.Result result = ask("recall", "d.npy", "--damage", "unmarked", "--confidence", folder.resolve("k.npy"));

        assertThat(result.err()).contains("8 recalled", "Trusted 62.5 % of the values.");
        assertThat(Cli.run("score", patterns, folder.resolve("o.npy")).out()).contains("Recovered 8 of 8");
        assertThat(NpyReader.read(folder.resolve("k.npy")).shape()).containsExactly(STORED, 8, 8);
        float[] trusted = NpyReader.read(folder.resolve("k.npy")).values();
        for (int at = 0; at < trusted.length; at++) {
            assertThat(trusted[at]).isEqualTo(at % VALUES < 24 ? 0 : 1);
        }
        assertThat(JSON.readTree(result.out()).at("/trusted_fraction").doubleValue())
                .isEqualTo(40.0 / 64);
    }

    @Test
    void familiarTellsStoredPatternsFromMixtures() {
        Path patterns = stored();
        learn(patterns, "m.engram", "--prior", "codes");
        assertThat(Cli.run("familiar", folder.resolve("m.engram"), patterns).out())
                .contains("number", "novelty", "0 of 8 cues unfamiliar", "false-alarm rate");

        Cli.Result mixed = Cli.run("familiar", folder.resolve("m.engram"), halfWay("h.npy"), "--json");
        assertDone(mixed);
        JsonNode json = JSON.readTree(mixed.out());
        assertThat(json.at("/unfamiliar").intValue()).isEqualTo(1);
        assertThat(json.at("/items/0/score").doubleValue())
                .isGreaterThan(json.at("/threshold").doubleValue());
        assertThat(json.at("/items/0/unfamiliar").booleanValue()).isTrue();
        assertThat(json.at("/items/0/energy").size()).isEqualTo(2);
    }

    @Test
    void twoPatternsAreTooFewToCalibrate() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 2, Samples.GREY);
        Cli.Result learned = learn(patterns, "m.engram", "--prior", "codes");
        assertThat(learned.err()).contains("Fewer than 3 patterns");
        Cli.Result result = Cli.run("familiar", folder.resolve("m.engram"), patterns, "--json");
        assertDone(result);
        assertThat(JSON.readTree(result.out()).at("/threshold").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "learn DIR/p.npy -o DIR/x.engram --model hopfield --prior codes | --prior has no meaning for --model hopfield",
                "learn DIR/p.npy -o DIR/x.engram --model covariance --keep-originals | Maybe use --model pcn",
                "learn DIR/p.npy -o DIR/x.engram --keep-originals | Maybe add --prior codes",
                "learn DIR/p.npy -o DIR/x.engram --prior matrix | vector, codes",
                "familiar DIR/v.engram DIR/p.npy | cannot. Maybe learn it again with --prior codes, or as --model nearest-neighbour.",
                "recall DIR/v.engram DIR/p.npy -o DIR/x.npy --damage unmarked | needs a memory that can tell its patterns",
                "recall DIR/m.engram DIR/p.npy -o DIR/x.npy --damage marked | noise, unmarked",
                "recall DIR/m.engram DIR/p.npy -o DIR/x.npy --confidence DIR/k.npy | Maybe add --damage unmarked",
                "recall DIR/m.engram DIR/p.npy -o DIR/x.npy --damage unmarked --iterations 2 | until it settles",
                "recall DIR/m.engram DIR/p.npy -o DIR/x.npy --damage unmarked --confidence DIR/k.png | k.png.npy",
                "recall DIR/m.engram DIR/p.npy -o DIR/x.npy --damage unmarked --confidence DIR/x.npy | two outputs",
                "recall DIR/m.engram DIR/p.npy -o DIR/x.npy --damage unmarked --confidence DIR/p.npy | overwrite"
            })
    void whatDoesNotGoTogetherIsRefused(String command, String says) {
        Path patterns = stored();
        learn(patterns, "v.engram");
        learn(patterns, "m.engram", "--prior", "codes");
        Cli.Result result = Cli.run(
                (Object[]) command.strip().replace("DIR", folder.toString()).split(" "));
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.errorLines()).hasSize(1);
        assertThat(result.err()).contains(says.strip());
        assertThat(folder.resolve("x.engram")).doesNotExist();
        assertThat(folder.resolve("x.npy")).doesNotExist();
    }

    @Test
    void cuesOfAnotherShapeAreRefused() {
        learn(stored(), "m.engram", "--prior", "codes");
        Path others = Samples.npy(folder.resolve("w.npy"), 2, Samples.RGB);
        Cli.Result result = Cli.run("familiar", folder.resolve("m.engram"), others);
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("8x8");
    }

    private Path stored() {
        return Samples.npy(folder.resolve("p.npy"), STORED, Samples.GREY);
    }

    /** One cue, in the middle between the first two patterns. */
    private Path halfWay(String name) {
        Matrix patterns = Samples.patterns(STORED, Samples.GREY, 1);
        Matrix middle = Matrix.zeros(1, VALUES);
        for (int j = 0; j < VALUES; j++) {
            middle.data()[j] = (patterns.get(0, j) + patterns.get(1, j)) / 2;
        }
        return Samples.npy(folder.resolve(name), Samples.GREY, middle);
    }

    private Cli.Result learn(Path patterns, String memory, Object... more) {
        return with(
                new Object[] {"learn", patterns, "-o", folder.resolve(memory), "--hidden", 32, "--updates", 20, "--json"
                },
                more);
    }

    private Cli.Result ask(String command, String cues, Object... more) {
        Object[] words = {
            command, folder.resolve("m.engram"), folder.resolve(cues), "-o", folder.resolve("o.npy"), "--json"
        };
        return with(words, more);
    }

    private static Cli.Result with(Object[] words, Object... more) {
        Object[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        Cli.Result result = Cli.run(all);
        assertDone(result);
        return result;
    }

    private static long bytesStored(Cli.Result learned) {
        return JSON.readTree(learned.out()).at("/bytes_stored").longValue();
    }

    private static void assertDone(Cli.Result result) {
        assertThat(result.exitCode()).as(result.err()).isZero();
    }
}
