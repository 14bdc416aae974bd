package dev.engram.experiments.comparison;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Calibration;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Surprise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A way to fill in missing values of a table's rows, to tell new rows from ordinary ones, or both. */
interface RowMethod {
    /** In tables. */
    String name();

    /**
     * What it makes of rows.
     *
     * @param rows [rows, columns], each column with mean 0 and variance 1; what is NaN is missing
     * @throws IllegalArgumentException if it cannot, saying why
     */
    Learned learn(Matrix rows, long seed, MemoryModel.Watch watch, LinearAlgebra la);

    /** What was learned. */
    interface Learned {
        /** The rows with what is not known filled in; empty for what fills in nothing. */
        default Optional<Matrix> filled(Matrix rows, Mask known) {
            return Optional.empty();
        }

        /** How unlike the learned rows each is, NaN being missing; empty for what cannot say. */
        default Optional<double[]> novelty(Matrix rows) {
            return Optional.empty();
        }

        /** From where on a row counts as new, at a rate of false alarms; empty for what cannot say. */
        default Optional<Calibration> ordinary(double rate) {
            return Optional.empty();
        }

        /** For each row what does not fit, the most surprising first; empty for what cannot say. */
        default List<List<Surprise>> surprises(Matrix rows) {
            return List.of();
        }
    }

    /** The simplest first, the memories last. */
    static List<RowMethod> all() {
        List<RowMethod> all = new ArrayList<>(List.of(new ColumnMeans(), new NearestRows(), new CutForest()));
        Entrant.all().forEach(entrant -> all.add(new MemoryOfRows(entrant)));
        return all;
    }
}
