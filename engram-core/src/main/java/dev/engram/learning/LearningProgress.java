package dev.engram.learning;

import dev.engram.network.GenerativeNetwork;
import dev.engram.optimiser.LearningState;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The state of learning at one weight update.
 *
 * @param update counts from 1
 * @param updates how many there will be
 * @param energyPerLayer the energy of all patterns at the end of inference, before the update, per layer
 * @param trainingError mean squared error of the predicted patterns, per value, before the update
 * @param network after the update; made when asked for, and where it is the learner itself, live
 * @param state makes a copy from which the learning can be resumed; to be asked before the observer returns
 */
public record LearningProgress(
        int update,
        int updates,
        double[] energyPerLayer,
        double trainingError,
        Supplier<GenerativeNetwork> network,
        Supplier<LearningState> state) {
    /** The same for another form of the network, whose training error is a multiple of this one. */
    public LearningProgress with(double factor, Supplier<GenerativeNetwork> other) {
        return new LearningProgress(update, updates, energyPerLayer, factor * trainingError, other, state);
    }

    /** The energy of all patterns and layers together. */
    public double totalEnergy() {
        return Arrays.stream(energyPerLayer).sum();
    }
}
