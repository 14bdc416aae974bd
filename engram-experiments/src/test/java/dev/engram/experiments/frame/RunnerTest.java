package dev.engram.experiments.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.Verdict;
import dev.engram.io.file.OutputException;
import dev.engram.linalg.LinearAlgebra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
    @TempDir
    Path folder;

    private final List<String> computed = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();
    private int stopAfter = Integer.MAX_VALUE;

    private final Watch watch = new Watch() {
        @Override
        public boolean goesOn() {
            return computed.size() < stopAfter;
        }

        @Override
        public void at(int cells, int of, double share, String next) {
            progress.add("%d/%d %.2f %s".formatted(cells, of, share, next));
        }

        @Override
        public void warn(String message) {
            warnings.add(message);
        }

        @Override
        public void write(Runnable task) {
            task.run();
        }
    };

    /** An experiment of the given cells; its claim is that the cell n=2 is not negative. */
    private record Small(List<Cell> cells) implements Experiment {
        @Override
        public About about() {
            return About.of("small", "A small experiment", "What it is about.");
        }

        @Override
        public List<Cell> cells(Profile profile, DataFolder data) {
            return cells;
        }

        @Override
        public List<Claim> claims(Results results) {
            var value = results.where("n", 2).value("draw");
            return List.of(
                    value.isEmpty()
                            ? Claim.notRun("not negative", "n 2", "draw", "")
                            : new Claim(
                                    "not negative",
                                    "n 2",
                                    "draw",
                                    value.getAsDouble(),
                                    "it is",
                                    Verdict.of(value.getAsDouble() >= 0),
                                    ""));
        }

        @Override
        public void render(HtmlPage page, Results results) {
            page.heading("Draws")
                    .paragraph("There are %d."
                            .formatted(results.metric("draw").all().size()));
        }
    }

    private Cell cell(int n) {
        CellSetting setting = CellSetting.of("n", n);
        return Cell.of(setting, bench -> {
                    computed.add(String.valueOf(n));
                    double draw = new SplittableRandom(bench.seed() + n).nextDouble();
                    bench.measure(setting, "draw", bench.timed(setting, "seconds", () -> draw));
                    bench.curve("c", new double[] {n, Double.NaN});
                })
                .withCost(n);
    }

    private Small three() {
        return new Small(List.of(cell(1), cell(2), cell(3)));
    }

    private Run run(Experiment experiment, Profile profile, long seed, Path to) {
        return new Runner(RunOptions.of(profile, Optional.empty(), seed, "engram test"), watch).run(experiment, to);
    }

    private Run run(Experiment experiment) {
        return run(experiment, Profile.QUICK, 7, folder.resolve("out"));
    }

    @Test
    void aReportIsWrittenWithEverythingBesideIt() throws IOException {
        Run run = run(three());

        Path out = folder.resolve("out");
        assertThat(run.count(CellOutcome.Status.DONE)).isEqualTo(3);
        assertThat(out.resolve("index.html")).content().contains("A small experiment", "There are 3.", "engram test");
        assertThat(Files.readAllLines(out.resolve("measurements.csv")))
                .hasSize(4)
                .startsWith("n,metric,value");
        assertThat(Files.readAllLines(out.resolve("timings.csv"))).hasSize(4);
        assertThat(out.resolve("results.json")).content().contains("\"claim\" : \"not negative\"", "\"met\" : true");
        assertThat(out.resolve("tables/claims.csv")).content().contains("not negative,met");
        assertThat(progress).containsExactly("0/3 0.00 n 1", "1/3 0.17 n 2", "2/3 0.50 n 3", "3/3 1.00 ");
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        run(three(), Profile.QUICK, 7, folder.resolve("a"));
        run(three(), Profile.QUICK, 7, folder.resolve("b"));
        run(three(), Profile.QUICK, 8, folder.resolve("c"));

        for (String file : List.of("results.json", "measurements.csv", "tables/claims.csv", "tables/cells.csv")) {
            assertThat(folder.resolve("a").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("b").resolve(file));
        }
        assertThat(Files.readString(folder.resolve("a/measurements.csv")))
                .isNotEqualTo(Files.readString(folder.resolve("c/measurements.csv")));
    }

    @Test
    void aStoppedRunGoesOnWhereItWas() {
        stopAfter = 2;
        assertThatThrownBy(() -> run(three())).isInstanceOf(RunCancelled.class);
        assertThat(folder.resolve("out/index.html")).doesNotExist();
        stopAfter = Integer.MAX_VALUE;
        computed.clear();

        Run run = run(three());

        // The second cell was under way when the run was stopped.
        assertThat(computed).containsExactly("2", "3");
        assertThat(run.count(CellOutcome.Status.KEPT)).isEqualTo(1);
        assertThat(run.results().all()).hasSize(3);
        assertThat(run.results().curve(CellSetting.of("n", 1), "c").orElseThrow())
                .containsExactly(1, Double.NaN);
    }

    @Test
    void whatWasFinishedIsNotComputedAgainAndCountsTheSame() throws IOException {
        run(three());
        String first = Files.readString(folder.resolve("out/results.json"));
        computed.clear();

        run(three());

        assertThat(computed).isEmpty();
        assertThat(folder.resolve("out/results.json")).hasContent(first);
    }

    @Test
    void anotherSeedProfileOrOptionStartsAnew() {
        run(three());
        computed.clear();
        run(three(), Profile.QUICK, 8, folder.resolve("out"));
        assertThat(computed).containsExactly("1", "2", "3");
        computed.clear();
        run(three(), Profile.FULL, 8, folder.resolve("out"));
        assertThat(computed).containsExactly("1", "2", "3");
        computed.clear();
        run(
                new Small(List.of(cell(1), cell(2).withOption("steps", 5), cell(3))),
                Profile.FULL,
                8,
                folder.resolve("out"));
        assertThat(computed).containsExactly("2");
    }

    @Test
    void aDamagedCellIsComputedAgain() throws IOException {
        run(three());
        Path cell = folder.resolve("out/cells/n-2.json");
        String whole = Files.readString(cell);
        computed.clear();
        Files.writeString(cell, whole.substring(0, whole.length() / 2));

        run(three());

        assertThat(computed).containsExactly("2");
        assertThat(warnings).containsExactly(cell + " is damaged: its digest does not agree. It is computed again.");
        assertThat(Files.readString(cell)).contains("\"draw\"");
    }

    /** As earlier versions wrote them: of other code, so that they are as good as none, but not damaged. */
    @Test
    void aCellWithoutADigestIsComputedAgainWithoutAWord() throws IOException {
        run(three());
        Path cell = folder.resolve("out/cells/n-2.json");
        computed.clear();
        Files.writeString(cell, "{\"format\":1,\"fingerprint\":\"abc\",\"seconds\":1.5}");

        run(three());

        assertThat(computed).containsExactly("2");
        assertThat(warnings).isEmpty();
    }

    @Test
    void aFailingCellIsReportedAndLosesNoOther() {
        Cell failing = Cell.of(CellSetting.of("n", 2), bench -> {
            throw new IllegalStateException("the energy\nrose");
        });

        Run run = run(new Small(List.of(cell(1), failing, cell(3))));

        assertThat(run.count(CellOutcome.Status.DONE)).isEqualTo(2);
        assertThat(warnings).containsExactly("n 2: IllegalStateException: the energy rose");
        assertThat(run.claims().get(0).verdict()).isEqualTo(Verdict.NOT_RUN);
        assertThat(folder.resolve("out/index.html")).content().contains("failed", "the energy rose");
        assertThat(folder.resolve("out/results.json")).content().contains("\"met\" : null");
    }

    @Test
    void whatDoesNotFitIsSkippedWithTheReason() {
        Cell greedy = cell(1).withBytes(Long.MAX_VALUE);
        Cell overflowing = Cell.of(CellSetting.of("n", 2), bench -> {
            throw new OutOfMemoryError("a test");
        });
        Cell slow = Cell.of(CellSetting.of("n", 3), bench -> {
            throw new CellSkipped("a step takes an hour");
        });

        Run run = run(new Small(List.of(greedy, overflowing, slow, cell(4))));

        assertThat(run.outcomes().stream().map(CellOutcome::status))
                .containsExactly(
                        CellOutcome.Status.SKIPPED,
                        CellOutcome.Status.SKIPPED,
                        CellOutcome.Status.SKIPPED,
                        CellOutcome.Status.DONE);
        assertThat(run.outcomes().get(0).reason()).contains("memory", "-Xmx");
        assertThat(run.outcomes().get(1).reason()).contains("does not fit into memory");
        assertThat(run.outcomes().get(2).reason()).isEqualTo("a step takes an hour");
    }

    @Test
    void noCellBeginsAfterTheLimitAndTheNextRunGoesOnWithWhatIsLeft() {
        long[] clock = {0};
        Small two =
                new Small(List.of(Cell.of(CellSetting.of("n", 1), bench -> clock[0] += 3_600_000_000_000L), cell(2)));
        RunOptions options =
                RunOptions.of(Profile.QUICK, Optional.empty(), 0, "").within(Duration.ofMinutes(60));

        Run first = new Runner(options, watch, () -> clock[0]).run(two, folder.resolve("out"));
        Run second = new Runner(options, watch, () -> clock[0]).run(two, folder.resolve("out"));

        assertThat(first.outcomes().stream().map(CellOutcome::status))
                .containsExactly(CellOutcome.Status.DONE, CellOutcome.Status.SKIPPED);
        assertThat(first.outcomes().get(1).reason()).startsWith("not begun within the 1 h 00 min of the run.");
        assertThat(first.claims().get(0).verdict()).isEqualTo(Verdict.NOT_RUN);
        assertThat(second.outcomes().stream().map(CellOutcome::status))
                .containsExactly(CellOutcome.Status.KEPT, CellOutcome.Status.DONE);
    }

    @Test
    void aCellThatTakesTooLongIsStopped() {
        long[] clock = {0};
        Cell slow = Cell.of(CellSetting.of("n", 1), bench -> {
            while (true) {
                clock[0] += 1_000_000_000L;
                bench.requireGoingOn();
            }
        });
        RunOptions options = RunOptions.of(Profile.QUICK, Optional.empty(), 0, "");

        Run run = new Runner(options, watch, () -> clock[0]).run(new Small(List.of(slow)), folder.resolve("out"));

        assertThat(run.outcomes().get(0).status()).isEqualTo(CellOutcome.Status.SKIPPED);
        assertThat(run.outcomes().get(0).reason()).contains("5 min 00 s");
    }

    @Test
    void missingDataAreNamedWithTheirFilesAndTheFolder() {
        Small needy = new Small(List.of(cell(1).withData(DataSet.CIFAR10, 50)));
        Runner runner = new Runner(RunOptions.of(Profile.QUICK, Optional.of(folder.resolve("data")), 0, ""), watch);

        assertThat(runner.missingData(needy).orElseThrow())
                .isEqualTo("CIFAR-10 is not there: put cifar10-train-3000.npz or cifar-10-batches-bin or "
                        + "cifar-10-batches-py into " + folder.resolve("data") + ".");
        assertThat(runner.missingData(three())).isEmpty();
        Run run = runner.run(needy, folder.resolve("out"));
        assertThat(run.outcomes()).allMatch(o -> o.status() == CellOutcome.Status.NO_DATA);
        assertThat(computed).isEmpty();
    }

    @Test
    void damagedDataFailTheirCellsOnly() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/cifar10-train-3000.npz"), "PK nonsense");
        Small mixed = new Small(List.of(cell(1).withData(DataSet.CIFAR10, 50), cell(2)));

        Run run = new Runner(RunOptions.of(Profile.QUICK, Optional.of(folder.resolve("data")), 0, ""), watch)
                .run(mixed, folder.resolve("out"));

        assertThat(run.outcomes().get(0).status()).isEqualTo(CellOutcome.Status.FAILED);
        assertThat(run.outcomes().get(0).reason()).contains("cifar10-train-3000.npz");
        assertThat(run.outcomes().get(1).isFinished()).isTrue();
    }

    @Test
    void foldersOfOthersAreLeftAlone() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.writeString(out.resolve("thesis.txt"), "precious");

        assertThatThrownBy(() -> run(three()))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("no experiment wrote");
        assertThat(out).isDirectoryNotContaining(p -> !p.endsWith("thesis.txt"));
        assertThat(computed).isEmpty();
    }

    @Test
    void aReportIsNotReplacedByAnother() {
        run(three());
        assertThatThrownBy(() -> new RunFolder(folder.resolve("out"), "other").create())
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("holds the report of small");
    }

    @Test
    void severalExperimentsHaveAnOverview() {
        Runner runner = new Runner(RunOptions.of(Profile.QUICK, Optional.empty(), 7, ""), watch);
        runner.runAll(List.of(three()), folder.resolve("out"));
        assertThat(folder.resolve("out/index.html")).content().contains("href=\"small/index.html\"", "not negative");
        assertThat(folder.resolve("out/small/index.html")).exists();
        assertThat(folder.resolve("out/results.json")).content().contains("\"experiment\" : \"small\"");
    }

    @Test
    void cellsComputeWithTheThreadsOfTheRunAndTheReportNamesThem() {
        LinearAlgebra three = LinearAlgebra.withThreads(3);
        CellSetting setting = CellSetting.of("n", 1);
        Cell cell = Cell.of(
                setting, bench -> bench.measure(setting, "threads", bench.la().threads()));
        RunOptions options =
                RunOptions.of(Profile.QUICK, Optional.empty(), 0, "").withLinearAlgebra(three);
        Run run = new Runner(options, watch).run(new Small(List.of(cell)), folder.resolve("out"));
        assertThat(run.results().value("threads")).hasValue(3);
        assertThat(folder.resolve("out/index.html")).content().contains(three.description());
    }

    @Test
    void equalSettingsAreAMistake() {
        assertThatThrownBy(() -> run(new Small(List.of(cell(1), cell(1))))).hasMessageContaining("needs its own");
    }
}
