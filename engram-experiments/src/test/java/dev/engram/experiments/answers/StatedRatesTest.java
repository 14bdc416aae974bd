package dev.engram.experiments.answers;

import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Parts.DATA;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.PATTERNS;
import static dev.engram.experiments.kit.Parts.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.experiments.Small;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellOutcome;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Run;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.AnswerCounts;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatedRatesTest {
    private static final CellSetting CELL = CellSetting.of(TASK, FalseAlarms.TASK_NAME)
            .with(DATA, "CIFAR-10")
            .with(PATTERNS, 1000)
            .with(FalseAlarms.DRAW, 0);

    @TempDir
    Path folder;

    private Claim claim(String words, Consumer<Workbench> numbers) {
        return Small.claim(new StatedRates(), folder, words, numbers);
    }

    private static CellSetting asked(String way) {
        return CELL.with(FalseAlarms.WAY, way).with(MEMORY, NEAREST).with(FalseAlarms.RATE, 0.01);
    }

    @Test
    void withoutNumbersNothingIsRun() {
        assertThat(Small.claims(new StatedRates(), folder, bench -> {}))
                .isNotEmpty()
                .allMatch(claim -> claim.verdict() == Verdict.NOT_RUN);
    }

    /** The worst way of asking decides; a single draw may lie outside the interval of 3 to 19 of 1,000. */
    @ParameterizedTest
    @CsvSource({"0.015, MET, 0", "0.016, NOT_MET, 0", "0.025, NOT_MET, 1"})
    void theWorstWayDecides(double alarms, Verdict verdict, int above) {
        Claim claim = claim("false alarms", bench -> {
            bench.measure(CELL, FalseAlarms.STRANGERS, 1000);
            bench.measure(asked("whole"), FalseAlarms.ALARMS, 0.01);
            bench.measure(asked("part"), FalseAlarms.ALARMS, alarms);
        });
        assertThat(claim.verdict()).isEqualTo(verdict);
        assertThat(claim.remark())
                .contains("Most of them: part.", "Of 2 single draws and ways %d lie above".formatted(above));
    }

    /** What the nearest under the true mask cannot do either is left out. */
    @ParameterizedTest
    @CsvSource({"0.94, 0.5, MET", "0.96, 0.5, NOT_MET", "0.96, 0.95, MET"})
    void onlyWhatCanBeSolvedCounts(double nearest, double right, Verdict verdict) {
        Claim claim = claim("rightly recalled", bench -> {
            bench.measure(CELL, FalseAlarms.STRANGERS, 1000);
            bench.measure(CELL.with(FalseAlarms.WAY, "whole"), FalseAlarms.SOLVABLE, 1);
            bench.measure(asked("whole"), AnswerCounts.RIGHT, 1);
            bench.measure(CELL.with(FalseAlarms.WAY, "part"), FalseAlarms.SOLVABLE, nearest);
            bench.measure(asked("part"), AnswerCounts.RIGHT, right);
        });
        assertThat(claim.verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"0.99, MET", "0.98, NOT_MET"})
    void copiesMayCostTheOthersAPoint(double others, Verdict verdict) {
        CellSetting cell = CellSetting.of(TASK, NearCopies.TASK_NAME)
                .with(DATA, "CIFAR-10")
                .with(PATTERNS, 500);
        Claim claim = claim("without copies", bench -> {
            bench.measure(cell.with(NearCopies.COPIES, 0).with(MEMORY, NEAREST), NearCopies.OTHERS, 1);
            bench.measure(cell.with(NearCopies.COPIES, 4).with(MEMORY, NEAREST), NearCopies.OTHERS, others);
        });
        assertThat(claim.verdict()).isEqualTo(verdict);
    }

    /** Pictures of noise are easy: every task is done, and all that is measured can be read. */
    @Test
    void aSmallRunMeasuresEverything() throws IOException {
        Small.pictures(folder, "cifar10-train-3000.npz", 120, 8, 8, 3);
        CellSetting copies = CellSetting.of(TASK, NearCopies.TASK_NAME)
                .with(DATA, "CIFAR-10")
                .with(PATTERNS, 60)
                .with(NearCopies.COPIES, 4);
        Run run = new Small(
                        new StatedRates(),
                        List.of(
                                Cell.of(CELL, bench -> FalseAlarms.run(bench, DataSet.CIFAR10, 60, 0))
                                        .withData(DataSet.CIFAR10, 0),
                                Cell.of(copies, bench -> NearCopies.run(bench, DataSet.CIFAR10, 60, 4))
                                        .withData(DataSet.CIFAR10, 0)))
                .run(folder, folder.resolve("out"));
        assertThat(run.outcomes()).allMatch(cell -> cell.status() == CellOutcome.Status.DONE);
        assertThat(run.claims()).filteredOn(c -> c.claim().contains("pairs")).allMatch(c -> c.value() == 1);
        assertThat(run.claims())
                .filteredOn(c -> c.claim().contains("recalled, or ambiguous"))
                .allMatch(c -> c.verdict() == Verdict.MET);
        assertThat(folder.resolve("out/tables/stated-rates.csv"))
                .content()
                .contains("pasted square over 40 %, unmarked", "codes", "upper 1/32 known");
    }
}
