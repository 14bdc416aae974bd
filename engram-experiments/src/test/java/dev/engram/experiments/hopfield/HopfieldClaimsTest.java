package dev.engram.experiments.hopfield;

import static dev.engram.experiments.hopfield.HopfieldCell.HEBB;
import static dev.engram.experiments.hopfield.HopfieldCell.PC;
import static dev.engram.experiments.hopfield.HopfieldCell.RECALLED;
import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Fractions.HALF;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.experiments.Small;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Verdict;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts on made-up numbers. */
class HopfieldClaimsTest {
    @TempDir
    Path folder;

    private Claim claim(String words, Consumer<Workbench> numbers) {
        return Small.claim(new Hopfield(), folder, words, numbers);
    }

    private static CellSetting asked(int units, int draw, double load, String rule) {
        return Hopfield.setting(Hopfield.RANDOM, units, draw)
                .with("load", load)
                .with("flipped", HopfieldCell.FLIPPED)
                .with("rule", rule);
    }

    @Test
    void withoutNumbersNothingIsRun() {
        assertThat(Small.claims(new Hopfield(), folder, bench -> {}))
                .hasSize(10)
                .allMatch(c -> c.verdict() == Verdict.NOT_RUN);
    }

    /** Means over two draws; a higher load and more units do not count. */
    @ParameterizedTest
    @CsvSource({"0.98, MET", "0.978, NOT_MET"})
    void recallWants99PerCentUpToATenth(double second, Verdict verdict) {
        Claim claim = claim("0.1 N random patterns", bench -> {
            bench.measure(asked(100, 0, 0.05, PC), RECALLED, 1);
            bench.measure(asked(100, 0, 0.1, PC), RECALLED, 1);
            bench.measure(asked(100, 1, 0.1, PC), RECALLED, second);
            bench.measure(asked(100, 0, 0.14, PC), RECALLED, 0);
            bench.measure(asked(200, 0, 0.1, PC), RECALLED, 0.5);
        });
        assertThat(claim.verdict()).isEqualTo(verdict);
        assertThat(claim.remark()).isEqualTo("200 units: 50.0 %.");
    }

    @ParameterizedTest
    @CsvSource({"0.75, MET", "0.8, NOT_MET"})
    void noLoadMayHaveHebbAbove(double hebb, Verdict verdict) {
        Claim claim = claim("Hebb's", bench -> {
            bench.measure(asked(100, 0, 0.1, PC), RECALLED, 1);
            bench.measure(asked(100, 0, 0.1, HEBB), RECALLED, 0.5);
            for (int draw = 0; draw < 2; draw++) {
                bench.measure(asked(500, draw, 0.2, PC), RECALLED, 0.5 + 0.5 * draw);
                bench.measure(asked(500, draw, 0.2, HEBB), RECALLED, hebb);
            }
        });
        assertThat(claim.verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"0, 100, MET", "1, 100, NOT_MET", "0, 0, NOT_MET"})
    void oneRiseOfAThousandsIsTooMany(double rises, double steps, Verdict verdict) {
        Claim claim = claim("one by one", bench -> {
            for (int draw = 0; draw < 2; draw++) {
                CellSetting setting =
                        Hopfield.setting(Hopfield.RANDOM, 100, draw).with("rule", PC);
                bench.measure(setting, HopfieldCell.STEPS, steps);
                bench.measure(setting, HopfieldCell.RISES, draw * rises);
                bench.measure(setting, HopfieldCell.RISE, 0);
            }
        });
        assertThat(claim.verdict()).isEqualTo(verdict);
        assertThat(claim.value()).isEqualTo(rises);
    }

    @ParameterizedTest
    @CsvSource({"0.98, MET", "0.978, NOT_MET"})
    void inferenceWants99PerCentOfTheDrawsTogether(double second, Verdict verdict) {
        Claim claim = claim("own inference", bench -> {
            bench.measure(asked(100, 0, 0.1, HopfieldCell.PC_INFERENCE), RECALLED, 1);
            bench.measure(asked(100, 1, 0.1, HopfieldCell.PC_INFERENCE), RECALLED, second);
            bench.measure(asked(100, 1, 0.1, PC), RECALLED, 0);
            bench.measure(asked(200, 0, 0.1, HopfieldCell.PC_INFERENCE), RECALLED, 0.5);
        });
        assertThat(claim.verdict()).isEqualTo(verdict);
        assertThat(claim.remark()).isEqualTo("200 units: 50.0 %.");
    }

    @ParameterizedTest
    @CsvSource({"0.1, MET", "0, NOT_MET"})
    void oneStoredPatternWithoutCurvatureIsTooMany(double least, Verdict verdict) {
        Claim claim = claim("trained equilibrium", bench -> {
            CellSetting loop = RingCell.setting(RingCell.LOOP, 0);
            bench.measure(loop.with("rest", RingCell.Rest.STORED), RingCell.LEAST, 1);
            bench.measure(loop.with("start", "x").with("rest", RingCell.Rest.STORED), RingCell.LEAST, least);
            bench.measure(loop.with("rest", RingCell.Rest.BETWEEN), RingCell.LEAST, -1);
        });
        assertThat(claim.verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"0.99, MET", "0.98, NOT_MET"})
    void bothFormsHaveToComplete(double implicit, Verdict verdict) {
        Claim claim = claim("MNIST", bench -> {
            CellSetting half = CovarianceCell.setting(DataSet.MNIST).with("known", HALF);
            bench.measure(half.with("memory", CovarianceCell.DENDRITIC), CovarianceCell.COMPLETED, 1);
            bench.measure(half.with("memory", CovarianceCell.IMPLICIT), CovarianceCell.COMPLETED, implicit);
            bench.measure(half.with("memory", NEAREST), CovarianceCell.COMPLETED, 0.75);
        });
        assertThat(claim.verdict()).isEqualTo(verdict);
        assertThat(claim.remark()).isEqualTo("Nearest neighbour 75.0 %, affine span not run.");
    }
}
