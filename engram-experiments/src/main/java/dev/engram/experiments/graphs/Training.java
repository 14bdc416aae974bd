package dev.engram.experiments.graphs;

import dev.engram.graph.inference.Schedule;
import dev.engram.graph.training.CreditAssignment;
import dev.engram.optimiser.Optimiser;

/**
 * How a network is trained: optimiser, mini-batches, epochs, inference steps.
 *
 * @param steps inference steps of predictive coding, with η = 0.1
 * @param looks how often the test examples are asked, besides the beginning
 */
record Training(Optimiser optimiser, int batch, int epochs, int steps, int looks) {
    /** Where the gradients come from. */
    enum Credit {
        PREDICTIVE_CODING("predictive coding"),
        BACKPROPAGATION("backpropagation");

        private final String words;

        Credit(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    Schedule schedule() {
        return Schedule.fixedPrediction(GradientCell.ETA, steps);
    }

    CreditAssignment by(Credit credit) {
        return credit == Credit.BACKPROPAGATION
                ? CreditAssignment.backpropagation()
                : CreditAssignment.predictiveCoding(schedule());
    }
}
