package dev.engram.experiments.attractors;

import static dev.engram.experiments.attractors.Trial.CODES;
import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.MetricNames.ERROR;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.KNOWN;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.NOISE;
import static dev.engram.experiments.kit.Parts.SQUARE;
import static dev.engram.experiments.kit.Parts.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.experiments.Small;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellOutcome;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Run;
import dev.engram.experiments.kit.AnswerCounts;
import dev.engram.experiments.report.Verdict;
import dev.engram.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cells, on small pictures of even noise, which are as unlike each other as pictures can be. */
class AttractorsTest {
    @TempDir
    Path folder;

    private static List<Cell> cells(Profile profile) {
        return new Attractors().cells(profile, new DataFolder(Optional.empty()));
    }

    private Results run(String task) {
        return run(task, task.replace(' ', '-'));
    }

    private Results run(String task, String table) {
        Cell first = cells(Profile.QUICK).stream()
                .filter(c -> task.equals(c.setting().parts().get(TASK)))
                .findFirst()
                .orElseThrow();
        Run run = new Small(new Attractors(), List.of(first)).run(folder, folder.resolve("out"));
        assertThat(run.outcomes())
                .allMatch(
                        o -> o.status() == CellOutcome.Status.DONE,
                        run.outcomes().toString());
        assertThat(folder.resolve("out/tables").resolve(table + ".csv"))
                .content()
                .contains(CODES, NEAREST, SPAN, "bytes stored");
        assertThat(folder.resolve("out/index.html")).content().contains("What it took, in seconds");
        return run.results();
    }

    private static double of(Results results, String memory, String metric) {
        return results.where(MEMORY, memory).value(metric).orElseThrow();
    }

    @Test
    void theFullProfileHasTheWholeGrid() {
        assertThat(cells(Profile.FULL)).hasSize(2 * 3 * 4 + 7);
        assertThat(cells(Profile.QUICK)).hasSize(2 * 2 + 7);
    }

    /** 100 pictures and labels that have nothing to do with them: what keeps the patterns or their codes gives each back from the other. */
    @Test
    void aPictureAndItsLabelBringEachOtherBack() throws IOException {
        Small.pictures(folder, "tiny-imagenet-train-2000.npz", 100, 12, 12, 3);
        Results asked = run(Associations.ASSOCIATION);
        for (String shown : List.of(Associations.UPPER_QUARTER, Associations.LABEL)) {
            Results here = asked.where(Associations.SHOWN, shown);
            assertThat(of(here, CODES, RECOVERED)).isEqualTo(1);
            assertThat(of(here, NEAREST, RECOVERED)).isEqualTo(1);
        }
        // 64 known values cannot tell the mixtures of 100 patterns apart, 108 can
        assertThat(of(asked.where(Associations.SHOWN, Associations.LABEL), SPAN, RECOVERED))
                .isLessThan(0.1);
        assertThat(of(asked.where(Associations.SHOWN, Associations.UPPER_QUARTER), SPAN, RECOVERED))
                .isEqualTo(1);
    }

    /** 100 pictures of 432 values: the span keeps 0.2·99/432 = 0.046 of the noise. */
    @Test
    void noiseThatTheSpanKeepsTheCodesRemove() throws IOException {
        Small.pictures(folder, "cifar10-train-3000.npz", 100, 12, 12, 3);
        Results noisy = run(Tasks.NOISE_TASK).where(NOISE, "variance 0.2");
        assertThat(of(noisy, SPAN, ERROR)).isCloseTo(0.2 * 99 / 432, within(0.002));
        assertThat(of(noisy, SPAN, RECOVERED)).isZero();
        for (String metric : List.of(Trial.RIGHT, RECOVERED)) {
            assertThat(of(noisy, CODES, metric)).isEqualTo(1);
            assertThat(of(noisy, NEAREST, metric)).isEqualTo(1);
        }
        assertThat(of(noisy, Trial.ORIGINALS, Trial.EXACT)).isGreaterThanOrEqualTo(0.95);
        assertThat(of(noisy, NEAREST, Trial.MOST)).isZero();
    }

    /** A row of four pixels: 12 values known of 250 pictures. */
    @Test
    void aRowIsEnoughForTheCodesAndNotForTheSpan() throws IOException {
        Small.pictures(folder, "tiny-imagenet-train-2000.npz", 250, 64, 4, 3);
        Results row = run(Tasks.COMPLETION).where(KNOWN, Tasks.SIXTY_FOURTH);
        assertThat(of(row, CODES, RECOVERED)).isEqualTo(1);
        assertThat(of(row, NEAREST, RECOVERED)).isEqualTo(1);
        assertThat(of(row, SPAN, RECOVERED)).isZero();
        assertThat(of(row, CODES, AnswerCounts.WRONG)).isZero();
    }

    @Test
    void damageNobodyMarkedIsUndone() throws IOException {
        Small.pictures(folder, "tiny-imagenet-train-2000.npz", 100, 16, 16, 3);
        Results black = run(Tasks.UNMARKED).where(SQUARE, "black");
        assertThat(of(black, CODES, Trial.RIGHT)).isEqualTo(1);
        assertThat(of(black, SPAN, RECOVERED)).isZero();
        assertThat(of(black, CODES, AnswerCounts.RIGHT)
                        + of(black, CODES, AnswerCounts.WRONG)
                        + of(black, CODES, AnswerCounts.AMBIGUOUS)
                        + of(black, CODES, AnswerCounts.UNFAMILIAR))
                .isCloseTo(1, within(1e-12));
    }

    /**
     * What is stored has a distance of 0, and of even noise nothing else has; noise on all values moves every distance
     * over its threshold.
     */
    @Test
    void familiarityIsStatedBesideDistances() throws IOException {
        Small.pictures(folder, "tiny-imagenet-train-2000.npz", 1600, 12, 12, 3);
        Results all = run(Novelty.FAMILIARITY);
        Results clean = all.where(NOISE, Novelty.CLEAN);
        assertThat(of(clean, NEAREST, Novelty.AUROC)).isEqualTo(1);
        assertThat(of(clean, SPAN, Novelty.AUROC)).isEqualTo(1);
        assertThat(of(clean, CODES, Novelty.AUROC)).isGreaterThan(0.99);
        for (String memory : List.of(CODES, NEAREST, SPAN)) {
            assertThat(of(clean, memory, Novelty.FALSE_ALARMS)).isBetween(0.0, 0.03);
        }
        assertThat(all.where(NOISE, Novelty.NOISY.value()).metric(Novelty.AUROC).all())
                .hasSize(3);
    }

    @Test
    void everyFlagIsEitherUnlikeAllOthersOrHasATwin() {
        Results results = run(NearDuplicates.LOOKALIKES);
        assertThat(results.value(NearDuplicates.UNLIKE).orElseThrow()
                        + results.value(NearDuplicates.ALIKE).orElseThrow())
                .isEqualTo(258);
        assertThat(of(results, NEAREST, NearDuplicates.UNLIKE_RECOVERED)).isEqualTo(1);
        assertThat(results.metric(RECOVERED).all()).hasSize(3);
    }

    /** Mean squared differences over the first two values: 0.0008 of the first two pictures, 0.25 and more to the third. */
    @Test
    void nearDuplicatesAreAlikeWhereKnown() {
        Matrix pictures = Matrix.wrap(3, 3, 0, 0, 0, 0.04f, 0, 1, 0.5f, 0.5f, 0);
        assertThat(NearDuplicates.groups(pictures, new int[] {0, 1}))
                .containsExactly(Set.of(0, 1), Set.of(0, 1), Set.of(2));
        assertThat(NearDuplicates.groups(pictures, new int[] {0, 1, 2}))
                .containsExactly(Set.of(0), Set.of(1), Set.of(2));
    }

    /** Of four pairs three are in order and one is a tie. */
    @Test
    void theAreaCountsPairs() {
        assertThat(Novelty.auroc(new double[] {0, 1}, new double[] {1, 2})).isEqualTo(3.5 / 4);
        assertThat(Novelty.auroc(new double[] {1}, new double[] {0})).isZero();
    }

    @Test
    void picturesWrittenOneByOneComeBackLikeThoseLearnedTogether() throws IOException {
        Small.pictures(folder, "tiny-imagenet-train-2000.npz", 100, 12, 12, 3);
        Results stored = run(StoreAndForget.STORING, "one-shot-store-known");
        for (Results asked : List.of(stored.where(KNOWN, Tasks.SIXTY_FOURTH), stored.where(NOISE, "variance 0.2"))) {
            assertThat(of(asked, StoreAndForget.WRITTEN, RECOVERED))
                    .isCloseTo(of(asked, CODES, RECOVERED), within(0.02));
        }
        assertThat(new AttractorsClaims(stored).all())
                .filteredOn(c -> c.claim().startsWith("Written one at a time"))
                .hasSize(3)
                .allMatch(c -> c.verdict() == Verdict.MET);
    }

    @Test
    void whatIsForgottenIsUnfamiliarAndTheOthersComeBackAsBefore() throws IOException {
        Small.pictures(folder, "tiny-imagenet-train-2000.npz", 200, 12, 12, 3);
        Results forgotten = run(StoreAndForget.FORGETTING, "forgetting-known");
        assertThat(of(forgotten, StoreAndForget.AFTER, StoreAndForget.FORGOTTEN))
                .isEqualTo(20);
        assertThat(of(forgotten, StoreAndForget.AFTER, StoreAndForget.UNFAMILIAR))
                .isGreaterThanOrEqualTo(0.95);
        assertThat(of(forgotten, StoreAndForget.AFTER, StoreAndForget.STRANGE)).isGreaterThanOrEqualTo(0.95);
        Results noisy = forgotten.where(NOISE, "variance 0.2");
        assertThat(of(noisy, StoreAndForget.AFTER, RECOVERED)).isEqualTo(of(noisy, StoreAndForget.BEFORE, RECOVERED));
    }
}
