package dev.engram.experiments.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.experiments.frame.Watch;
import dev.engram.io.PatternSet;
import dev.engram.io.memory.Software;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.covariance.CovarianceOptions;
import dev.engram.memory.hopfield.HopfieldOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableComparisonTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final float NAN = Float.NaN;

    @TempDir
    Path folder;

    /** Values of variance 1, each 0.8 of the one before: given its neighbours a value's standard deviation is about 0.47. */
    @Test
    void theMethodsAreToldApart() {
        TableComparison comparison = compared(rows(600, 6));
        Map<String, TableStanding> by =
                comparison.standings().stream().collect(Collectors.toMap(TableStanding::name, Function.identity()));
        assertThat(comparison.questions()).hasSize(3);
        assertThat(by.get("column means").errors())
                .allSatisfy(e -> assertThat(e).isCloseTo(1, within(0.15)));
        assertThat(by.get("column means").separation()).isEmpty();
        assertThat(by.get("random cut forest").errors()).isEmpty();
        assertThat(by.get("random cut forest").separation().orElseThrow()).isGreaterThan(0.9);
        TableStanding covariance = by.get("covariance");
        assertThat(covariance.errors().get(2)).isBetween(0.4, 0.6);
        assertThat(covariance.errors().get(2))
                .isLessThan(by.get("5 nearest neighbours").errors().get(2));
        assertThat(covariance.separation().orElseThrow()).isGreaterThan(0.98);
        assertThat(covariance.named().orElseThrow()).isGreaterThan(0.9);
        assertThat(covariance.alarms().get(1)).isBetween(0.0, 0.11);
        assertThat(by.get("Hopfield").tookPart()).isFalse();
        assertThat(by.get("Hopfield").remark()).contains("0 and 1");
        TableRecommendation recommendation = TableRecommendation.of(comparison);
        assertThat(recommendation.filling()).contains("covariance");
        assertThat(recommendation.advice()).contains("covariance", "column means");
    }

    @Test
    void theSameSeedAsksTheSame() {
        PatternSet table = rows(60, 4);
        assertThat(compared(table).standings().get(0).errors())
                .isEqualTo(compared(table).standings().get(0).errors());
    }

    /** A fifth of the values missing, and a column that does not vary. */
    @Test
    void missingValuesAndConstantColumnsAreTaken() {
        PatternSet table = rows(200, 5);
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < table.patterns().data().length; i++) {
            table.patterns().data()[i] = i % 5 == 3
                    ? 7
                    : random.nextDouble() < 0.2 ? NAN : table.patterns().data()[i];
        }
        for (TableStanding standing : compared(table).standings()) {
            assertThat(standing.errors()).as(standing.name()).allMatch(Double::isFinite);
            assertThat(standing.separation().orElse(0)).as(standing.name()).isFinite();
        }
    }

    /** Of six pairs three in order and one equal, counted half. */
    @Test
    void separationCountsPairs() {
        assertThat(TableComparison.separation(new double[] {1, 2}, new double[] {2, 3, 0}))
                .isCloseTo((1 + 0.5 + 2 + 0) / 6, within(1e-12));
    }

    /** The five nearest that have a second value: 10, 20, 30, 40 and 50. */
    @Test
    void neighboursGiveTheirMean() {
        Matrix learned = Matrix.wrap(7, 2, 0, 10, 0, 20, 0, 30, 0, 40, 0, NAN, 0, 50, 9, 600);
        RowMethod.Learned neighbours = new NearestRows().learn(learned, 0, MemoryModel.Watch.NONE, LA);
        Matrix cues = Matrix.wrap(1, 2, 0.1f, NAN);
        Mask known = Mask.known(new boolean[] {true, false});
        assertThat(neighbours.filled(cues, known).orElseThrow().get(0, 1)).isEqualTo(30);
        assertThat(neighbours.novelty(cues).orElseThrow()[0]).isCloseTo(0.1, within(1e-6));
    }

    /** Of two within 1 % of each other the first, unless only the other states a rate. */
    @Test
    void theRivalMayBeTheAdvice() {
        TableStanding means = standing("column means", 1.0, 0.5);
        TableStanding rival = standing("rival", 0.502, 0.9);
        TableStanding memory = standing("memory", 0.5, 0.902);
        TableComparison comparison =
                new TableComparison(rows(20, 2), 0, List.of("q"), 10, 10, List.of(means, rival, memory));
        TableRecommendation recommendation = TableRecommendation.of(comparison);
        assertThat(recommendation.filling()).contains("rival");
        assertThat(recommendation.novelty()).contains("rival");
        TableStanding stating = new TableStanding(
                "memory",
                false,
                0,
                0,
                List.of(0.5),
                OptionalDouble.of(0.99),
                List.of(0.01, 0.05),
                OptionalDouble.empty(),
                "");
        TableComparison other =
                new TableComparison(rows(20, 2), 0, List.of("q"), 10, 10, List.of(means, rival, stating));
        assertThat(TableRecommendation.of(other).filling()).contains("memory");
        assertThat(TableRecommendation.of(other).novelty()).contains("memory");
    }

    @Test
    void theReportHasEveryNumber() {
        TableComparison comparison = compared(rows(60, 4));
        TableReport report = new TableReport(comparison, Software.current("x"), "engram compare t");
        report.write(folder.resolve("r"));
        assertThat(folder.resolve("r/index.html")).content().contains("column means", "AUROC", "engram compare t");
        assertThat(folder.resolve("r/results.json")).content().contains("odd column first");
    }

    private static TableStanding standing(String name, double error, double separation) {
        return new TableStanding(
                name, true, 0, 0, List.of(error), OptionalDouble.of(separation), List.of(), OptionalDouble.empty(), "");
    }

    private static TableComparison compared(PatternSet table) {
        List<RowMethod> methods = List.of(
                new ColumnMeans(),
                new NearestRows(),
                new CutForest(),
                new MemoryOfRows(new Entrant("covariance", CovarianceOptions.defaults())),
                new MemoryOfRows(new Entrant("Hopfield", HopfieldOptions.defaults())));
        return TableComparison.run(table, methods, 1, 5, new Quiet(), LA);
    }

    private static PatternSet rows(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(rows);
        Matrix m = Matrix.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double own = random.nextGaussian();
                m.set(i, j, (float) (j == 0 ? own : 0.8 * m.get(i, j - 1) + 0.6 * own));
            }
        }
        return PatternSet.of(m, Shape.of(columns), PatternSet.indexNames(rows), List.of());
    }

    private static final class Quiet implements Watch {
        @Override
        public boolean goesOn() {
            return true;
        }

        @Override
        public void at(int steps, int of, double share, String next) {}

        @Override
        public void warn(String message) {}

        @Override
        public void write(Runnable task) {
            task.run();
        }
    }
}
