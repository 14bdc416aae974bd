package dev.engram.experiments.training;

import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Finding;
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What others report of the same trainings, and what is said of methods, each checked against the numbers found here. */
record TrainingClaims(Results results) {
    static final double MARGIN = 0.01;
    static final double SIGNIFICANT = 0.05;
    private static final double RATIO_TOLERANCE = 0.05;
    private static final double COSINE_TOLERANCE = 0.03;
    private static final double RISE = 1e-6;

    /** Accuracy in per cent and half its interval, of ten seeds: torch2pc-layerwise-thesis, a public repository of 2026. */
    private static final Map<String, double[]> ANCHOR = Map.of(
            Method.BACKPROPAGATION.words(), new double[] {98.49, 0.08},
            Method.EXACT.words(), new double[] {98.49, 0.08},
            Plans.fixedPrediction().words(), new double[] {98.51, 0.11},
            Plans.strictOfMeanLoss().words(), new double[] {98.47, 0.08});

    /** From the first layer to the last. */
    private static final double[] FIXED_RATIOS = {8.8e-4, 0.0083, 0.225, 0.613, 1};

    private static final double[] STRICT_COSINES = {0.900, 0.890, 0.843, 0.927, 1};

    List<Claim> all() {
        List<Claim> claims = new ArrayList<>();
        for (String method : List.of(
                Method.BACKPROPAGATION.words(),
                Method.EXACT.words(),
                Plans.fixedPrediction().words(),
                Plans.strictOfMeanLoss().words())) {
            claims.add(anchor(method));
        }
        Results methods = results.where(TrainingSuite.PART, TrainingSuite.TRAINING);
        for (String method : methods.values(TrainingSuite.METHOD)) {
            if (!method.equals(Method.BACKPROPAGATION.words())) {
                claims.add(equivalent(methods, method));
            }
        }
        claims.add(layers("fixed prediction", Plans.FIXED_STEPS, TrialCell.RATIO, FIXED_RATIOS, RATIO_TOLERANCE, true));
        claims.add(layers(
                "strict, mean loss", Plans.STRICT_STEPS, TrialCell.COSINE, STRICT_COSINES, COSINE_TOLERANCE, false));
        claims.add(reaches(Plans.DEEP_MU_PC, "strict", 0.93, "After 900 mini-batches of 64."));
        claims.add(reaches(Plans.TEN, "error-based", 0.915, "After 300 mini-batches of 64."));
        claims.add(reaches(Plans.THREE, "strict", 0.955, "After 300 mini-batches of 64."));
        claims.add(reaches(Plans.SMALL, "strict", 0.981, "After 20 epochs."));
        claims.add(reaches(Plans.DEEPEST_MU_PC, "error-based", 0.82, "After 3 epochs."));
        claims.add(new Finding(
                        "Where 128 layers train with μPC, the plain first weights are at chance.",
                        Plans.DEEPEST,
                        TrialCell.ACCURACY,
                        accuracy -> accuracy < 0.2,
                        "")
                .beside(depth(Plans.DEEPEST, "error-based")));
        claims.add(rises("strict", true));
        claims.add(rises("step from the curvature", false));
        return claims;
    }

    private Claim anchor(String method) {
        double[] anchor = ANCHOR.getOrDefault(method, new double[] {Double.NaN, Double.NaN});
        double[] found = numbers(
                results.where(TrainingSuite.PART, TrainingSuite.TRAINING).where(TrainingSuite.METHOD, method),
                TrialCell.ACCURACY);
        return new Finding(
                        "Test accuracy is within the 95 %% interval of the anchor, %.2f ± %.2f %%."
                                .formatted(anchor[0], anchor[1]),
                        "LeNet, MNIST, %s, %d seeds".formatted(method, found.length),
                        "mean " + TrialCell.ACCURACY,
                        mean -> Math.abs(100 * mean - anchor[0]) <= anchor[1],
                        found.length < 2
                                ? ""
                                : "± %.2f %% over the seeds (95 %%).".formatted(100 * Paired.halfInterval(found)))
                .beside(found.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Paired.mean(found)));
    }

    private static Claim equivalent(Results methods, String method) {
        double[] found = numbers(methods.where(TrainingSuite.METHOD, method), TrialCell.MACRO_F1);
        double[] reference = numbers(methods.where(TrainingSuite.METHOD, Method.BACKPROPAGATION), TrialCell.MACRO_F1);
        int pairs = Math.min(found.length, reference.length);
        Finding finding = new Finding(
                "Equivalent to backpropagation within ± 0.01 macro-F1 (two one-sided tests, p < 0.05).",
                "LeNet, MNIST, %s, %d seeds".formatted(method, pairs),
                "p of the larger test",
                p -> p < SIGNIFICANT,
                "A method that only equals backpropagation is no gain where it costs more; see the passes.");
        if (pairs < 2) {
            return finding.beside(OptionalDouble.empty());
        }
        Paired paired = Paired.of(Arrays.copyOf(found, pairs), Arrays.copyOf(reference, pairs));
        return finding.beside(OptionalDouble.of(paired.notEquivalent(MARGIN)), NumberText::brief);
    }

    /** In the order of the seeds. */
    static double[] numbers(Results here, String metric) {
        return here.numbers(metric).toArray();
    }

    private Claim layers(
            String method, int steps, String metric, double[] expected, double tolerance, boolean isRelative) {
        Results here = results.where(TrainingSuite.PART, TrainingSuite.STEPS)
                .where(TrainingSuite.METHOD, method)
                .where(StepsCell.STEPS, steps);
        double[] found = numbers(here, metric);
        double worst = 0;
        for (int i = 0; i < Math.min(found.length, expected.length); i++) {
            double gap = Math.abs(found[i] - expected[i]);
            worst = Math.max(worst, isRelative ? gap / expected[i] : gap);
        }
        return new Finding(
                        "By layer, the gradients' %s is as reported: %s, within %s%s."
                                .formatted(
                                        metric,
                                        Arrays.toString(expected),
                                        NumberText.plain(isRelative ? 100 * tolerance : tolerance),
                                        isRelative ? " %" : ""),
                        "LeNet at its first weights, %s, %d steps".formatted(method, steps),
                        "largest difference",
                        largest -> largest <= tolerance,
                        found.length == 0
                                ? ""
                                : "Found: %s."
                                        .formatted(Arrays.toString(Arrays.stream(found)
                                                .mapToObj(NumberText::brief)
                                                .toArray())))
                .beside(found.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(worst), NumberText::brief);
    }

    private OptionalDouble depth(String network, String method) {
        return results.where(TrainingSuite.PART, TrainingSuite.DEPTH)
                .where(TrainingSuite.NETWORK, network)
                .where(TrainingSuite.METHOD, method)
                .value(TrialCell.ACCURACY);
    }

    private Claim reaches(String network, String method, double goal, String when) {
        return new Finding(
                        "Reaches %s.".formatted(NumberText.percent(OptionalDouble.of(goal))),
                        "%s, %s".formatted(network, method),
                        TrialCell.ACCURACY,
                        accuracy -> accuracy >= goal,
                        when)
                .beside(depth(network, method));
    }

    private Claim rises(String method, boolean expected) {
        OptionalDouble rise = results.where(TrainingSuite.PART, TrainingSuite.CURVATURE)
                .where(TrainingSuite.METHOD, method)
                .value(TrialCell.RISE);
        return new Finding(
                        expected
                                ? "A fixed step that was short enough at first raises the energy later in training."
                                : "With a step from the curvature the energy never rises in inference, all through that training.",
                        Plans.STEEP + ", " + method,
                        TrialCell.RISE,
                        largest -> largest > RISE == expected,
                        "")
                .beside(rise, NumberText::brief);
    }
}
