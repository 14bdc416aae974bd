package dev.engram.graph.training;

import dev.engram.linalg.Tensor;
import dev.engram.optimiser.OptimiserState;
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
    public TrainingState {
        parameters = Map.copyOf(parameters);
        optimiser = Map.copyOf(optimiser);
        if (epoch < 0 || batch < 0) {
            throw new IllegalArgumentException("Epoch (%d) and batch (%d) must be at least 0.".formatted(epoch, batch));
        }
    }
}
