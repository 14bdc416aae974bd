package dev.engram.experiments.comparison;

import dev.engram.io.NumberText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The methods that a comparison on a table advises to use, which may be rivals of the memories.
 *
 * @param advice in plain words
 * @param filling the method for missing values; empty where none took part
 * @param novelty the method for telling new rows; empty where none took part
 */
public record TableRecommendation(String advice, Optional<String> filling, Optional<String> novelty) {
    /** How the choice is made. */
    public static final String RULE =
            "The rule: for missing values, of the methods whose error, averaged over the questions, is within 1 % of the least, the first of the table that also calls rows new at a stated rate, else the first; for new rows the first whose AUROC is within 0.005 of the greatest.";

    private static final double AS_GOOD = 1.01;
    private static final double AS_SEPARATE = 0.005;

    public static TableRecommendation of(TableComparison comparison) {
        List<TableStanding> standings = comparison.standings();
        double least = best(standings, TableStanding::error);
        double greatest = -best(standings, s -> -s.separation().orElse(Double.NEGATIVE_INFINITY));
        Optional<TableStanding> filling = standings.stream()
                .filter(s -> !s.errors().isEmpty() && s.error() <= AS_GOOD * least)
                .min(Comparator.comparing(s -> s.alarms().isEmpty()));
        Optional<TableStanding> novelty = standings.stream()
                .filter(s -> s.separation().orElse(Double.NEGATIVE_INFINITY) >= greatest - AS_SEPARATE)
                .findFirst();
        String advice = filling.map(s -> "To fill in missing values use %s: on average %s standard deviations off%s."
                                .formatted(s.name(), NumberText.brief(s.error()), means(s, standings)))
                        .orElse("Nothing fills in missing values of these rows.")
                + novelty.map(s -> " To tell new rows use %s: AUROC %s."
                                .formatted(
                                        s.name(),
                                        NumberText.brief(s.separation().orElse(Double.NaN))))
                        .orElse("");
        return new TableRecommendation(advice, filling.map(TableStanding::name), novelty.map(TableStanding::name));
    }

    private static String means(TableStanding chosen, List<TableStanding> standings) {
        return standings.stream()
                .filter(s ->
                        s.name().equals(new ColumnMeans().name()) && !s.name().equals(chosen.name()))
                .map(s -> ", column means %s".formatted(NumberText.brief(s.error())))
                .findFirst()
                .orElse("");
    }

    private static double best(List<TableStanding> standings, ToDoubleFunction<TableStanding> loss) {
        return standings.stream()
                .min(Comparator.comparingDouble(loss))
                .map(loss::applyAsDouble)
                .orElse(Double.NaN);
    }
}
