package dev.engram.graph.training;

import dev.engram.graph.Parameter;
import dev.engram.graph.Parameters;
import dev.engram.linalg.Tensor;
import dev.engram.optimiser.Optimiser;
import dev.engram.optimiser.OptimiserState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Updates a computation graph's parameters by one optimiser, keeps the optimiser's state between updates, and can go back to an earlier state. */
final class GraphUpdate {
    private final Optimiser optimiser;
    private final double largestForce;
    private final Parameters parameters;
    private final Map<String, OptimiserState> states = new LinkedHashMap<>();
    private final Parameters goodParameters;
    private final Map<String, OptimiserState> goodStates = new LinkedHashMap<>();

    public GraphUpdate(Optimiser optimiser, double largestForce, Parameters parameters) {
        this.optimiser = optimiser;
        this.largestForce = largestForce;
        this.parameters = parameters;
        this.goodParameters = Parameters.zeros(parameters.graph(), parameters.precision());
        for (Parameter parameter : parameters.graph().parameters()) {
            states.put(parameter.name(), optimiser.begin(parameters.get(parameter)));
            goodStates.put(parameter.name(), optimiser.begin(parameters.get(parameter)));
        }
    }

    /** Keeps parameters and optimiser as they are now, to {@link #goBack} to. */
    public void remember() {
        copy(parameters, states, goodParameters, goodStates);
    }

    /** Everything as it was when it was last remembered. */
    public void goBack() {
        copy(goodParameters, goodStates, parameters, states);
    }

    private static void copy(
            Parameters from, Map<String, OptimiserState> states, Parameters to, Map<String, OptimiserState> into) {
        to.set(from);
        states.forEach((name, state) -> Objects.requireNonNull(into.get(name)).set(state));
    }

    /** Whether all parameters, and all that the optimiser remembers, are finite. */
    public boolean isFinite() {
        return parameters.isFinite() && states.values().stream().allMatch(OptimiserState::isFinite);
    }

    /**
     * Moves every parameter along the mean force of the batch, clipped, and holds it to its constraint.
     *
     * @param forces -∂E/∂θ summed over the batch; scaled in place
     * @param batch how many examples
     */
    public void apply(Parameters forces, int batch) {
        double factor = clipped(forces, batch) / batch;
        for (Parameter parameter : parameters.graph().parameters()) {
            Tensor force = forces.get(parameter);
            force.scale(factor);
            optimiser.step(parameters.get(parameter), force, Objects.requireNonNull(states.get(parameter.name())));
        }
        parameters.project();
    }

    /** What the mean force is to be multiplied with. */
    private double clipped(Parameters forces, int batch) {
        if (largestForce == Double.POSITIVE_INFINITY) {
            return 1;
        }
        double sum = 0;
        for (Parameter parameter : parameters.graph().parameters()) {
            Tensor force = forces.get(parameter);
            for (int i = 0; i < force.size(); i++) {
                sum += force.get(i) * force.get(i);
            }
        }
        double norm = Math.sqrt(sum) / batch;
        return norm > largestForce ? largestForce / norm : 1;
    }

    /** The state of a training that has come as far as this: copies of the parameters and of what the optimiser remembers. */
    TrainingState state(int epoch, int batch, long seed) {
        return new TrainingState(parameters.snapshot(), snapshot(), epoch, batch, seed);
    }

    /** A copy of what the optimiser remembers, per parameter. */
    public Map<String, OptimiserState> snapshot() {
        Map<String, OptimiserState> copies = new LinkedHashMap<>();
        states.forEach((name, state) -> copies.put(name, state.copy()));
        return copies;
    }

    /**
     * Resumes from a {@link #snapshot}.
     *
     * @throws IllegalArgumentException if it is not of this optimiser or these parameters
     */
    public void restore(Map<String, OptimiserState> snapshot) {
        states.replaceAll((name, fresh) -> {
            OptimiserState state = snapshot.get(name);
            if (state == null || !fits(state, fresh)) {
                throw new IllegalArgumentException(
                        "The optimiser's state for parameter %s is missing or of another optimiser than %s. Maybe it belongs to another run."
                                .formatted(name, optimiser));
            }
            return state.copy();
        });
    }

    private static boolean fits(OptimiserState state, OptimiserState fresh) {
        if (state.averages().size() != fresh.averages().size()) {
            return false;
        }
        for (int i = 0; i < fresh.averages().size(); i++) {
            Tensor wanted = fresh.averages().get(i);
            Tensor given = state.averages().get(i);
            if (given.precision() != wanted.precision() || !given.hasShape(wanted.shape())) {
                return false;
            }
        }
        return true;
    }
}
