package dev.engram.inference;

import java.util.Comparator;
import java.util.List;

/**
 * What an engine would cost for one job, before it begins.
 *
 * @param engine not {@link Engine#AUTO}
 * @param how in words, for {@code --explain}
 * @param operations floating-point operations, a multiplication and an addition being two
 * @param bytes of memory for what it works on, beside patterns and weights
 * @param obstacle why it does not apply here; empty where it does
 */
public record EngineCost(Engine engine, String how, double operations, double bytes, String obstacle) {
    public EngineCost {
        if (engine == Engine.AUTO) {
            throw new IllegalArgumentException("AUTO is a choice among engines and has no cost of its own.");
        }
    }

    /** An engine that applies. */
    public static EngineCost of(Engine engine, String how, double operations, double bytes) {
        return new EngineCost(engine, how, operations, bytes, "");
    }

    /** The same with a reason against it, where the condition does not hold. */
    public EngineCost unless(boolean applies, String reason) {
        return applies || !isPossible() ? this : new EngineCost(engine, how, operations, bytes, reason);
    }

    /** Whether nothing speaks against it. */
    public boolean isPossible() {
        return obstacle.isEmpty();
    }

    /**
     * The engine with the fewest operations among those that apply.
     *
     * @throws IllegalArgumentException if none does
     */
    public static EngineCost cheapest(List<EngineCost> costs) {
        return costs.stream()
                .filter(EngineCost::isPossible)
                .min(Comparator.comparingDouble(EngineCost::operations))
                .orElseThrow(() -> new IllegalArgumentException("No engine applies: " + costs));
    }

    /**
     * The engine wanted; for {@link Engine#AUTO} the {@link #cheapest}.
     *
     * @throws IllegalArgumentException if it does not apply, saying why
     */
    public static Engine choose(List<EngineCost> costs, Engine wanted) {
        if (wanted == Engine.AUTO) {
            return cheapest(costs).engine();
        }
        costs.stream()
                .filter(cost -> cost.engine() == wanted && !cost.isPossible())
                .forEach(cost -> {
                    throw new IllegalArgumentException("The %s engine does not apply: %s. Maybe use Engine.AUTO."
                            .formatted(wanted, cost.obstacle()));
                });
        return wanted;
    }
}
