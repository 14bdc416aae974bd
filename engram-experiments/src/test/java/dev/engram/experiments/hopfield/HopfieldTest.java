package dev.engram.experiments.hopfield;

import static dev.engram.experiments.hopfield.HopfieldCell.CORRELATION;
import static dev.engram.experiments.hopfield.HopfieldCell.PC;
import static dev.engram.experiments.hopfield.HopfieldCell.RECALLED;
import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.Fractions.HALF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.experiments.Small;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellOutcome;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Run;
import dev.engram.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cells, small. */
class HopfieldTest {
    private static final int UNITS = 40;

    @TempDir
    Path folder;

    private Run run(Cell... cells) {
        return new Small(new Hopfield(), List.of(cells)).run(folder, folder.resolve("out"));
    }

    private static Cell random(int units) {
        return Cell.of(
                Hopfield.setting(Hopfield.RANDOM, units, 0),
                bench -> new HopfieldCell(bench, units, 0, BinaryPatterns.random(units, units, bench.seed(), 0)).run());
    }

    @Test
    void theFullProfileHasAllSizes() {
        List<Cell> full = new Hopfield().cells(Profile.FULL, new DataFolder(Optional.empty()));
        assertThat(full).hasSize(6 * 10 + 2);
        assertThat(full.stream().map(c -> c.setting().parts().get("units")).distinct())
                .contains("100", "200", "500", "196");
        assertThat(new Hopfield().cells(Profile.QUICK, new DataFolder(Optional.empty())))
                .hasSize(4 * 3 + 2);
    }

    @Test
    void everyRuleIsAskedAtEveryLoadAndFlip() {
        Results results = run(random(UNITS)).results();
        for (String rule : HopfieldCell.RULES) {
            Results mine = results.where("rule", rule).metric(RECALLED);
            assertThat(mine.where("load", 0.1).values("flipped")).hasSize(11);
            assertThat(mine.where("flipped", 0.1).values("load")).hasSize(HopfieldCell.LOADS.size());
            assertThat(results.where("rule", rule).value(HopfieldCell.RISES)).hasValue(0);
        }
        assertThat(results.where("rule", HopfieldCell.PC_INFERENCE)
                        .metric(RECALLED)
                        .all())
                .hasSize(11);
        Results whole = results.where("rule", PC).where("flipped", 0.0);
        for (double load : new double[] {0.02, 0.05, 0.1}) {
            assertThat(whole.where("load", load).value(RECALLED)).hasValue(1);
        }
    }

    /** 0.02·40 is one pattern, of which every rule makes a multiple of s sᵀ. */
    @Test
    void ofOnePatternAllWeightsAreAlike() {
        Results one = run(random(UNITS)).results().where("load", 0.02).metric(CORRELATION);
        assertThat(one.all()).hasSize(3).allSatisfy(m -> assertThat(m.value()).isCloseTo(1, within(1e-6)));
    }

    @Test
    void aRunThatGoesOnHasTheSameNumbersAndWeights() {
        Run first = run(random(Hopfield.FEW_UNITS));
        Run second = run(random(Hopfield.FEW_UNITS));
        assertThat(second.outcomes()).allMatch(o -> o.status() == CellOutcome.Status.KEPT);
        assertThat(second.results().all()).isEqualTo(first.results().all());
        assertThat(folder.resolve("out/figures/weights.svg"))
                .content()
                .contains(">PC-trained<", ">Hebb<", ">Storkey<", ">pseudo-inverse<");
        assertThat(folder.resolve("out/results.json")).content().contains(CORRELATION);
    }

    /** Where inference rests is of one kind each; all patterns are stored, and a saturated unit has a curvature of 1. */
    @Test
    void aRingSaysHowItRecallsAndHowStableItsStatesAre() {
        Cell ring = Cell.of(
                RingCell.setting(RingCell.RING, 0),
                bench -> new RingCell(bench, RingCell.RING, List.of(50, 30, 20), 0).run());
        Run run = run(ring);
        Results results = run.results();
        assertThat(results.metric(RingCell.RECALLED).all()).hasSize(2 * 3 * 11);
        assertThat(results.where("flipped", 0.0).numbers(RingCell.RECALLED)).containsOnly(1.0);
        assertThat(results.where("start", RingCell.FROM_ANYWHERE)
                        .numbers(RingCell.STATES)
                        .sum())
                .isEqualTo(2 * 50);
        Results stored = results.where("rest", RingCell.Rest.STORED)
                .where("start", RingCell.FROM_PATTERNS)
                .where("scale", 10.0);
        assertThat(stored.value(RingCell.STATES)).hasValue(10);
        assertThat(stored.value(RingCell.LEAST)).hasValueCloseTo(1.0, within(1e-2));
        assertThat(results.numbers(HopfieldCell.RISES)).hasSize(2).containsOnly(0.0);
        assertThat(folder.resolve("out/tables/equilibria.csv")).content().contains("stored pattern");
        assertThat(folder.resolve("out/figures/basins.svg")).exists();
    }

    /** Two units of +-10 that store (1, 0): by sign, by the size of x and by the energy alone. */
    @Test
    void statesAtRestAreNamed() {
        Matrix stored = Matrix.wrap(1, 2, 1, 0);
        assertThat(RingCell.rest(new double[] {9, -8}, 0, stored, 10)).isEqualTo(RingCell.Rest.STORED);
        assertThat(RingCell.rest(new double[] {-9, 8}, 0, stored, 10)).isEqualTo(RingCell.Rest.NEGATIVE);
        assertThat(RingCell.rest(new double[] {9, 8}, 0.009, stored, 10)).isEqualTo(RingCell.Rest.SPURIOUS);
        assertThat(RingCell.rest(new double[] {9, -8}, 0.011, stored, 10)).isEqualTo(RingCell.Rest.BETWEEN);
        assertThat(RingCell.rest(new double[] {0.4, -0.4}, 0, stored, 10)).isEqualTo(RingCell.Rest.ORIGIN);
    }

    /** 100 pictures of even noise, 12 by 12: half of the values are 72, too few for their 99 directions; three quarters are 108. */
    @Test
    void linearMemoriesCompleteFromAsManyValuesAsTheyHaveDirections() throws IOException {
        Small.pictures(folder, "mnist-train-60000.npz", 100, 12, 12);
        Cell cell = Cell.of(
                        CovarianceCell.setting(DataSet.MNIST), bench -> new CovarianceCell(bench, DataSet.MNIST).run())
                .withData(DataSet.MNIST, 100);
        Results results = run(cell).results();
        for (String memory : CovarianceCell.MEMORIES) {
            Results mine = results.where("memory", memory);
            boolean nearest = memory.equals(NEAREST);
            assertThat(mine.where("known", 0.75).value(CovarianceCell.COMPLETED))
                    .as(memory)
                    .hasValue(1);
            assertThat(mine.where("known", HALF).value(CovarianceCell.COMPLETED))
                    .as(memory)
                    .hasValue(nearest ? 1 : 0);
        }
        assertThat(folder.resolve("out/tables/covariance.csv")).content().contains(SPAN);
    }
}
