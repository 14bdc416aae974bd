package dev.engram.cli.memory;

import dev.engram.cli.console.Terminal;
import dev.engram.cli.options.Choices;
import dev.engram.inference.EngineCost;
import dev.engram.io.NumberText;
import java.util.List;

/** What {@code --explain} prints: the engines, their costs, and the one that is taken. */
final class Explanation {
    private Explanation() {}

    /** @param wanted the engine asked for, or auto */
    static void print(Terminal terminal, String job, List<EngineCost> costs, String wanted) {
        String taken = wanted.equals("auto")
                ? Choices.spelled(EngineCost.cheapest(costs).engine())
                : wanted;
        terminal.line("Engines for %s:".formatted(job));
        for (EngineCost cost : costs) {
            terminal.line("  %s %-10s %10s operations %10s   %s%s"
                    .formatted(
                            Choices.spelled(cost.engine()).equals(taken) ? "->" : "  ",
                            Choices.spelled(cost.engine()),
                            operations(cost.operations()),
                            NumberText.bytes((long) cost.bytes()),
                            cost.how(),
                            cost.isPossible() ? "" : "; not here: " + cost.obstacle()));
        }
    }

    private static String operations(double count) {
        return count >= 1e12 ? "%.1f T".formatted(count / 1e12) : "%.2f G".formatted(count / 1e9);
    }
}
