package dev.engram.experiments.sequences;

import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.MetricNames.BYTES;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.experiments.Small;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellOutcome;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Run;
import dev.engram.experiments.report.Series;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.sequence.Sequences;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cells, on small pictures of even noise, which are as unlike each other as pictures can be. */
class SequencesExperimentTest {
    @TempDir
    Path folder;

    private static List<Cell> cells(Profile profile) {
        return new SequencesExperiment().cells(profile, new DataFolder(Optional.empty()));
    }

    private Results run(String part, String value) {
        Cell first = cells(Profile.QUICK).stream()
                .filter(c -> value.equals(c.setting().parts().get(part)))
                .findFirst()
                .orElseThrow();
        Run run = new Small(new SequencesExperiment(), List.of(first)).run(folder, folder.resolve("out"));
        assertThat(run.outcomes())
                .allMatch(
                        o -> o.status() == CellOutcome.Status.DONE,
                        run.outcomes().toString());
        return run.results();
    }

    private static double of(Results results, String memory, String metric) {
        return results.where(MEMORY, memory).value(metric).orElseThrow();
    }

    @Test
    void theFullProfileHasTenSizesOfTenDraws() {
        assertThat(cells(Profile.FULL)).hasSize(10 * 10 + 3 + 3 + 2 * 20);
        assertThat(cells(Profile.QUICK)).hasSize(4 * 3 + 3 + 2 + 2 * 3);
    }

    /** 20 transitions between independent frames of 20 units are linear equations with a solution; one weight sum of 20 terms is not exact. */
    @Test
    void temporalPredictiveCodingStoresAsManyTransitionsAsUnitsAndHebbFewer() {
        Results results = run(Capacity.UNITS, "20");
        assertThat(of(results, Capacity.TPC, Capacity.LONGEST)).isBetween(20.0, 40.0);
        assertThat(of(results, Capacity.HEBB, Capacity.LONGEST)).isBetween(2.0, 10.0);
        assertThat(folder.resolve("out/tables/capacity.csv")).content().contains(Capacity.TPC, Capacity.QUADRATIC);
        assertThat(folder.resolve("out/figures/capacity.svg")).exists();
    }

    @Test
    void picturesAreReplayedAndForetoldFromNoise() throws IOException {
        Small.pictures(folder, "tiny-imagenet-train-2000.npz", 100, 12, 12, 3);
        Results results = run(TASK, PicturesInOrder.TASK);
        for (String memory : List.of(SequenceModels.DIRECT, SequenceModels.HIDDEN, SequenceModels.STRONG)) {
            assertThat(of(results, memory, PicturesInOrder.WORST_OFFLINE)).isLessThan(1e-3);
        }
        assertThat(of(results, SequenceModels.STRONG, PicturesInOrder.NOISY))
                .isLessThan(of(results, SequenceModels.HIDDEN, PicturesInOrder.NOISY));
        assertThat(of(results, NEAREST, PicturesInOrder.WORST_OFFLINE)).isZero();
        assertThat(of(results, NEAREST, PicturesInOrder.NOISY_RECALLED)).isEqualTo(1);
        assertThat(of(results, NEAREST, BYTES)).isEqualTo(4 * 100 * 432);
        assertThat(folder.resolve("out/tables/pictures.csv")).content().contains(SequenceModels.STRONG, NEAREST);
        assertThat(folder.resolve("out/figures/pictures.svg")).content().contains("Tiny ImageNet, noisy present");
        assertThat(folder.resolve("out/index.html")).content().contains("What learning took", "data:image/png");
    }

    /** What the nearest frame keeps first it goes on with in both sequences: right in one of two. */
    @Test
    void onlyTheHiddenLayerGoesOnAfterSharedFrames() throws IOException {
        Small.pictures(folder, "tiny-imagenet-train-2000.npz", SharedFrames.pictures(2), 8, 8, 3);
        Results results = run(SharedFrames.SEQUENCES, "2");
        for (String metric : List.of(SharedFrames.OFFLINE, SharedFrames.ONLINE)) {
            assertThat(of(results, SequenceModels.HIDDEN, metric)).isEqualTo(1);
            assertThat(of(results, SequenceModels.DIRECT, metric)).isZero();
            assertThat(of(results, NEAREST, metric)).isEqualTo(0.5);
        }
        assertThat(folder.resolve("out/tables/shared.csv")).content().contains(SequenceModels.HIDDEN);
    }

    /** A frame that is its own is followed by its own by every memory that keeps frames; one that is the copy's by the copy's. */
    @Test
    void theNearestFrameGoesByLikenessAndTheHiddenLayerByThePast() {
        Results results = run(TASK, OccurredTogether.TASK);
        Results own = results.where(OccurredTogether.SHIFT, 0.0);
        Results nearer = results.where(OccurredTogether.SHIFT, OccurredTogether.NEARER_THE_COPY);
        for (String memory : List.of(NEAREST, SequenceModels.DIRECT, SequenceModels.STRONG, Capacity.QUADRATIC)) {
            assertThat(of(own, memory, OccurredTogether.RECALLED)).as(memory).isEqualTo(1);
        }
        assertThat(of(nearer, NEAREST, OccurredTogether.RECALLED)).isZero();
        assertThat(of(nearer, NEAREST, OccurredTogether.MISTAKEN)).isEqualTo(1);
        assertThat(of(nearer, SequenceModels.STRONG, OccurredTogether.RECALLED)).isEqualTo(1);
        assertThat(of(nearer, SequenceModels.STRONG, OccurredTogether.MISTAKEN)).isZero();
        assertThat(folder.resolve("out/tables/together.csv")).content().contains(NEAREST, Capacity.HEBB);
        assertThat(folder.resolve("out/figures/together.svg")).exists();
    }

    /** 10 sequences of 10 transitions in 100 units: at once they are just as many equations as unknowns. */
    @Test
    void whatWasLearnedBeforeIsForgottenAndWhatIsLearnedNowIsNot() {
        Results results = run(TASK, Forgetting.TASK);
        Results last = results.where(Forgetting.LEARNED, 10);
        assertThat(of(last, Capacity.TPC, Forgetting.NEWEST)).isZero();
        assertThat(of(last, Capacity.TPC, Forgetting.FIRST)).isGreaterThan(0.1);
        assertThat(of(last, Capacity.QUADRATIC, Forgetting.EARLIER)).isZero();
        assertThat(of(results.where(Forgetting.LEARNED, 5), Forgetting.AT_ONCE, Forgetting.EARLIER))
                .isZero();
        assertThat(results.where(Forgetting.LEARNED, 1).numbers(Forgetting.EARLIER))
                .isEmpty();
        assertThat(folder.resolve("out/tables/forgetting.csv")).content().contains(Forgetting.AT_ONCE);
        assertThat(folder.resolve("out/figures/forgetting.svg")).exists();
    }

    /** 1, 2 and 6: variance ((1 - 3)² + (2 - 3)² + (6 - 3)²) / 2 = 7, of the mean 7/3. */
    @Test
    void meansHaveTheirStandardErrors() {
        CellSetting setting = CellSetting.of(TASK, "made up");
        Cell cell = Cell.of(setting, bench -> {
            int draw = 0;
            for (double number : new double[] {1, 2, 6}) {
                bench.measure(setting.with("x", 4).with("draw", draw++), "y", number);
            }
            bench.measure(setting.with("x", 3), "y", 5);
        });
        Results results = new Small(new SequencesExperiment(), List.of(cell))
                .run(folder, folder.resolve("out"))
                .results();
        Series series = results.meanAndError("made up", "x", "y");
        assertThat(series.x()).containsExactly(3, 4);
        assertThat(series.y()).containsExactly(5, 3);
        assertThat(series.low()).containsExactly(new double[] {5, 3 - Math.sqrt(7 / 3.0)}, within(1e-12));
        assertThat(series.high()).containsExactly(new double[] {5, 3 + Math.sqrt(7 / 3.0)}, within(1e-12));
    }

    /** Frames 0, 1, 5 and then 1, 9: after 1.2 comes 5, which was stored first. */
    @Test
    void theNearestFramesSuccessorFollows() {
        NearestFrame memory = new NearestFrame(
                Sequences.of(Matrix.wrap(3, 1, 0, 1, 5), Matrix.wrap(2, 1, 1, 9)), LinearAlgebra.shared());
        assertThat(memory.follow(Matrix.wrap(2, 1, 1.2f, -7)).patterns()).isEqualTo(Matrix.wrap(2, 1, 5, 1));
        assertThat(memory.replay(Matrix.wrap(2, 1, 9, 0.1f), 3).patterns()).isEqualTo(Matrix.wrap(3, 1, 1, 5, 5));
    }
}
