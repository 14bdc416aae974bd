package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.op.ExampleRange;
import dev.engram.inference.Status;
import dev.engram.linalg.Tensor;

/** Moves values and errors of the inferred nodes of a graph along the forces that a sweep has found. F = feedback - π ε throughout. */
final class Relaxation {
    private static final double BALANCED = 1e-3;

    private final GraphEvaluation evaluation;

    Relaxation(GraphEvaluation evaluation) {
        this.evaluation = evaluation;
    }

    /** How inference ended whose steps were used up at this residual. */
    static Status balanced(double residual, Status otherwise) {
        return residual <= BALANCED && otherwise == Status.STEPS_USED ? Status.CONVERGED : otherwise;
    }

    /** ε += η F. */
    void moveErrors(double eta, ExampleRange examples) {
        for (Node node : evaluation.inferred()) {
            move(eta, node, evaluation.error(node), examples);
        }
    }

    /** v += η F. */
    void moveValues(double eta, ExampleRange examples) {
        for (Node node : evaluation.inferred()) {
            move(eta, node, evaluation.value(node), examples);
        }
    }

    /** target += η F, for one node. */
    void move(double eta, Node node, Tensor target, ExampleRange examples) {
        Tensor feedback = evaluation.feedback(node);
        Tensor error = evaluation.error(node);
        int from = examples.begin(target);
        int to = examples.end(target);
        float single = (float) eta;
        float pi = (float) node.precision();
        switch (target.precision()) {
            case FLOAT -> {
                if (target == error) {
                    relax(single, pi, feedback.floats(), error.floats(), from, to);
                } else {
                    move(single, pi, feedback.floats(), error.floats(), target.floats(), from, to);
                }
            }
            case DOUBLE -> move(eta, node.precision(), feedback.doubles(), error.doubles(), target.doubles(), from, to);
        }
    }

    private static void relax(float eta, float precision, float[] feedback, float[] error, int from, int to) {
        float keep = 1 - eta * precision;
        for (int i = from; i < to; i++) {
            error[i] = keep * error[i] + eta * feedback[i];
        }
    }

    private static void move(
            float eta, float precision, float[] feedback, float[] error, float[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] += eta * (feedback[i] - precision * error[i]);
        }
    }

    private static void move(
            double eta, double precision, double[] feedback, double[] error, double[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] += eta * (feedback[i] - precision * error[i]);
        }
    }

    /** Whether {@link #moveValues} would leave every value finite. */
    boolean staysFinite(double eta, ExampleRange examples) {
        double sum = 0;
        for (Node node : evaluation.inferred()) {
            Tensor v = evaluation.value(node);
            Tensor feedback = evaluation.feedback(node);
            Tensor error = evaluation.error(node);
            int from = examples.begin(v);
            int to = examples.end(v);
            float step = (float) eta;
            float precision = (float) node.precision();
            sum += switch (v.precision()) {
                case FLOAT -> probe(step, precision, feedback.floats(), error.floats(), v.floats(), from, to);
                case DOUBLE -> probe(eta, node.precision(), feedback.doubles(), error.doubles(), v.doubles(), from, to);
            };
        }
        return sum == 0;
    }

    // x * 0 is 0 for finite x and NaN otherwise: branch-free passes.

    private static float probe(
            float eta, float precision, float[] feedback, float[] error, float[] v, int from, int to) {
        float sum = 0;
        for (int i = from; i < to; i++) {
            sum += (v[i] + eta * (feedback[i] - precision * error[i])) * 0;
        }
        return sum;
    }

    private static double probe(
            double eta, double precision, double[] feedback, double[] error, double[] v, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (v[i] + eta * (feedback[i] - precision * error[i])) * 0;
        }
        return sum;
    }

    /** v = μ + ε. */
    void adoptErrors(ExampleRange examples) {
        for (Node node : evaluation.inferred()) {
            Tensor v = evaluation.value(node);
            int from = examples.begin(v);
            int to = examples.end(v);
            v.set(evaluation.prediction(node), from, to);
            v.add(evaluation.error(node), from, to);
        }
    }

    /** |F| / (|F| + |π ε|), from the last sweep. */
    double residual() {
        double force = 0;
        double pull = 0;
        for (Node node : evaluation.inferred()) {
            Tensor feedback = evaluation.feedback(node);
            Tensor error = evaluation.error(node);
            double precision = node.precision();
            switch (error.precision()) {
                case FLOAT -> {
                    force += squaredForce((float) precision, feedback.floats(), error.floats());
                    pull += precision * precision * squaredNorm(error.floats());
                }
                case DOUBLE -> {
                    force += squaredForce(precision, feedback.doubles(), error.doubles());
                    pull += precision * precision * squaredNorm(error.doubles());
                }
            }
            pull -= precision * precision * evaluation.heldSquares(node);
        }
        return share(force, pull);
    }

    /** √a / (√a + √b), of sums of squares. */
    static double share(double a, double b) {
        return a == 0 ? 0 : Math.sqrt(a) / (Math.sqrt(a) + Math.sqrt(Math.max(0, b)));
    }

    private static double squaredForce(float precision, float[] feedback, float[] error) {
        double sum = 0;
        for (int i = 0; i < error.length; i++) {
            float f = feedback[i] - precision * error[i];
            sum += (double) f * f;
        }
        return sum;
    }

    private static double squaredForce(double precision, double[] feedback, double[] error) {
        double sum = 0;
        for (int i = 0; i < error.length; i++) {
            double f = feedback[i] - precision * error[i];
            sum += f * f;
        }
        return sum;
    }

    private static double squaredNorm(float[] error) {
        double sum = 0;
        for (float e : error) {
            sum += (double) e * e;
        }
        return sum;
    }

    private static double squaredNorm(double[] error) {
        double sum = 0;
        for (double e : error) {
            sum += e * e;
        }
        return sum;
    }
}
