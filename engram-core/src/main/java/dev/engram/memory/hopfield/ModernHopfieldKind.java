package dev.engram.memory.hopfield;

import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Setting;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The memory kind {@code modern-hopfield}: modern Hopfield networks. */
public final class ModernHopfieldKind implements MemoryKind {
    private static final double BETA = 2; // Table 1 of Salvatori et al. 2021
    private static final double BETA_OF_COSINES = 1000;
    private static final double ALPHA = 1.5;
    private static final int DEGREE = 100;

    private enum Choice {
        SOFTMAX,
        SPARSEMAX,
        ENTMAX,
        NORMMAX,
        EPANECHNIKOV,
        MAX,
        POLYNOMIAL;

        boolean takesBeta() {
            return this != MAX && this != POLYNOMIAL;
        }

        boolean takesAlpha() {
            return this == ENTMAX || this == NORMMAX;
        }
    }

    private static final Setting<Similarity> SIMILARITY = Setting.choice(
            "similarity",
            "S",
            "How a cue is compared; euclidean (squared) and l1 are distances",
            List.of(Similarity.values()),
            Similarity::word);
    private static final Setting<Choice> SEPARATION = Setting.choice(
            "separation",
            "S",
            "How the most similar are set apart; polynomial with dot and cosine only, epanechnikov with euclidean only",
            Choice.class);
    private static final Setting<Double> BETA_SETTING =
            Setting.positive("beta", "B", "With all but max and polynomial: the inverse temperature");
    private static final Setting<Double> ALPHA_SETTING = Setting.positive(
            "alpha", "A", "With entmax and normmax: the exponent, above 1; the larger, the sparser entmax is");
    private static final Setting<Integer> DEGREE_SETTING = Setting.count("degree", "N", "With polynomial: the power");

    @Override
    public String name() {
        return ModernHopfieldOptions.euclidean(BETA).name();
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(SIMILARITY, SEPARATION, BETA_SETTING, ALPHA_SETTING, DEGREE_SETTING);
    }

    @Override
    public List<Variation> variations() {
        return List.of(
                new Variation("with --similarity cosine, which is at most 1", "", Map.of("similarity", "cosine")),
                new Variation(
                        "with --separation polynomial", "", Map.of("similarity", "dot", "separation", "polynomial")),
                new Variation("with --separation entmax or normmax", "", Map.of("separation", "entmax")));
    }

    @Override
    public ModernHopfieldOptions model(Settings settings) {
        Similarity similarity = settings.get(SIMILARITY).orElse(Similarity.EUCLIDEAN);
        Choice choice = settings.get(SEPARATION).orElse(Choice.SOFTMAX);
        String word = settings.given().getOrDefault(SEPARATION.name(), "softmax");
        if (choice == Choice.POLYNOMIAL && !similarity.mayBePositive()) {
            throw new IllegalArgumentException(
                    "--separation polynomial keeps what is above 0, and --similarity %s never is. Maybe use --similarity dot or cosine."
                            .formatted(similarity.word()));
        }
        if (choice == Choice.EPANECHNIKOV && similarity != Similarity.EUCLIDEAN) {
            throw new IllegalArgumentException(
                    "--separation epanechnikov compares squared distances, which --similarity %s is not. Maybe use --similarity euclidean."
                            .formatted(similarity.word()));
        }
        if (!choice.takesBeta()) {
            settings.refuse(BETA_SETTING, "with --separation " + word, "use --separation softmax");
        }
        if (!choice.takesAlpha()) {
            settings.refuse(ALPHA_SETTING, "with --separation " + word, "use --separation entmax");
        }
        if (choice != Choice.POLYNOMIAL) {
            settings.refuse(DEGREE_SETTING, "with --separation " + word, "use --separation polynomial");
        }
        double beta = settings.get(BETA_SETTING).orElse(similarity == Similarity.COSINE ? BETA_OF_COSINES : BETA);
        double alpha = settings.get(ALPHA_SETTING).orElse(ALPHA);
        return new ModernHopfieldOptions(
                similarity,
                switch (choice) {
                    case SOFTMAX -> Separation.softmax(beta);
                    case SPARSEMAX -> Separation.sparsemax(beta);
                    case ENTMAX -> Separation.entmax(alpha, beta);
                    case NORMMAX -> Separation.normmax(alpha, beta);
                    case EPANECHNIKOV -> Separation.epanechnikov(beta);
                    case MAX -> Separation.max();
                    case POLYNOMIAL ->
                        Separation.polynomial(settings.get(DEGREE_SETTING).orElse(DEGREE));
                });
    }

    @Override
    public Map<String, MemoryModel> variants() {
        Map<String, MemoryModel> variants = new LinkedHashMap<>();
        variants.put("modern Hopfield, euclidean", ModernHopfieldOptions.euclidean(BETA));
        variants.put("modern Hopfield, dot", ModernHopfieldOptions.ramsauer(BETA));
        return variants;
    }

    @Override
    public String advice(MemoryModel model, int patterns, Shape shape) {
        return "a larger --beta, or --similarity euclidean";
    }
}
