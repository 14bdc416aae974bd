package dev.engram.experiments.sequences;

import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.TASK;
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
class SequencesClaimsTest {
    @TempDir
    Path folder;

    private Claim claim(String words, Consumer<Workbench> numbers) {
        return Small.claim(new SequencesExperiment(), folder, words, numbers);
    }

    @Test
    void withoutNumbersNothingIsRun() {
        assertThat(Small.claims(new SequencesExperiment(), folder, bench -> {}))
                .hasSize(5)
                .allMatch(c -> c.verdict() == Verdict.NOT_RUN);
    }

    /** The second draw decides: 5 frames against 5, or 4 against 5. */
    @ParameterizedTest
    @CsvSource({"5, MET", "4, NOT_MET"})
    void everyDrawHasToBeAsLongAsTheHopfieldNetworks(double second, Verdict verdict) {
        Claim claim = claim("at least as long", bench -> {
            for (int draw = 0; draw < 2; draw++) {
                CellSetting cell = CellSetting.of(TASK, Capacity.TASK)
                        .with(Capacity.UNITS, 10)
                        .with(Capacity.DRAW, draw);
                bench.measure(cell.with(MEMORY, Capacity.TPC), Capacity.LONGEST, draw == 0 ? 12 : second);
                bench.measure(cell.with(MEMORY, Capacity.HEBB), Capacity.LONGEST, 5);
                bench.measure(cell.with(MEMORY, Capacity.QUADRATIC), Capacity.LONGEST, 20);
            }
        });
        assertThat(claim.verdict()).isEqualTo(verdict);
        assertThat(claim.setting()).isEqualTo("N = 10");
        assertThat(claim.remark()).contains(second == 5 ? "0.250 times" : "0.200 times");
    }

    @ParameterizedTest
    @CsvSource({"0.0009, MET", "0.001, NOT_MET"})
    void theWorstFrameOfAnyPicturesDecidesOnDrift(double worst, Verdict verdict) {
        Claim claim = claim("without drift", bench -> {
            for (DataSet set : SequencesExperiment.PICTURES) {
                bench.measure(
                        SequencesExperiment.pictures(set).with(MEMORY, SequenceModels.DIRECT),
                        PicturesInOrder.WORST_OFFLINE,
                        set == DataSet.CIFAR10 ? worst : 0);
            }
        });
        assertThat(claim.verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"1, MET", "0.99, NOT_MET"})
    void everyFrameHasToBeForetoldFromNoise(double fraction, Verdict verdict) {
        CellSetting asked = SequencesExperiment.pictures(DataSet.FLAGS).with(MEMORY, SequenceModels.STRONG);
        Claim claim = claim("noisy present", bench -> {
            bench.measure(asked, PicturesInOrder.NOISY_RECALLED, fraction);
            bench.measure(asked, PicturesInOrder.NOISY_LATER, 1);
        });
        assertThat(claim.verdict()).isEqualTo(verdict);
        assertThat(claim.remark()).contains("From the second frame on 100 %");
    }

    @ParameterizedTest
    @CsvSource({"1, MET", "0.975, NOT_MET"})
    void allSequencesHaveToGoOnRightly(double ofFour, Verdict verdict) {
        Claim claim = claim("share frames", bench -> {
            bench.measure(SequencesExperiment.shared(2).with(MEMORY, SequenceModels.HIDDEN), SharedFrames.OFFLINE, 1);
            bench.measure(
                    SequencesExperiment.shared(4).with(MEMORY, SequenceModels.HIDDEN), SharedFrames.OFFLINE, ofFour);
        });
        assertThat(claim.verdict()).isEqualTo(verdict);
        assertThat(claim.setting()).isEqualTo("2, 4 sequences");
    }
}
