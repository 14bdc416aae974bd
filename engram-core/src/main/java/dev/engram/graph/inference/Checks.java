package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.NodeEnergy;

/** What schedules ask of their numbers and of a graph. */
final class Checks {
    private Checks() {}

    static void eta(double eta) {
        positive("step size", eta);
    }

    static void positive(String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "The %s (%s) of a schedule must be positive and finite.".formatted(what, value));
        }
    }

    /** From 0 to below 1. */
    static void fraction(String what, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "The %s (%s) of a schedule must be at least 0 and below 1.".formatted(what, value));
        }
    }

    static void steps(int steps) {
        atLeast(0, "number of steps", steps);
    }

    static void atLeast(int least, String what, int value) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "The %s (%d) of a schedule must be at least %d.".formatted(what, value, least));
        }
    }

    /** All inferred nodes must have errors ε = v - μ, and half their square as energy. */
    static void gaussian(GraphEvaluation evaluation, String what) {
        evaluation.inferred().stream()
                .filter(node -> !node.energy().equals(NodeEnergy.GAUSSIAN))
                .findFirst()
                .ifPresent(node -> {
                    throw new IllegalArgumentException(
                            "%s need errors ε = v - μ of what is inferred, and node %s is %s. Maybe use Schedule.strict(..)."
                                    .formatted(what, node.name(), node.energy().name()));
                });
    }

    /** No energy may have parameters. */
    static void fixedEnergies(GraphEvaluation evaluation, String what) {
        evaluation.graph().nodes().stream()
                .filter(node -> !node.energy().parameters().isEmpty())
                .findFirst()
                .ifPresent(node -> {
                    throw new IllegalArgumentException(
                            "%s need energies without parameters, and node %s is %s. Maybe use Schedule.strict(..)."
                                    .formatted(what, node.name(), node.energy().name()));
                });
    }

    /** What is observed must be so as a whole. */
    static void wholeObservations(GraphEvaluation evaluation, String what) {
        evaluation.observedInPart().stream().findFirst().ifPresent(node -> {
            throw new IllegalArgumentException(
                    "%s need observations of whole nodes, and node %s is known in part. Maybe use Schedule.strict(..)."
                            .formatted(what, node.name()));
        });
    }

    /** No node may have a second prediction. */
    static void singlePredictions(GraphEvaluation evaluation, String what) {
        evaluation.graph().nodes().stream()
                .filter(node -> node.kind() == Node.Kind.DIFFERENCE)
                .findFirst()
                .ifPresent(node -> {
                    throw new IllegalArgumentException(
                            "%s need nodes with one prediction; node %s is a second prediction. Maybe use Schedule.strict(..)."
                                    .formatted(what, node.name()));
                });
    }

    static void feedForward(GraphEvaluation evaluation, String what) {
        evaluation.graph().nodes().stream()
                .filter(node -> node.kind() == Node.Kind.DIFFERENCE
                        || evaluation.observedInPart().contains(node))
                .findFirst()
                .ifPresent(node -> {
                    throw new IllegalArgumentException(
                            "%s need nodes with one prediction, known or not as a whole; node %s is %s. Maybe use Schedule.strict(..)."
                                    .formatted(
                                            what,
                                            node.name(),
                                            node.kind() == Node.Kind.DIFFERENCE
                                                    ? "a second prediction"
                                                    : "known in part"));
                });
        evaluation.inferred().stream()
                .filter(node -> node.kind() == Node.Kind.FREE)
                .findFirst()
                .ifPresent(node -> {
                    throw new IllegalArgumentException(
                            "%s need a feed-forward pass, and node %s is free. Maybe use Schedule.strict(..)."
                                    .formatted(what, node.name()));
                });
    }
}
