package dev.engram.experiments.comparison;

import dev.engram.io.NumberText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The memory that a comparison advises to use.
 *
 * @param advice in plain words
 * @param choice the name of the memory to use; empty where none is good enough
 */
public record Recommendation(String advice, Optional<String> choice) {
    /** How the choice is made. */
    public static final String RULE =
            "The rule: of the memories whose recovered fraction, averaged over the damages, is within 1 % of the best, the one that stores the fewest bytes; where several store the fewest within 5 %, nearest neighbour if it is among them, as the simplest, else the one that answers soonest. Below one half recovered nothing is recommended.";

    private static final double AS_GOOD = 0.01;
    private static final double AS_SMALL = 1.05;
    private static final double ENOUGH = 0.5;
    private static final String SIMPLEST = "nearest-neighbour";

    static Recommendation of(List<Standing> standings) {
        Optional<Standing> best = choose(standings, s -> true);
        if (best.isEmpty() || best.get().recovered() < ENOUGH) {
            return new Recommendation(
                    "None of them brings these patterns back from this damage reliably%s. Less damage, fewer or less similar patterns may."
                            .formatted(best.map(b -> "; the best, %s, recovers %s".formatted(name(b), recovered(b)))
                                    .orElse("")),
                    Optional.empty());
        }
        Standing choice = best.get();
        StringBuilder advice = new StringBuilder();
        if (isSimplest(choice)) {
            advice.append(
                    "Keep the originals and use nearest neighbour: it recovers %s on average over the damages, and nothing that recovers as much stores less than its %s. As the bytes or files they came from, the originals take a quarter of that or less."
                            .formatted(recovered(choice), NumberText.bytes(choice.bytes())));
        } else {
            advice.append("Use %s: it recovers %s on average over the damages and stores %s"
                    .formatted(name(choice), recovered(choice), NumberText.bytes(choice.bytes())));
            standings.stream()
                    .filter(s -> s.tookPart() && isSimplest(s))
                    .findFirst()
                    .ifPresent(s -> advice.append("; nearest neighbour over the originals recovers %s with %s"
                            .formatted(recovered(s), NumberText.bytes(s.bytes()))));
            advice.append(".");
        }
        if (choice.entrant().model().keepsPatterns()) {
            advice.append(withoutOriginals(standings));
        }
        return new Recommendation(advice.toString(), Optional.of(name(choice)));
    }

    private static String withoutOriginals(List<Standing> standings) {
        Optional<Standing> other = choose(standings, s -> !s.entrant().model().keepsPatterns());
        return other.map(o -> o.recovered() < ENOUGH
                        ? " Of the memories that do not keep the patterns themselves none does well; the best is %s with %s."
                                .formatted(name(o), recovered(o))
                        : " Where the patterns themselves may not be kept, use %s: it recovers %s and stores %s."
                                .formatted(name(o), recovered(o), NumberText.bytes(o.bytes())))
                .orElse("");
    }

    private static Optional<Standing> choose(List<Standing> standings, Predicate<Standing> among) {
        List<Standing> all =
                standings.stream().filter(Standing::tookPart).filter(among).toList();
        double best = all.stream().mapToDouble(Standing::recovered).max().orElse(0);
        List<Standing> good =
                all.stream().filter(s -> s.recovered() >= best - AS_GOOD).toList();
        long fewest = good.stream().mapToLong(Standing::bytes).min().orElse(0);
        return good.stream()
                .filter(s -> s.bytes() <= AS_SMALL * fewest)
                .min(Comparator.comparing((Standing s) -> !isSimplest(s))
                        .thenComparingDouble(Standing::secondsPerRecall));
    }

    private static boolean isSimplest(Standing standing) {
        return standing.entrant().model().name().equals(SIMPLEST);
    }

    private static String name(Standing standing) {
        return standing.entrant().name();
    }

    private static String recovered(Standing standing) {
        return NumberText.percent(standing.recovered());
    }
}
