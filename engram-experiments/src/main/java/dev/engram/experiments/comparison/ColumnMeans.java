package dev.engram.experiments.comparison;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import java.util.Optional;

/** The simplest rival: every missing value is its column's mean, 0 in standardised columns. */
final class ColumnMeans implements RowMethod {
    @Override
    public String name() {
        return "column means";
    }

    @Override
    public Learned learn(Matrix rows, long seed, MemoryModel.Watch watch, LinearAlgebra la) {
        return new Learned() {
            @Override
            public Optional<Matrix> filled(Matrix cues, Mask known) {
                return Optional.of(known.blank(cues, 0));
            }
        };
    }
}
