package dev.engram.experiments.comparison;

import com.amazon.randomcutforest.RandomCutForest;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Calibration;
import dev.engram.memory.MemoryModel;
import java.util.Optional;

/**
 * The random cut forest: {@value #TREES} trees over {@value #SAMPLE} rows each; the novelty of a row is its anomaly score, and the threshold
 * comes from the scores of the learned rows. What is missing counts as the column's mean.
 *
 * <p>Source: Guha et al. 2016, "Robust random cut forest based anomaly detection on streams"; the library is Amazon's.
 */
final class CutForest implements RowMethod {
    private static final int TREES = 100;
    private static final int SAMPLE = 256;

    @Override
    public String name() {
        return "random cut forest";
    }

    @Override
    public Learned learn(Matrix rows, long seed, MemoryModel.Watch watch, LinearAlgebra la) {
        RandomCutForest forest = RandomCutForest.builder()
                .dimensions(rows.columns())
                .numberOfTrees(TREES)
                .sampleSize(SAMPLE)
                .randomSeed(seed)
                .parallelExecutionEnabled(false)
                .build();
        Matrix whole = TableRows.withMeans(rows);
        boolean goesOn = true;
        for (int i = 0; i < rows.rows() && goesOn; i++) {
            forest.update(whole.row(i));
            goesOn = watch.onUpdate(i + 1, rows.rows(), Double.NaN);
        }
        return new Trees(forest, scores(forest, TableRows.atMostAsked(whole)));
    }

    private static double[] scores(RandomCutForest forest, Matrix rows) {
        double[] scores = new double[rows.rows()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = forest.getAnomalyScore(rows.row(i));
        }
        return scores;
    }

    private record Trees(RandomCutForest forest, double[] learned) implements Learned {
        @Override
        public Optional<double[]> novelty(Matrix rows) {
            return Optional.of(scores(forest, TableRows.withMeans(rows)));
        }

        @Override
        public Optional<Calibration> ordinary(double rate) {
            return Optional.of(Thresholds.upper(learned, rate));
        }
    }
}
