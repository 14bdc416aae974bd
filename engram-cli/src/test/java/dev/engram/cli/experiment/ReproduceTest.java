package dev.engram.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.cli.Main;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.ExitCode;
import dev.engram.cli.console.Interruption;
import dev.engram.cli.console.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReproduceTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    /** A data folder without data: the flags are taken. */
    private Object[] command(Path output, Object... more) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Object[] all = new Object[more.length + 6];
        System.arraycopy(new Object[] {"reproduce", "baselines", "--data", data, "-o", output}, 0, all, 0, 6);
        System.arraycopy(more, 0, all, 6, more.length);
        return all;
    }

    @Test
    void withoutANameTheExperimentsAreListed() {
        Cli.Result list = Cli.run("reproduce");
        assertThat(list.exitCode()).isZero();
        assertThat(list.out().lines()).anyMatch(l -> l.matches("baselines +Nearest neighbour .*"));
        JsonNode json = JSON.readTree(Cli.run("reproduce", "--json").out());
        assertThat(json.at("/experiments/0/name").stringValue()).isEqualTo("baselines");
    }

    @Test
    void aReportIsWrittenAndGoneOnWith() throws IOException {
        Path output = folder.resolve("out");

        Cli.Result first = Cli.run(command(output));
        String results = Files.readString(output.resolve("results.json"));
        Cli.Result second = Cli.run(command(output, "--json"));

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("met      Of noise", "not run  ", "baselines: 3 cells finished, 0 failed");
        assertThat(first.err()).contains("Report: ").contains("index.html");
        assertThat(output.resolve("index.html")).content().contains("engram reproduce baselines --data");
        JsonNode json = JSON.readTree(second.out());
        assertThat(json.at("/command").stringValue()).isEqualTo("reproduce");
        assertThat(json.at("/profile").stringValue()).isEqualTo("quick");
        assertThat(json.at("/experiments/0/cells/kept").intValue()).isEqualTo(3);
        assertThat(json.at("/experiments/0/cells/done").intValue()).isZero();
        // Four claims are about photos, one about fewer known values than patterns, which no case here has.
        assertThat(json.at("/experiments/0/verdicts/not_run").intValue()).isEqualTo(5);
        assertThat(output.resolve("results.json")).hasContent(results);
        JsonNode row = JSON.readTree(results).get(0);
        assertThat(row.propertyNames())
                .containsExactlyInAnyOrder("experiment", "setting", "metric", "value", "claim", "met");
    }

    @Test
    void allHasAFolderForEachAndAnOverview() throws IOException {
        Object[] command = command(folder.resolve("all"));
        command[1] = "all";
        assertThat(Cli.run(command).exitCode()).isZero();
        assertThat(folder.resolve("all/index.html")).content().contains("baselines/index.html");
        assertThat(folder.resolve("all/baselines/results.json")).exists();
    }

    @Test
    void aCancelledRunKeepsWhatIsFinished() throws IOException {
        Interruption interruption = new Interruption();
        StringWriter err = new StringWriter();
        Context context =
                new Context(Terminal.of(new PrintWriter(new StringWriter()), new PrintWriter(err)), interruption);
        RunWatch watch = RunWatch.ofExperiments(context);
        watch.write(() -> {});
        interruption.cancel();

        assertThat(watch.goesOn()).isFalse();
        String[] args = Arrays.stream(command(folder.resolve("out")))
                .map(String::valueOf)
                .toArray(String[]::new);
        assertThat(Main.run(args, context)).isEqualTo(ExitCode.CANCELLED);
        assertThat(err.toString()).contains("the same command resumes from there");
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
