package dev.engram.experiments.comparison;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Calibration;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.NoveltyJudge;
import dev.engram.memory.Shape;
import dev.engram.memory.Surprise;
import dev.engram.optimiser.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * A memory as a method for tables: it completes what is missing; a row is as new as the memory judges it, or else as far as it is from what
 * the memory makes of it. Where a memory cannot learn missing values, they count as the column's mean.
 */
record MemoryOfRows(Entrant entrant) implements RowMethod {
    @Override
    public String name() {
        return entrant.name();
    }

    @Override
    public Learned learn(Matrix rows, long seed, MemoryModel.Watch watch, LinearAlgebra la) {
        MemoryModel model = entrant.model();
        Shape shape = Shape.of(rows.columns());
        model.obstacle(rows.rows(), shape, Runtime.getRuntime().maxMemory()).ifPresent(obstacle -> {
            throw new IllegalArgumentException(obstacle);
        });
        Matrix shown = model.learnsMissing() ? rows : TableRows.withMeans(rows);
        if (!model.asStored(shown).equals(shown)) {
            throw new IllegalArgumentException("it stores 0 and 1 only");
        }
        dev.engram.memory.Learned<? extends AssociativeMemory> learned = model.learn(shown, shape, seed, watch, la);
        if (learned.outcome() == Outcome.DIVERGED) {
            throw new IllegalArgumentException("its learning diverged");
        }
        return new Memory(learned.memory());
    }

    private record Memory(AssociativeMemory memory) implements Learned {
        @Override
        public Optional<Matrix> filled(Matrix rows, Mask known) {
            return Optional.of(memory.complete(known.blank(rows, 0), known).patterns());
        }

        @Override
        public Optional<double[]> novelty(Matrix rows) {
            return Optional.of(
                    memory instanceof NoveltyJudge judge
                            ? judge.novelty(rows)
                            : memory.regenerated(TableRows.withMeans(rows)).errors());
        }

        @Override
        public Optional<Calibration> ordinary(double rate) {
            return memory instanceof NoveltyJudge judge ? judge.ordinary(rate) : Optional.empty();
        }

        @Override
        public List<List<Surprise>> surprises(Matrix rows) {
            return memory.surprises(rows);
        }
    }
}
