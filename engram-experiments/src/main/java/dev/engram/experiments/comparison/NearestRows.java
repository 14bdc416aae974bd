package dev.engram.experiments.comparison;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Calibration;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * k nearest neighbours: a missing value is the mean of the {@value #K} nearest learned rows that have it, and the novelty of a row its mean
 * distance from the {@value #K} nearest. Distances are over what both rows have, per value (as scikit-learn's KNNImputer measures them).
 */
final class NearestRows implements RowMethod {
    private static final int K = 5;

    @Override
    public String name() {
        return K + " nearest neighbours";
    }

    @Override
    public Learned learn(Matrix rows, long seed, MemoryModel.Watch watch, LinearAlgebra la) {
        return new Neighbours(rows, la);
    }

    private record Neighbour(int row, double distance) {}

    private record Neighbours(Matrix learned, LinearAlgebra la) implements Learned {
        @Override
        public Optional<Matrix> filled(Matrix cues, Mask known) {
            Matrix shown = known.blank(cues, Float.NaN);
            Matrix filled = cues.copy();
            la.parallel(cues.rows(), cue -> {
                double[] distances = distances(shown, cue, -1);
                for (int j = 0; j < cues.columns(); j++) {
                    if (!known.isKnown(cue, j)) {
                        int column = j;
                        filled.set(cue, j, (float) Arrays.stream(nearest(distances, column))
                                .mapToDouble(neighbour -> learned.get(neighbour.row, column))
                                .average()
                                .orElse(0));
                    }
                }
            });
            return Optional.of(filled);
        }

        @Override
        public Optional<double[]> novelty(Matrix rows) {
            double[] novelty = new double[rows.rows()];
            la.parallel(rows.rows(), row -> novelty[row] = meanDistance(distances(rows, row, -1)));
            return Optional.of(novelty);
        }

        @Override
        public Optional<Calibration> ordinary(double rate) {
            double[] leftOut = new double[Math.min(learned.rows(), TableRows.MOST_ASKED)];
            la.parallel(leftOut.length, row -> leftOut[row] = meanDistance(distances(learned, row, row)));
            return Optional.of(Thresholds.upper(leftOut, rate));
        }

        private double meanDistance(double[] distances) {
            return Arrays.stream(nearest(distances, -1))
                    .mapToDouble(Neighbour::distance)
                    .average()
                    .orElse(0);
        }

        /** Of the learned rows from this one, the one left out being infinitely far. */
        private double[] distances(Matrix rows, int row, int leftOut) {
            double[] distances = new double[learned.rows()];
            for (int i = 0; i < distances.length; i++) {
                double sum = 0;
                int both = 0;
                for (int j = 0; j < rows.columns(); j++) {
                    double difference = rows.get(row, j) - learned.get(i, j);
                    if (!Double.isNaN(difference)) {
                        sum += difference * difference;
                        both++;
                    }
                }
                distances[i] = i == leftOut || both == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(sum / both);
            }
            return distances;
        }

        /** The nearest rows that have a value in the column, or of all where that is below 0. */
        private Neighbour[] nearest(double[] distances, int column) {
            PriorityQueue<Neighbour> nearest =
                    new PriorityQueue<>(Comparator.comparingDouble((Neighbour n) -> -n.distance));
            for (int i = 0; i < distances.length; i++) {
                boolean counts = column < 0 || !Float.isNaN(learned.get(i, column));
                if (counts && distances[i] < Double.POSITIVE_INFINITY) {
                    nearest.add(new Neighbour(i, distances[i]));
                    if (nearest.size() > K) {
                        nearest.poll();
                    }
                }
            }
            return nearest.toArray(Neighbour[]::new);
        }
    }
}
