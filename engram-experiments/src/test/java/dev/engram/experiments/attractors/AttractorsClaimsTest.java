package dev.engram.experiments.attractors;

import static dev.engram.experiments.attractors.Trial.CODES;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.KNOWN;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.NOISE;
import static dev.engram.experiments.kit.Parts.SQUARE;
import static dev.engram.experiments.kit.Parts.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.experiments.Small;
import dev.engram.experiments.frame.CellSetting;
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
class AttractorsClaimsTest {
    @TempDir
    Path folder;

    private Claim claim(String words, Consumer<Workbench> numbers) {
        return Small.claim(new Attractors(), folder, words, numbers);
    }

    private static CellSetting cell(String task, String data, int patterns, int hidden) {
        return CellSetting.of(TASK, task)
                .with("data", data)
                .with("patterns", patterns)
                .with("hidden", hidden);
    }

    @Test
    void withoutNumbersNothingIsRun() {
        assertThat(Small.claims(new Attractors(), folder, bench -> {}))
                .hasSize(2 * 2 * 3 + 2 + 2 + 2 + 2 + 2 * 3 + 1 + 2)
                .allMatch(c -> c.verdict() == Verdict.NOT_RUN);
    }

    @ParameterizedTest
    @CsvSource({"0.98, MET", "0.978, NOT_MET"})
    void completionWants98PerCent(double fraction, Verdict verdict) {
        Claim claim = claim(
                "upper 1/64",
                bench -> bench.measure(
                        cell(Tasks.COMPLETION, "Tiny ImageNet", 500, 1024)
                                .with(KNOWN, Tasks.SIXTY_FOURTH)
                                .with(MEMORY, CODES),
                        RECOVERED,
                        fraction));
        assertThat(claim.verdict()).isEqualTo(verdict);
        assertThat(claim.setting()).isEqualTo("N = 500, n = 1024");
    }

    @ParameterizedTest
    @CsvSource({"0.99, MET", "0.988, NOT_MET"})
    void unmarkedDamageWants99PerCent(double fraction, Verdict verdict) {
        Claim claim = claim(
                "black square",
                bench -> bench.measure(
                        cell(Tasks.UNMARKED, "Tiny ImageNet", 500, 1024)
                                .with(SQUARE, "black")
                                .with(MEMORY, CODES),
                        RECOVERED,
                        fraction));
        assertThat(claim.verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"0.002, NOT_MET", "0.004, MET", "0.03, MET", "0.032, NOT_MET"})
    void falseAlarmsHaveToBeNearTheirRate(double rate, Verdict verdict) {
        Claim claim = claim(
                "clean pictures",
                bench -> bench.measure(
                        cell(Novelty.FAMILIARITY, "Tiny ImageNet", 500, 1024)
                                .with(NOISE, Novelty.CLEAN)
                                .with(MEMORY, CODES),
                        Novelty.FALSE_ALARMS,
                        rate));
        assertThat(claim.verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"1, MET", "0.992, NOT_MET"})
    void everyFlagUnlikeOthersHasToComeBack(double fraction, Verdict verdict) {
        Claim claim = claim(
                "unlike all others",
                bench -> bench.measure(
                        cell(NearDuplicates.LOOKALIKES, "flags", 258, 512)
                                .with(KNOWN, 0.5)
                                .with(MEMORY, CODES),
                        NearDuplicates.UNLIKE_RECOVERED,
                        fraction));
        assertThat(claim.verdict()).isEqualTo(verdict);
    }

    /** One cell's network gives clean pictures back at 0.004, another's at 0.006: only the first has to recover all, and the second is named. */
    @ParameterizedTest
    @CsvSource({"1, 0.5, MET", "0.999, 1, NOT_MET"})
    void aCellWhoseNetworkIsTooCoarseIsNamedInstead(double fine, double coarse, Verdict verdict) {
        Claim claim = claim("CIFAR-10, noise of variance 0.2: every cue comes back", bench -> {
            for (boolean small : new boolean[] {false, true}) {
                CellSetting cell = cell(Tasks.NOISE_TASK, "CIFAR-10", small ? 100 : 1000, 512);
                bench.measure(cell.with(MEMORY, CODES), Tasks.OWN, small ? 0.004 : 0.006);
                bench.measure(cell.with(NOISE, "variance 0.2").with(MEMORY, CODES), RECOVERED, small ? fine : coarse);
            }
        });
        assertThat(claim.verdict()).isEqualTo(verdict);
        assertThat(claim.remark()).contains("N = 1000, n = 512").doesNotContain("N = 100, n");
    }
}
