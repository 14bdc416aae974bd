package dev.engram.experiments.graphs;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Finding;
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** The claims of Millidge et al. 2022, each checked against the numbers found here. */
record GraphsClaims(Results results) {
    static final double ROUNDING = 1e-5;
    private static final double APART = 0.01;
    private static final double MNIST_GOAL = 0.98;
    private static final double NAMES_GOAL = 0.7;
    private static final double NAMES_APART = 0.01;
    private static final double BITS_APART = 0.02;

    List<Claim> all() {
        List<Claim> claims = new ArrayList<>();
        claims.add(scalar(100, GradientCell.CLOSE));
        claims.add(scalar(500, 1e-12));
        for (String network : List.of(Graphs.CNN, Graphs.RNN, Graphs.LSTM)) {
            claims.add(converges(network));
            claims.add(exact(network, GradientCell.EXACT));
            claims.add(exact(network, GradientCell.ONE_BY_ONE));
            claims.add(strict(network));
        }
        for (DataSet data : List.of(DataSet.CIFAR10, DataSet.MNIST)) {
            claims.add(sameAccuracy(data));
        }
        claims.add(mnist());
        claims.add(names());
        claims.add(bits());
        claims.add(falls());
        return claims;
    }

    private Claim scalar(int steps, double most) {
        return new Finding(
                        "On the scalar graph the derivative comes to that of backpropagation.",
                        "eta 0.1, %d steps".formatted(steps),
                        ScalarCell.DIFFERENCE,
                        difference -> difference <= most,
                        "Met up to %s.".formatted(NumberText.plain(most)))
                .beside(
                        results.where(Graphs.PART, Graphs.SCALAR)
                                .where(ScalarCell.ETA, GradientCell.ETA)
                                .where(ScalarCell.STEPS, steps)
                                .value(ScalarCell.DIFFERENCE),
                        NumberText::brief);
    }

    private Claim converges(String network) {
        double paper = largest(network, GradientCell.PAPER).orElse(Double.NaN);
        return new Finding(
                        "At convergence the weight gradients are those of backpropagation.",
                        network + ", fixed predictions, eta 0.1",
                        GradientCell.CONVERGED,
                        steps -> true,
                        "The largest difference of any weight over the largest gradient of its layer, in floats. Depth over η steps are needed.")
                .beside(
                        gradients(network).value(GradientCell.CONVERGED),
                        steps -> "within 1e-3 after %.0f steps; after the paper's %d: %s"
                                .formatted(steps, paperSteps(network), NumberText.brief(paper)));
    }

    private static int paperSteps(String network) {
        return network.equals(Graphs.LSTM) ? Graphs.LSTM_STEPS : Graphs.CNN_STEPS;
    }

    private Claim exact(String network, String schedule) {
        return new Finding(
                        "With η = 1 they are after as many steps as the graph is deep.",
                        "%s, %s".formatted(network, schedule),
                        GradientCell.DIFFERENCE,
                        most -> most <= ROUNDING,
                        schedule.equals(GradientCell.EXACT)
                                ? "One visit to each node, in reverse mode's order. 0 is no accident: reverse mode uses the same derivatives of the operations, which tests hold to finite differences."
                                : "All nodes at every step, one by one.")
                .beside(largest(network, schedule), most -> "within " + NumberText.brief(most));
    }

    private Claim strict(String network) {
        return new Finding(
                        "Without the fixed-prediction assumption they differ.",
                        "%s, strict, eta 0.1, %d steps".formatted(network, paperSteps(network)),
                        GradientCell.DIFFERENCE,
                        most -> most > APART,
                        "Met above 1 %.")
                .beside(largest(network, GradientCell.STRICT), most -> "by " + NumberText.brief(most));
    }

    private Results gradients(String network) {
        return results.where(Graphs.PART, Graphs.GRADIENTS).where(Graphs.NETWORK, network);
    }

    OptionalDouble largest(String network, String schedule) {
        return gradients(network)
                .where(GradientCell.SCHEDULE, schedule)
                .numbers(GradientCell.DIFFERENCE)
                .max();
    }

    /** A number after training by predictive coding and by backpropagation, one for each seed. */
    private record Both(double[] pc, double[] bp) {
        boolean areThere() {
            return pc.length > 0 && bp.length > 0;
        }

        double pcMean() {
            return mean(pc);
        }

        double bpMean() {
            return mean(bp);
        }

        /** The number asked for, where both were trained. */
        OptionalDouble when(double value) {
            return areThere() ? OptionalDouble.of(value) : OptionalDouble.empty();
        }

        String percents() {
            return "%s and %s".formatted(NumberText.percent(pcMean()), NumberText.percent(bpMean()));
        }

        private static double mean(double[] values) {
            return Arrays.stream(values).average().orElse(Double.NaN);
        }

        /** Of the difference of the means. */
        double standardError() {
            return Math.sqrt((variance(pc) + variance(bp)) / pc.length);
        }

        private static double variance(double[] values) {
            double mean = mean(values);
            return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / Math.max(1, values.length - 1);
        }
    }

    private Both trained(String network, DataSet data, String metric) {
        Results here = results.where(Graphs.PART, Graphs.TRAINING)
                .where(Graphs.NETWORK, network)
                .where(Graphs.DATA, data.title());
        return new Both(
                by(here, Training.Credit.PREDICTIVE_CODING, metric), by(here, Training.Credit.BACKPROPAGATION, metric));
    }

    private static double[] by(Results here, Training.Credit credit, String metric) {
        return here.where(Graphs.CREDIT, credit).numbers(metric).toArray();
    }

    private Claim sameAccuracy(DataSet data) {
        Both accuracies = trained(Graphs.CNN, data, TrainingCell.ACCURACY);
        boolean areAllThere = accuracies.pc().length == Graphs.SEEDS && accuracies.bp().length == Graphs.SEEDS;
        double apart = Math.abs(accuracies.pcMean() - accuracies.bpMean());
        double error = accuracies.standardError();
        return new Finding(
                        "The CNN is as accurate when trained by predictive coding as by backpropagation.",
                        "%s, %d seeds".formatted(data.title(), Graphs.SEEDS),
                        "difference of mean test accuracy",
                        difference -> difference <= error,
                        "Met within one standard error of the difference of the means. Gradients after 100 steps are not quite those of backpropagation.")
                .beside(
                        areAllThere ? OptionalDouble.of(apart) : OptionalDouble.empty(),
                        difference -> "%s; standard error of the difference %s"
                                .formatted(accuracies.percents(), NumberText.percent(error)));
    }

    private Claim mnist() {
        Both accuracies = trained(Graphs.CNN, DataSet.MNIST, TrainingCell.ACCURACY);
        return new Finding(
                        "The CNN learns MNIST by both.",
                        DataSet.MNIST.title(),
                        "lesser of the mean test accuracies",
                        least -> least >= MNIST_GOAL,
                        "Met from 98 %, which takes the whole set: the full profile.")
                .beside(
                        accuracies.when(Math.min(accuracies.pcMean(), accuracies.bpMean())),
                        least -> accuracies.percents());
    }

    private Claim names() {
        Both accuracies = trained(Graphs.RNN, DataSet.NAMES, TrainingCell.ACCURACY);
        return new Finding(
                        "The RNN tells the language of names by either.",
                        "names, 18 languages",
                        TrainingCell.ACCURACY,
                        mean -> mean >= NAMES_GOAL || mean >= accuracies.bpMean() - NAMES_APART,
                        "Met from 70 %, or within 1 % of backpropagation from the same seed.")
                .beside(accuracies.when(accuracies.pcMean()), mean -> accuracies.percents());
    }

    private Claim bits() {
        Both losses = trained(Graphs.LSTM, DataSet.SHAKESPEARE, TrainingCell.LOSS);
        return new Finding(
                        "The LSTM predicts Shakespeare's characters as well by either.",
                        "Shakespeare, sequences of %d".formatted(Graphs.SEQUENCE),
                        "bits per character, predictive coding over backpropagation",
                        ratio -> Math.abs(ratio - 1) <= BITS_APART,
                        "Met within 2 %.")
                .beside(losses.when(losses.pcMean() / losses.bpMean()), ratio -> "%s and %s bits per character"
                        .formatted(NumberText.brief(bits(losses.pcMean())), NumberText.brief(bits(losses.bpMean()))));
    }

    private Claim falls() {
        double before = trained(Graphs.LSTM, DataSet.SHAKESPEARE, TrainingCell.START_LOSS)
                .pcMean();
        double after =
                trained(Graphs.LSTM, DataSet.SHAKESPEARE, TrainingCell.LOSS).pcMean();
        return new Finding(
                        "The LSTM learns by predictive coding.",
                        "Shakespeare, sequences of %d".formatted(Graphs.SEQUENCE),
                        "bits per character after training over before",
                        ratio -> ratio < 1,
                        "Met where it falls.")
                .beside(
                        Double.isNaN(after / before) ? OptionalDouble.empty() : OptionalDouble.of(after / before),
                        ratio -> "from %s to %s bits per character"
                                .formatted(NumberText.brief(bits(before)), NumberText.brief(bits(after))));
    }

    /** A sequence's cross-entropy as bits per character. */
    static double bits(double loss) {
        return loss / Graphs.SEQUENCE / Math.log(2);
    }
}
