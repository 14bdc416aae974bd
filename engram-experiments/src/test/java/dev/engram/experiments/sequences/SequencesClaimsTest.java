package dev.engram.experiments.sequences;

import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.experiments.Small;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.Contest;
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
                .hasSize(8)
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

    /** The second draw decides. Halfway to the near-copy nothing is claimed. */
    @ParameterizedTest
    @CsvSource({"1, MET", "0.9, NOT_MET"})
    void everyCueHasToBeFollowedByWhatOccurredWithIt(double second, Verdict verdict) {
        Claim claim = claim("what occurred together", bench -> {
            for (int draw = 0; draw < 2; draw++) {
                CellSetting cell = CellSetting.of(TASK, OccurredTogether.TASK).with(OccurredTogether.DRAW, draw);
                CellSetting nearer = cell.with(OccurredTogether.SHIFT, 0.75);
                bench.measure(
                        nearer.with(MEMORY, SequenceModels.STRONG), OccurredTogether.RECALLED, draw == 0 ? 1 : second);
                bench.measure(
                        cell.with(OccurredTogether.SHIFT, 0.5).with(MEMORY, SequenceModels.STRONG),
                        OccurredTogether.RECALLED,
                        0);
                bench.measure(nearer.with(MEMORY, SequenceModels.HIDDEN), OccurredTogether.RECALLED, 0.3);
                bench.measure(nearer.with(MEMORY, SequenceModels.DIRECT), OccurredTogether.RECALLED, 0.2);
                bench.measure(nearer.with(MEMORY, Contest.NEAREST), OccurredTogether.RECALLED, 0.1);
            }
        });
        assertThat(claim.verdict()).isEqualTo(verdict);
        assertThat(claim.remark())
                .isEqualTo("With λ = 1 30.0 % at least. Without a hidden layer 20.0 % at best, nearest frame 10.0 %.");
    }

    /** Means of 0.1 and 0.3 after three sequences, against 0.15 or 0.25; after two it is the other way round. */
    @ParameterizedTest
    @CsvSource({"0.25, MET", "0.15, NOT_MET"})
    void whatIsForgottenAfterTheLastSequenceDecides(double hebb, Verdict verdict) {
        Claim claim = claim("are recalled offline", bench -> {
            for (int draw = 0; draw < 2; draw++) {
                CellSetting cell = CellSetting.of(TASK, Forgetting.TASK).with(Forgetting.DRAW, draw);
                CellSetting two = cell.with(Forgetting.LEARNED, 2);
                CellSetting three = cell.with(Forgetting.LEARNED, 3);
                bench.measure(two.with(MEMORY, Capacity.TPC), Forgetting.EARLIER, 0.2);
                bench.measure(two.with(MEMORY, Capacity.HEBB), Forgetting.EARLIER, 0.4 - hebb);
                bench.measure(three.with(MEMORY, Capacity.TPC), Forgetting.EARLIER, draw == 0 ? 0.1 : 0.3);
                bench.measure(three.with(MEMORY, Capacity.HEBB), Forgetting.EARLIER, hebb);
                bench.measure(three.with(MEMORY, Forgetting.AT_ONCE), Forgetting.EARLIER, 0);
            }
        });
        assertThat(claim.verdict()).isEqualTo(verdict);
        assertThat(claim.setting()).startsWith("3 sequences");
        assertThat(claim.remark()).contains("20.0 % of the bits are wrong", "all at once 0 %");
    }
}
