package dev.engram.experiments.attractors;

import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.attractor.AttractorMemory;

/** A memory that takes whole cues for damaged ones. */
record Recovering(AttractorMemory memory) implements AssociativeMemory {
    @Override
    public String model() {
        return memory.model();
    }

    @Override
    public int values() {
        return memory.values();
    }

    @Override
    public long bytes() {
        return memory.bytes();
    }

    @Override
    public Recall recall(Matrix cues, int iterations) {
        Recall recall = memory.recover(cues);
        for (int k = 1; k < iterations; k++) {
            recall = memory.recover(recall.patterns());
        }
        return recall;
    }

    @Override
    public Recall complete(Matrix cues, Mask mask) {
        return memory.complete(cues, mask);
    }
}
