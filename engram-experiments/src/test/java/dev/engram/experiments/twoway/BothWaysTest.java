package dev.engram.experiments.twoway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.engram.experiments.Small;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellOutcome;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Run;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.report.Verdict;
import dev.engram.graph.TwoWay;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import dev.engram.memory.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured of halves and labels, by hand; what is claimed of made-up numbers; a small network on digits, where they are. */
class BothWaysTest {
    private static final Path DATA = Path.of("../../shared/data");
    private static final LabelledPictures THREE = new LabelledPictures(
            Matrix.wrap(3, 4, 1, 0, 0.5f, 0.25f, 0, 1, 1, 0, 0, 0, 0.5f, 0.75f),
            new int[] {2, 0, 2},
            Shape.of(2, 2, 1));

    @Test
    void halvesAndMeansAreThoseOfHand() {
        assertThat(THREE.upperHalves().data()).containsExactly(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
        assertThat(THREE.isUpper().floats()).containsExactly(1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0);
        // (0.5² + 0.25² + 1² + 0.5² + 0.75²) / 6 against zeros below; what is above does not count
        assertThat(THREE.lowerError(Matrix.zeros(3, 4))).isCloseTo(2.125 / 6, within(1e-12));
        assertThat(THREE.classMeans().get(2, 0)).isEqualTo(0.5f);
        assertThat(THREE.classMeans().get(2, 3)).isEqualTo(0.5f);
        assertThat(THREE.classMeans().get(0, 1)).isEqualTo(1);
        assertThat(THREE.classMeans().get(7, 1)).isZero();
    }

    @Test
    void anAnswerIsRightWhereTheLargestOutputIsTheLabel() {
        Tensor output = Tensor.wrap(new float[30], 3, 10);
        output.set(2, 0.1); // right
        output.set(10 + 3, 0.1); // wrong: a 0 taken for a 3
        output.set(20 + 2, -0.1); // wrong: a 2 taken for a 0
        assertThat(THREE.accuracy(output)).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void theFullProfileHasThreeSeedsOfEveryNetworkAndAllRivals() {
        List<Cell> cells = new BothWays().cells(Profile.FULL, new DataFolder(Optional.empty()));
        assertThat(cells).hasSize(3 * 3 + 3 * 2 + 4);
        assertThat(cells).allMatch(cell -> cell.data().containsKey(DataSet.MNIST_TEST));
    }

    private static void anchors(Workbench bench, double... accuracies) {
        for (int seed = 0; seed < accuracies.length; seed++) {
            bench.measure(
                    BothWays.setting(BothWays.ANCHORS, BothWays.EQUAL).with(BothWays.SEED, seed),
                    NetworkCell.BY_THE_PASS,
                    accuracies[seed]);
        }
    }

    private static Verdict anchor(Path folder, double... accuracies) {
        return Small.claim(new BothWays(), folder, "85.4", bench -> anchors(bench, accuracies))
                .verdict();
    }

    @Test
    void anAnchorIsComparedWithTheMeanOfAllSeeds(@TempDir Path folder) {
        assertThat(anchor(folder.resolve("a"), 0.85, 0.86, 0.853)).isEqualTo(Verdict.MET);
        assertThat(anchor(folder.resolve("b"), 0.85, 0.86, 0.851)).isEqualTo(Verdict.NOT_MET);
        assertThat(anchor(folder.resolve("c"), 0.99)).isEqualTo(Verdict.NOT_RUN);
    }

    @Test
    void aSmallNetworkLearnsDigitsBothWays(@TempDir Path folder) {
        assumeThat(Files.exists(DATA.resolve("mnist-train-60000.npz")))
                .as("MNIST is in ../shared/data")
                .isTrue();
        Cell cell = Cell.of(BothWays.setting(BothWays.HALVES, BothWays.EQUAL).with(BothWays.SEED, 0), bench -> {
                    NetworkCell network = new NetworkCell(bench, TwoWay.of(784, 32, 32, 10), new Lesson(60, 3e-3), 1);
                    network.pictures();
                    network.halves(20);
                })
                .withData(DataSet.MNIST, 1000)
                .withData(DataSet.MNIST_TEST, 20);
        Cell means = Cell.of(
                        BothWays.setting(BothWays.HALVES, Rivals.MEAN),
                        bench -> Rivals.complete(bench, Rivals.MEAN, 20))
                .withData(DataSet.MNIST, 1000)
                .withData(DataSet.MNIST_TEST, 20);
        Run run = new Small(new BothWays(), List.of(cell, means)).run(DATA, folder);
        assertThat(run.outcomes()).allMatch(outcome -> outcome.status() == CellOutcome.Status.DONE);
        Results network = run.results().where(BothWays.NETWORK, BothWays.EQUAL);
        double toMeans = network.value(NetworkCell.TO_MEANS).orElseThrow();
        assertThat(toMeans)
                .isLessThan(network.value(NetworkCell.MEANS_OF_THEMSELVES).orElseThrow() / 2);
        assertThat(network.value(NetworkCell.FROM_HALF).orElseThrow()).isGreaterThan(0.3); // by chance: 0.1
        assertThat(network.value(NetworkCell.LOWER).orElseThrow())
                .isLessThan(run.results()
                        .where(BothWays.NETWORK, Rivals.MEAN)
                        .value(NetworkCell.LOWER)
                        .orElseThrow());
    }
}
