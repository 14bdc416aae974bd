package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.Contest.ANNEALED;
import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.PAPER;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.MetricNames.BYTES;
import static dev.engram.experiments.kit.MetricNames.LEARNING_SECONDS;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.experiments.Small;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellOutcome;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cells, on small pictures of even noise, which are as unlike each other as pictures can be. */
class CellsTest {
    private static final int SIDE = 12;

    @TempDir
    Path folder;

    private static List<Cell> cells(Experiment experiment, Profile profile) {
        return experiment.cells(profile, new DataFolder(Optional.empty()));
    }

    private Run run(Experiment experiment, int from, int to) {
        Run run = new Small(experiment, cells(experiment, Profile.QUICK).subList(from, to))
                .run(folder, folder.resolve("out"));
        assertThat(run.outcomes())
                .allMatch(
                        o -> o.status() == CellOutcome.Status.DONE,
                        run.outcomes().toString());
        assertThat(folder.resolve("out/index.html")).exists();
        return run;
    }

    private static double recovered(Results results, String memory) {
        return results.where(MEMORY, memory).value(RECOVERED).orElseThrow();
    }

    @Test
    void theFullProfileHasThePapersSizes() {
        assertThat(cells(new Figure3(), Profile.FULL)).hasSize(2 * 2 * 3 * 4);
        assertThat(cells(new Figure7(), Profile.FULL)).hasSize(4 * 4);
        assertThat(cells(new Figure8(), Profile.FULL)).hasSize(2 * 2 * 5);
        assertThat(cells(new Figure9(), Profile.FULL)).hasSize(4 * 10 + 1);
        assertThat(cells(new Table1(), Profile.FULL)).hasSize(4);
        assertThat(cells(new Figure10(), Profile.FULL)).hasSize(3);
    }

    /** 100 pictures of 432 values: noise of variance 0.2 leaves 0.2·99/432 = 0.046 of the affine span, and the pictures differ by more. */
    @Test
    void figure3AsksInEveryWay() throws IOException {
        Small.pictures(folder, "cifar10-train-3000.npz", 100, SIDE, SIDE, 3);
        Results results = run(new Figure3(), 0, 1).results();
        Results noisy = results.where("noise", "variance 0.2");
        assertThat(recovered(noisy, NEAREST)).isEqualTo(1);
        assertThat(recovered(noisy, SPAN)).isZero();
        assertThat(noisy.value(Figure3.EXPECTED)).hasValue(0.2 * 100 / (SIDE * SIDE * 3));
        assertThat(noisy.value(Figure3.LEAST).orElseThrow()).isBetween(0.005, 0.2 * 99 / 432);
        assertThat(noisy.where(MEMORY, Figure3Cell.ITERATED).values("iterations"))
                .contains("1", "30");
        assertThat(Figure3Cell.tried())
                .allMatch(way -> !noisy.where(MEMORY, way).isEmpty());
    }

    /** More hidden units than pictures: what is shown comes back, and the report says how far training went. */
    @Test
    void figure3sAutoencoderLearnsToReturnWhatItIsShown() throws IOException {
        Small.pictures(folder, "cifar10-train-3000.npz", 100, SIDE, SIDE, 3);
        Results results = run(new Figure3(), 4, 5).results();
        assertThat(results.value(Trained.UPDATES)).hasValue(500);
        assertThat(results.value(Trained.ERROR).orElseThrow()).isLessThan(1e-3);
        assertThat(results.value(Trained.REMAINING).orElseThrow()).isPositive();
        // 512 codes of 432 values and a bias, 432 values of 512 codes and a bias, in floats.
        assertThat(results.value(BYTES)).hasValue(4 * (512 * 433 + 432 * 513));
        assertThat(folder.resolve("out/tables/autoencoders.csv")).content().contains("CIFAR-10,100,512,500,");
    }

    /** Quick cells: two, three, five, ten layers, each the network and then its autoencoder; here the three-layer one's. */
    @Test
    void figure8sAutoencoderHasAsManyHiddenLayersAndCompletes() throws IOException {
        Small.pictures(folder, "cifar10-train-3000.npz", 100, SIDE, SIDE, 3);
        Results results = run(new Figure8(), 3, 4).results();
        assertThat(results.values("layers")).containsExactly("3");
        assertThat(results.value(BYTES)).hasValue(4 * (256 * 433 + 256 * 257 + 432 * 257));
        assertThat(results.value(Trained.ERROR).orElseThrow()).isLessThan(1e-3);
        assertThat(recovered(results.where("known", 0.5), Figure8.AUTOENCODER)).isBetween(0.0, 1.0);
        assertThat(folder.resolve("out/tables/autoencoders.csv")).content().contains("CIFAR-10,100,256,3,800,");
    }

    /** 36 rows of 36·3 values: a half holds 1,944 of 3,888, many more than the 50 pictures need. */
    @Test
    void figure6CompletesWhatTheSpanCompletes() throws IOException {
        Small.pictures(folder, "tiny-imagenet-train-2000.npz", 50, 3 * SIDE, 3 * SIDE, 3);
        Results half = run(new Figure6(), 0, 1).results().where("known", 0.5);
        assertThat(recovered(half, NEAREST)).isEqualTo(1);
        assertThat(recovered(half, SPAN)).isEqualTo(1);
        assertThat(recovered(half, ANNEALED)).isEqualTo(1);
        assertThat(half.where(MEMORY, PAPER).metric(RECOVERED).all()).hasSize(1);
    }

    @Test
    void figure9DrawsOtherDigitsEachTime() throws IOException {
        Small.pictures(folder, "mnist-train-60000.npz", 100, 28, 28);
        Run run = run(new Figure9(), 0, 2);
        Results results = run.results();
        assertThat(results.values("draw")).containsExactly("0", "1");
        // Two random patterns of 784 units are far below Hebb's capacity.
        assertThat(results.where(MEMORY, Figure9.HEBB).metric(RECOVERED).all()).allMatch(m -> m.value() == 1);
        assertThat(results.where(MEMORY, PAPER).metric(RECOVERED).all()).allMatch(m -> m.value() == 1);
        CellSetting first = cells(new Figure9(), Profile.QUICK).get(0).setting();
        assertThat(results.sheet(first, "completed from 1/2")).isPresent();
    }

    @Test
    void timesAreShownButNotAmongTheTables() throws IOException {
        Small.pictures(folder, "cifar10-train-3000.npz", 250, SIDE, SIDE, 3);
        Run run = run(new Figure10(), 0, 1);
        assertThat(folder.resolve("out/tables/numbers.csv"))
                .content()
                .contains("bytes stored")
                .doesNotContain("learning");
        assertThat(folder.resolve("out/index.html")).content().contains("What it took, in seconds");
        assertThat(run.results().timings().where(MEMORY, PAPER).value(LEARNING_SECONDS))
                .isPresent();
        assertThat(run.results().where("data", DataSet.CIFAR10.title()).values("covered"))
                .containsExactly("0.5");
    }
}
