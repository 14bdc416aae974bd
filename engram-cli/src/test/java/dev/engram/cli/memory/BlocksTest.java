package dev.engram.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.cli.Main;
import dev.engram.cli.Samples;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.ExitCode;
import dev.engram.cli.console.Interruption;
import dev.engram.cli.console.Terminal;
import dev.engram.io.PatternReader;
import dev.engram.io.ReadOptions;
import dev.engram.linalg.Matrix;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** More patterns than hidden nodes: the command reads them in blocks, and learns what it learns of those read at once. */
class BlocksTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int COUNT = 1_300;

    @TempDir
    Path folder;

    /** Pictures that must have the size they have are read at once. */
    @Test
    void theMemoryFileIsThatOfPatternsReadAtOnce() throws IOException {
        Path patterns = Samples.npy(folder.resolve("p.npy"), COUNT, Samples.GREY);

        Cli.Result blocks = learn(patterns, "blocks", "--json");
        Cli.Result atOnce = learn(patterns, "once", "--json", "--resize", "8x8");

        assertThat(blocks.exitCode()).as(blocks.err()).isZero();
        assertThat(Files.readAllBytes(folder.resolve("blocks"))).isEqualTo(Files.readAllBytes(folder.resolve("once")));
        assertThat(withoutTimes(blocks.err())).isEqualTo(withoutTimes(atOnce.err()));
        JsonNode json = JSON.readTree(blocks.out());
        assertThat(json.at("/digest").stringValue())
                .isEqualTo(PatternReader.read(patterns, ReadOptions.defaults()).digest());
        assertThat(json.at("/patterns").intValue()).isEqualTo(COUNT);
        assertThat(json.at("/audit/patterns").intValue()).isEqualTo(500);
    }

    @Test
    void theLimitCountsForBoth() throws IOException {
        Path patterns = Samples.npy(folder.resolve("p.npy"), COUNT, Samples.GREY);

        assertThat(learn(patterns, "blocks", "--limit", 1_100).err()).contains("Learning 1100 patterns");
        learn(patterns, "once", "--limit", 1_100, "--resize", "8x8");

        assertThat(Files.readAllBytes(folder.resolve("blocks"))).isEqualTo(Files.readAllBytes(folder.resolve("once")));
    }

    @Test
    void whatIsNoticedWhileReadingIsSaid() {
        Matrix values = Samples.patterns(COUNT, Samples.GREY, 1);
        values.data()[values.data().length - 1] = 3;

        Cli.Result result = learn(Samples.npy(folder.resolve("p.npy"), Samples.GREY, values), "m", "--json");

        assertThat(result.err()).contains("p.npy: The values reach from").contains("to 3.0, not from 0 to 1");
        assertThat(JSON.readTree(result.out()).at("/notes/0").stringValue()).contains("to 3.0");
    }

    @Test
    void unusableValuesEndItWithOneLine() {
        Matrix values = Samples.patterns(COUNT, Samples.GREY, 1);
        values.data()[values.data().length - 1] = Float.NaN;

        Cli.Result result = learn(Samples.npy(folder.resolve("p.npy"), Samples.GREY, values), "m");

        assertThat(result.exitCode()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(result.errorLines())
                .filteredOn(line -> line.startsWith("engram:"))
                .singleElement()
                .asString()
                .contains("value 63 of pattern 1299 (1299) is NaN");
        assertThat(folder.resolve("m")).doesNotExist();
    }

    @Test
    void readingShowsProgressAndCanBeCancelled() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), COUNT, Samples.GREY);
        Interruption interruption = new Interruption();
        StringWriter err = new StringWriter();
        PrintWriter cancelling = new PrintWriter(err) {
            @Override
            public void print(String text) {
                super.print(text);
                if (text.contains("0/10, read 1,024 of 1,300")) {
                    interruption.cancel();
                }
            }
        };
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), cancelling, true);
        String[] args = {"learn", patterns.toString(), "-o", folder.resolve("m").toString(), "--hidden", "40"};

        assertThat(Main.run(args, new Context(terminal, interruption))).isEqualTo(ExitCode.CANCELLED);
        assertThat(err.toString()).contains("engram: cancelled; nothing was written.");
        assertThat(folder.resolve("m")).doesNotExist();
    }

    private Cli.Result learn(Path patterns, String memory, Object... more) {
        Object[] args = new Object[more.length + 8];
        Object[] first = {"learn", patterns, "-o", folder.resolve(memory), "--hidden", 40, "--seed", 3};
        System.arraycopy(first, 0, args, 0, first.length);
        System.arraycopy(more, 0, args, first.length, more.length);
        return Cli.run(args);
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("(?m)^(Wrote|learning:) .*$", "");
    }
}
