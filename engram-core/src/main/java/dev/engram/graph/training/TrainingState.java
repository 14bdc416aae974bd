package dev.engram.graph.training;

import dev.engram.linalg.Tensor;
import dev.engram.optimiser.LearningState;
import dev.engram.optimiser.OptimiserState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything needed to resume a training with the same bits: tensors by name and a few numbers.
 *
 * @param parameters by name
 * @param optimiser what the optimiser remembers, by the parameters' names
 * @param epoch how many epochs are done
 * @param batch how many mini-batches of the next epoch are done
 * @param seed of the shuffling; with the epoch it gives the order of the examples
 */
public record TrainingState(
        Map<String, Tensor> parameters, Map<String, OptimiserState> optimiser, int epoch, int batch, long seed) {
    private static final String EPOCH = "epoch";
    private static final String BATCH = "batch";

    public TrainingState {
        parameters = Map.copyOf(parameters);
        optimiser = Map.copyOf(optimiser);
        if (epoch < 0 || batch < 0) {
            throw new IllegalArgumentException("Epoch (%d) and batch (%d) must be at least 0.".formatted(epoch, batch));
        }
    }

    /**
     * The same in the form that all learnings have in common; the seed apart.
     *
     * @param update how many updates were made
     */
    public LearningState asLearning(int update) {
        LearningState.Draft draft =
                new LearningState.Draft(update).with(EPOCH, epoch).with(BATCH, batch);
        parameters.forEach(draft::with);
        optimiser.forEach(draft::with);
        return draft.state();
    }

    /**
     * Takes over {@link #asLearning}.
     *
     * @throws IllegalArgumentException if it is of other parameters, or another optimiser
     */
    public TrainingState resumed(LearningState from) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, OptimiserState> remembered = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> {
            Tensor copy = parameter.copy();
            from.restore(name, copy);
            tensors.put(name, copy);
        });
        optimiser.forEach((name, state) -> {
            OptimiserState copy = state.copy();
            from.restore(name, copy);
            remembered.put(name, copy);
        });
        return new TrainingState(tensors, remembered, (int) from.number(EPOCH), (int) from.number(BATCH), seed);
    }
}
