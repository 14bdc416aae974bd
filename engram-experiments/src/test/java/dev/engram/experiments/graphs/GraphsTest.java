package dev.engram.experiments.graphs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.experiments.Silent;
import dev.engram.experiments.Small;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellOutcome;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Run;
import dev.engram.experiments.frame.RunOptions;
import dev.engram.experiments.frame.Runner;
import dev.engram.experiments.report.Verdict;
import dev.engram.graph.NodeEnergy;
import dev.engram.graph.Observations;
import dev.engram.optimiser.Optimiser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The experiment in small: its claims and report over the scalar graph, short gradients, and trainings on examples by chance. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GraphsTest {
    private Path folder = Path.of("");
    private Run run = new Run(new Graphs(), options(), List.of(), Map.of());

    private static RunOptions options() {
        return RunOptions.of(Profile.QUICK, Optional.empty(), 0, "engram reproduce graphs");
    }

    /** {@link Graphs} in small. */
    private static Small small() {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(CellSetting.of(Graphs.PART, Graphs.SCALAR), ScalarCell::run));
        cells.add(gradients(Graphs.RNN, 100, Network.rnn(4, 5, 8, 3)));
        cells.add(gradients(Graphs.LSTM, 200, Network.lstm(4, 5, 8)));
        for (Training.Credit credit : Training.Credit.values()) {
            cells.add(training(credit));
        }
        return new Small(new Graphs(), cells);
    }

    private static Cell gradients(String name, int steps, Network network) {
        Observations examples =
                name.equals(Graphs.RNN) ? RandomExamples.text(network, 6, 1) : RandomExamples.sequences(network, 6, 1);
        return Cell.of(
                CellSetting.of(Graphs.PART, Graphs.GRADIENTS).with(Graphs.NETWORK, name),
                bench -> new GradientCell(bench, new GradientCell.Subject(network, examples, steps, 10)).run());
    }

    private static Cell training(Training.Credit credit) {
        Network cnn = Network.cnn(1, 16, 3, NodeEnergy.GAUSSIAN);
        Observations all = RandomExamples.pictures(cnn, 24, 2);
        return Cell.of(
                CellSetting.of(Graphs.PART, Graphs.TRAINING)
                        .with(Graphs.NETWORK, Graphs.CNN)
                        .with(Graphs.DATA, "noise")
                        .with(Graphs.SEED, 0)
                        .with(Graphs.CREDIT, credit),
                bench -> new TrainingCell(
                                bench,
                                new TrainingTask(cnn, all, all),
                                new Training(Optimiser.adam(3e-3), 8, 6, 300, 6),
                                credit,
                                7)
                        .run());
    }

    @BeforeAll
    void compute(@TempDir Path temporary) {
        folder = temporary.resolve("out");
        run = new Runner(options(), new Silent()).run(small(), folder);
    }

    @Test
    void everyCellIsDone() {
        assertThat(run.outcomes()).hasSize(5).allMatch(o -> o.status() == CellOutcome.Status.DONE);
    }

    /** y4 = tan √10 + sin 25, dL/dy0 = (y4 - 1)(sec² √10 / √10 + 10 cos 25). */
    @Test
    void theScalarGraphIsTheOneWorkedOutByHand() {
        Results scalar = run.results().where(Graphs.PART, Graphs.SCALAR);
        assertThat(scalar.value(ScalarCell.VALUE).orElseThrow()).isCloseTo(-0.111663793, within(1e-9));
        assertThat(scalar.value(ScalarCell.SLOPE).orElseThrow()).isCloseTo(-11.3705321867, within(1e-9));
        assertThat(scalar.where(ScalarCell.ETA, 1.0)
                        .where(ScalarCell.STEPS, 3)
                        .value(ScalarCell.DIFFERENCE)
                        .orElseThrow())
                .isLessThan(1e-12);
    }

    @Test
    void gradientsConvergeToThoseOfBackpropagationAndStrictOnesDoNot() {
        GraphsClaims claims = new GraphsClaims(run.results());
        for (String network : List.of(Graphs.RNN, Graphs.LSTM)) {
            Results here = run.results().where(Graphs.PART, Graphs.GRADIENTS).where(Graphs.NETWORK, network);
            assertThat(here.value(GradientCell.CONVERGED)).isPresent();
            assertThat(claims.largest(network, GradientCell.EXACT).orElseThrow())
                    .isLessThan(1e-5);
            assertThat(claims.largest(network, GradientCell.ONE_BY_ONE).orElseThrow())
                    .isLessThan(1e-5);
            assertThat(claims.largest(network, GradientCell.STRICT).orElseThrow())
                    .isGreaterThan(0.01);
        }
    }

    /** After 300 steps of 0.1 all but e-7 of the errors, five predictions away at most, have arrived. */
    @Test
    void predictiveCodingAndBackpropagationLearnTheSame() {
        Results trained = run.results().where(Graphs.PART, Graphs.TRAINING);
        double pc = trained.where(Graphs.CREDIT, Training.Credit.PREDICTIVE_CODING)
                .value(TrainingCell.LOSS)
                .orElseThrow();
        double bp = trained.where(Graphs.CREDIT, Training.Credit.BACKPROPAGATION)
                .value(TrainingCell.LOSS)
                .orElseThrow();
        assertThat(pc).isCloseTo(bp, within(0.01 * bp));
        assertThat(trained.metric(TrainingCell.START_LOSS).all()).allMatch(m -> m.value() > bp);
    }

    @Test
    void claimsOnDataThatAreNotThereAreNotRun() {
        assertThat(run.claims().stream().filter(c -> c.setting().contains("MNIST")))
                .isNotEmpty()
                .allMatch(c -> c.verdict() == Verdict.NOT_RUN);
        assertThat(run.claims().stream().filter(c -> c.setting().startsWith("LSTM")))
                .hasSize(4)
                .allMatch(c -> c.verdict() == Verdict.MET);
    }

    @Test
    void theReportHasItsFiguresAndTables() {
        assertThat(folder.resolve("figures/gradients.svg")).exists();
        assertThat(folder.resolve("figures/training.svg")).exists();
        assertThat(folder.resolve("figures/divergence.svg")).exists();
        assertThat(folder.resolve("tables/scalar.csv")).content().contains("100 steps");
        assertThat(folder.resolve("tables/training.csv")).content().contains("noise");
    }

    @Test
    void bothProfilesHaveCellsOfEveryPart() {
        for (Profile profile : Profile.values()) {
            List<Cell> cells = new Graphs().cells(profile, new DataFolder(Optional.empty()));
            assertThat(cells.stream()
                            .map(c -> c.setting().parts().get(Graphs.PART))
                            .distinct())
                    .containsExactly(Graphs.SCALAR, Graphs.GRADIENTS, Graphs.TRAINING);
            assertThat(cells.stream().map(Cell::setting)).doesNotHaveDuplicates();
        }
    }
}
