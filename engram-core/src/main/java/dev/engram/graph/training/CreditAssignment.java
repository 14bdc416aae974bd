package dev.engram.graph.training;

import dev.engram.graph.inference.Schedule;

/** The method that finds the forces on a graph's parameters: predictive coding or backpropagation. */
public sealed interface CreditAssignment {
    /** From the errors at the end of inference, or during it where the schedule is incremental. */
    record PredictiveCoding(Schedule schedule) implements CreditAssignment {}

    /** From reverse-mode differentiation, for comparison. */
    record Backprop() implements CreditAssignment {}

    static CreditAssignment predictiveCoding(Schedule schedule) {
        return new PredictiveCoding(schedule);
    }

    static CreditAssignment backpropagation() {
        return new Backprop();
    }
}
