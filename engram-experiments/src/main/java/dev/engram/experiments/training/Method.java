package dev.engram.experiments.training;

import dev.engram.graph.inference.Nudged;
import dev.engram.graph.inference.Schedule;
import dev.engram.graph.training.CreditAssignment;
import java.util.Optional;

/**
 * A way to find the gradients of a mini-batch, with its numbers.
 *
 * @param passes over the graph, forward and back, for a mini-batch
 */
record Method(String words, CreditAssignment credit, int passes) {
    /** Whose results the others are set beside. */
    static final Method BACKPROPAGATION = new Method("backpropagation", CreditAssignment.backpropagation(), 1);

    static final Method EXACT = of("exact", Schedule.exact(), 1);

    /** Steps one by one would be as many passes; their sum is one where all paths to a node have one length. */
    static Method fixedPrediction(double eta, int steps) {
        return of("fixed prediction", Schedule.fixedPrediction(eta, steps), 1);
    }

    static Method strict(double eta, int steps) {
        return of("strict", Schedule.strict(eta, steps), steps + 1);
    }

    /** Strict, with a loss that is a mean over the mini-batch while the energies of the nodes are sums, as Torch2PC has it: β = 1 / batch. */
    static Method strictOfMeanLoss(double eta, int steps, int batch) {
        return of(
                "strict, mean loss",
                Schedule.nudged(1.0 / batch, Nudged.Side.POSITIVE, Schedule.strict(eta, steps)),
                steps + 1);
    }

    static Method incremental(double eta, int steps) {
        return of("incremental", Schedule.incremental(eta, steps), steps + 1);
    }

    static Method errorBased(double eta, int steps) {
        return of("error-based", Schedule.errorBased(eta, steps), steps + 1);
    }

    static Method of(String words, Schedule schedule, int passes) {
        return new Method(words, CreditAssignment.predictiveCoding(schedule), passes);
    }

    /** The schedule of its inference, where it infers. */
    Optional<Schedule> schedule() {
        return credit instanceof CreditAssignment.PredictiveCoding pc ? Optional.of(pc.schedule()) : Optional.empty();
    }

    @Override
    public String toString() {
        return words;
    }
}
