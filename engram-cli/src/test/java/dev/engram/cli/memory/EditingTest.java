package dev.engram.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.cli.Samples;
import dev.engram.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** store, forget and audit on a memory of eight patterns and 32 hidden nodes. */
class EditingTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int STORED = 8;

    @TempDir
    Path folder;

    private Path memory = Path.of("");

    @BeforeEach
    void learn() {
        memory = folder.resolve("m.engram");
        Matrix patterns = Samples.patterns(STORED, Samples.GREY, 1);
        Path file = Samples.npy(folder.resolve("p.npy"), Samples.GREY, patterns);
        done("learn", file, "-o", memory, "--hidden", 32, "--updates", 20, "--prior", "codes", "--keep-originals");
    }

    private static Cli.Result done(Object... words) {
        Cli.Result result = Cli.run(words);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private Path fresh(int count) {
        return Samples.npy(folder.resolve("n.npy"), Samples.GREY, Samples.patterns(count, Samples.GREY, 2));
    }

    @Test
    void whatIsStoredIsRecalledBitForBitBesideTheOthers() throws IOException {
        Path fresh = fresh(3);
        JsonNode stored = JSON.readTree(done("store", memory, fresh, "--json").out());
        assertThat(stored.at("/stored").intValue()).isEqualTo(3);
        assertThat(stored.at("/patterns").intValue()).isEqualTo(11);
        assertThat(stored.at("/recalled").intValue()).isEqualTo(11);
        assertThat(stored.at("/capacity_left").intValue()).isEqualTo(32 - 11);
        for (Path patterns : new Path[] {fresh, folder.resolve("p.npy")}) {
            done("recall", memory, patterns, "-o", folder.resolve("o.npy"));
            assertThat(Files.readAllBytes(folder.resolve("o.npy"))).isEqualTo(Files.readAllBytes(patterns));
        }
        JsonNode inspected = JSON.readTree(done("inspect", memory, "--json").out());
        assertThat(inspected.at("/calibration/held_out").intValue()).isEqualTo(11);
        done("verify", memory);
    }

    @Test
    void whatIsAlreadyStoredIsLeftOut() {
        Cli.Result again = done("store", memory, folder.resolve("p.npy"), "-o", folder.resolve("x.engram"), "--json");
        assertThat(JSON.readTree(again.out()).at("/stored").intValue()).isZero();
        assertThat(JSON.readTree(again.out()).at("/known").intValue()).isEqualTo(STORED);
        assertThat(again.err()).contains("already stored", "Nothing to add");
    }

    @Test
    void whatIsGivenTwiceIsStoredOnce() {
        Matrix fresh = Samples.patterns(2, Samples.GREY, 2);
        Path file = Samples.npy(folder.resolve("t.npy"), Samples.GREY, fresh.rows(0, 1, 0, 0));
        Cli.Result stored = done("store", memory, file, "--json");
        assertThat(JSON.readTree(stored.out()).at("/stored").intValue()).isEqualTo(2);
        assertThat(JSON.readTree(stored.out()).at("/recalled").intValue()).isEqualTo(STORED + 2);
        assertThat(stored.err()).contains("of the same");
    }

    @Test
    void forgettingTakesByNumberOrByCueAndMovesTheLaterOnesUp() {
        JsonNode first = JSON.readTree(
                done("forget", memory, "--numbers", "1,6", "--json").out());
        assertThat(first.at("/forgotten/1").intValue()).isEqualTo(6);
        assertThat(first.at("/patterns").intValue()).isEqualTo(6);
        assertThat(first.at("/recalled").intValue()).isEqualTo(6);
        Matrix third = Samples.patterns(STORED, Samples.GREY, 1).slice(3, 4);
        Path cue = Samples.npy(folder.resolve("c.npy"), Samples.GREY, third);
        JsonNode second = JSON.readTree(done("forget", memory, cue, "--json").out());
        assertThat(second.at("/forgotten/0").intValue())
                .as("3 was moved up by one")
                .isEqualTo(2);
        JsonNode audit = JSON.readTree(done("audit", memory, "--json").out());
        assertThat(audit.at("/patterns").intValue()).isEqualTo(5);
        assertThat(audit.at("/sound").booleanValue()).isTrue();
        assertThat(audit.at("/items").size()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nearest-neighbour", "modern-hopfield"})
    void memoriesOfThePatternsThemselvesAreThoseLearnedWithTheOthers(String model) throws IOException {
        Path few = Samples.npy(folder.resolve("few.npy"), Samples.GREY, Samples.patterns(6, Samples.GREY, 3));
        Path more = Samples.npy(
                folder.resolve("more.npy"),
                Samples.GREY,
                Samples.patterns(9, Samples.GREY, 3).slice(6, 9));
        Path all = Samples.npy(folder.resolve("all.npy"), Samples.GREY, Samples.patterns(9, Samples.GREY, 3));
        Path grown = folder.resolve("grown.engram");
        Path whole = folder.resolve("whole.engram");
        done("learn", few, "-o", grown, "--model", model);
        done("learn", all, "-o", whole, "--model", model);
        JsonNode stored = JSON.readTree(done("store", grown, more, "--json").out());
        assertThat(stored.at("/stored").intValue()).isEqualTo(3);
        assertThat(stored.at("/patterns").intValue()).isEqualTo(9);
        assertThat(answers(grown, all)).isEqualTo(answers(whole, all));
        assertThat(JSON.readTree(done("store", grown, more, "--json").out())
                        .at("/known")
                        .intValue())
                .isEqualTo(3);

        done("forget", grown, "--numbers", "6,7,8");
        done("learn", few, "-o", whole, "--model", model);
        assertThat(answers(grown, all)).isEqualTo(answers(whole, all));
        done("forget", grown, "--cues", few, "--dry-run", "--limit", 2);
        done("forget", grown, "--numbers", 1, "--dry-run", "-o", folder.resolve("gone/nothing-is-written"));
        done("verify", grown);
    }

    private byte[] answers(Path memory, Path cues) throws IOException {
        Path output = folder.resolve("answers.npy");
        done("complete", memory, cues, "--known", "top:0.5", "-o", output);
        return Files.readAllBytes(output);
    }

    @Test
    void theDigestSaysThatThePatternsChanged() {
        JsonNode before = JSON.readTree(done("inspect", memory, "--json").out());
        done("store", memory, fresh(1));
        JsonNode after = JSON.readTree(done("inspect", memory, "--json").out());
        assertThat(after.at("/digest").stringValue())
                .isNotEqualTo(before.at("/digest").stringValue());
        assertThat(after.at("/patterns").intValue()).isEqualTo(STORED + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "forget DIR/m.engram | 2 | either NAMEs, --cues or --numbers",
                "forget DIR/m.engram DIR/p.npy --numbers 1 | 2 | either NAMEs, --cues or --numbers",
                "forget DIR/m.engram --numbers 8 | 2 | holds 0 to 7",
                "forget DIR/m.engram --numbers -1 | 2 | holds 0 to 7",
                "forget DIR/m.engram --numbers x | 2 | x",
                "forget DIR/m.engram DIR/p.npy | 2 | one must stay",
                "forget DIR/v.engram --numbers 1 | 2 | learned together",
                "store DIR/v.engram DIR/n.npy | 2 | --prior codes",
                "store DIR/m.engram DIR/n.npy | 1 | has room for 24 more patterns, 30 were",
                "store DIR/m.engram DIR/w.npy | 3 | 8x8",
                "audit DIR/v.engram | 2 | --prior codes",
                "audit DIR/p.npy | 4 | p.npy"
            })
    void whatCannotBeIsRefusedAndTheMemoryStays(String command, int exitCode, String says) throws IOException {
        fresh(30);
        Samples.npy(folder.resolve("w.npy"), 2, Samples.RGB);
        done("learn", folder.resolve("p.npy"), "-o", folder.resolve("v.engram"), "--hidden", 32);
        byte[] before = Files.readAllBytes(memory);
        Cli.Result result = Cli.run(
                (Object[]) command.strip().replace("DIR", folder.toString()).split(" "));
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.err()).contains(says.strip());
        assertThat(Files.readAllBytes(memory)).isEqualTo(before);
    }
}
