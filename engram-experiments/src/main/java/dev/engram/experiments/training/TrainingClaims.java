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
    private static final int WHOLE = 51_000; // examples to learn from: 85 % of the training set
    private static final String NEEDS_FULL = "Needs the full profile.";

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
        claims.add(layers(Plans.fixedPrediction(), TrialCell.RATIO, FIXED_RATIOS, RATIO_TOLERANCE, true));
        claims.add(layers(Plans.strictOfMeanLoss(), TrialCell.COSINE, STRICT_COSINES, COSINE_TOLERANCE, false));
        claims.add(reaches(Plans.DEEP_MU_PC, "strict", 0.93, 900));
        claims.add(reaches(Plans.TEN, "error-based", 0.915, 300));
        claims.add(reaches(Plans.THREE, "strict", 0.955, 300));
        claims.add(reaches(Plans.SMALL, "strict", 0.981, 20 * 59_000 / 200));
        claims.add(reaches(Plans.DEEPEST_MU_PC, "error-based", 0.82, Plans.DEEPEST_BATCHES));
        claims.add(new Finding(
                        "Where 128 layers train with μPC, the plain first weights are at chance.",
                        Plans.DEEPEST,
                        TrialCell.ACCURACY,
                        accuracy -> accuracy < 0.2,
                        "")
                .beside(depth(Plans.DEEPEST, "error-based").value(TrialCell.ACCURACY)));
        claims.add(rises("strict", true));
        claims.add(rises("step from the curvature", false));
        return claims;
    }

    private Results of(String method) {
        return results.where(TrainingSuite.PART, TrainingSuite.TRAINING).where(TrainingSuite.METHOD, method);
    }

    /** Whether trainings had all the examples there are. */
    private static boolean isWhole(Results here) {
        return !here.isEmpty() && here.numbers(TrialCell.EXAMPLES).allMatch(examples -> examples == WHOLE);
    }

    private Claim anchor(String method) {
        double[] anchor = ANCHOR.getOrDefault(method, new double[] {Double.NaN, Double.NaN});
        double[] found = numbers(of(method), TrialCell.ACCURACY);
        boolean isWhole = isWhole(of(method)) && found.length > 1;
        return new Finding(
                        "By %s, test accuracy is within the 95 %% interval of the anchor, %.2f ± %.2f %%."
                                .formatted(method, anchor[0], anchor[1]),
                        "LeNet, MNIST, %d seeds".formatted(found.length),
                        "mean " + TrialCell.ACCURACY,
                        mean -> Math.abs(100 * mean - anchor[0]) <= anchor[1],
                        isWhole
                                ? "± %.2f %% over the seeds (95 %%).".formatted(100 * Paired.halfInterval(found))
                                : NEEDS_FULL)
                .beside(isWhole ? OptionalDouble.of(Paired.mean(found)) : OptionalDouble.empty());
    }

    private static Claim equivalent(Results methods, String method) {
        double[] found = numbers(methods.where(TrainingSuite.METHOD, method), TrialCell.MACRO_F1);
        double[] reference = numbers(methods.where(TrainingSuite.METHOD, Method.BACKPROPAGATION), TrialCell.MACRO_F1);
        int pairs = Math.min(found.length, reference.length);
        Finding finding = new Finding(
                "By %s, macro-F1 is equivalent to backpropagation's within ± 0.01 (two one-sided tests, p < 0.05)."
                        .formatted(method),
                "LeNet, MNIST, %d seeds".formatted(pairs),
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

    /** At the weights that trainings end with; the mean over the seeds. */
    private Claim layers(Method method, String metric, double[] expected, double tolerance, boolean isRelative) {
        Results here = of(method.words());
        double[] found = here.values(TrialCell.LAYER).stream()
                .mapToDouble(layer -> Paired.mean(numbers(here.where(TrialCell.LAYER, layer), metric)))
                .toArray();
        double worst = 0;
        for (int i = 0; i < Math.min(found.length, expected.length); i++) {
            double gap = Math.abs(found[i] - expected[i]);
            worst = Math.max(worst, isRelative ? gap / expected[i] : gap);
        }
        boolean isWhole = isWhole(here) && found.length == expected.length;
        return new Finding(
                        "By %s, the gradients' %s is as reported, layer by layer: %s, within %s%s."
                                .formatted(
                                        method,
                                        metric,
                                        Arrays.toString(expected),
                                        NumberText.plain(isRelative ? 100 * tolerance : tolerance),
                                        isRelative ? " %" : ""),
                        "LeNet at the end of its trainings",
                        "largest difference",
                        largest -> largest <= tolerance,
                        isWhole
                                ? "Found: %s."
                                        .formatted(Arrays.toString(Arrays.stream(found)
                                                .mapToObj(NumberText::brief)
                                                .toArray()))
                                : NEEDS_FULL)
                .beside(isWhole ? OptionalDouble.of(worst) : OptionalDouble.empty(), NumberText::brief);
    }

    private Results depth(String network, String method) {
        return results.where(TrainingSuite.PART, TrainingSuite.DEPTH)
                .where(TrainingSuite.NETWORK, network)
                .where(TrainingSuite.METHOD, method);
    }

    private Claim reaches(String network, String method, double goal, int updates) {
        Results here = depth(network, method);
        boolean isWhole = here.value(TrialCell.UPDATES).orElse(0) >= updates;
        return new Finding(
                        "%s reaches %s by %s.".formatted(network, NumberText.percent(OptionalDouble.of(goal)), method),
                        "MNIST, after %d mini-batches".formatted(updates),
                        TrialCell.ACCURACY,
                        accuracy -> accuracy >= goal,
                        isWhole ? "" : NEEDS_FULL)
                .beside(isWhole ? here.value(TrialCell.ACCURACY) : OptionalDouble.empty());
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
