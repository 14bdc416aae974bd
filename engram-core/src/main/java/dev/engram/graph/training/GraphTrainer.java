package dev.engram.graph.training;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Precision;
import dev.engram.optimiser.Optimiser;
import dev.engram.optimiser.Outcome;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Trains the parameters of a computation graph on mini-batches: infer (or differentiate), then move the parameters along the mean of their
 * forces; again for every mini-batch and epoch. Where operations have something random, such as dropout, it is drawn for each mini-batch; when the
 * graph is evaluated nothing is.
 *
 * @param credit where the forces come from
 * @param optimiser what becomes of them
 * @param batch examples in a mini-batch, at least 1; the last of an epoch may be smaller
 * @param epochs how many, counted from the very start of training
 * @param largestForce the norm |∂E/∂θ| of all parameters together, of the mean of a mini-batch, beyond which forces are scaled down to it
 *     (gradient clipping, Pascanu et al. 2013); infinite for none
 * @param la what computes
 */
public record GraphTrainer(
        CreditAssignment credit, Optimiser optimiser, int batch, int epochs, double largestForce, LinearAlgebra la) {
    private static final long MASKS = 0x6d61736b;

    /**
     * A trained graph.
     *
     * @param parameters of a training that diverged, as the state: those before the mini-batch that would have left the range of finite numbers
     * @param metrics of the last epoch worked on, each mini-batch before its update
     */
    public record Result(Parameters parameters, TrainingState state, Outcome outcome, Metrics metrics) {}

    public GraphTrainer {
        if (batch < 1 || epochs < 0) {
            throw new IllegalArgumentException(
                    "Training needs mini-batches of at least 1 example (%d) and at least 0 epochs (%d)."
                            .formatted(batch, epochs));
        }
        if (!(largestForce > 0)) {
            throw new IllegalArgumentException(
                    "The norm that forces are clipped to (%s) must be positive.".formatted(largestForce));
        }
    }

    public static GraphTrainer of(CreditAssignment credit, Optimiser optimiser, int batch, int epochs) {
        return new GraphTrainer(credit, optimiser, batch, epochs, Double.POSITIVE_INFINITY, LinearAlgebra.shared());
    }

    public GraphTrainer withLinearAlgebra(LinearAlgebra newLa) {
        return new GraphTrainer(credit, optimiser, batch, epochs, largestForce, newLa);
    }

    /** The same, with forces that are scaled down to this norm. */
    public GraphTrainer withLargestForce(double norm) {
        return new GraphTrainer(credit, optimiser, batch, epochs, norm, la);
    }

    /**
     * The state before any training: new parameters.
     *
     * @param seed of the parameters and the shuffling
     */
    public TrainingState begin(ComputationGraph graph, Precision precision, long seed) {
        return begin(graph.initialise(seed, precision), seed);
    }

    /** The state before any training, from given parameters. */
    public TrainingState begin(Parameters parameters, long seed) {
        return new GraphUpdate(optimiser, largestForce, parameters).state(0, 0, seed);
    }

    /**
     * Trains from a state to the last epoch.
     *
     * @param state where to resume; only read
     * @param data all examples, with a value for every node that is to be clamped
     * @throws IllegalArgumentException if the state or the data are not this graph's, or the state is not finite
     */
    public Result train(ComputationGraph graph, TrainingState state, Observations data, TrainingObserver observer) {
        Precision precision = state.parameters().values().stream()
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("The graph has no parameters; there is nothing to train."))
                .precision();
        Parameters parameters = Parameters.of(graph, precision, state.parameters());
        GraphUpdate update = new GraphUpdate(optimiser, largestForce, parameters);
        update.restore(state.optimiser());
        if (!update.isFinite()) {
            throw new IllegalArgumentException(
                    "The training cannot begin from parameters or an optimiser's state that are not finite. Maybe resume from an earlier state.");
        }
        TrainingRun run = new TrainingRun(this, parameters, update);
        int batches = (data.batch() + batch - 1) / batch;
        Tally epochTally = new Tally();
        int firstBatch = state.batch();
        for (int epoch = state.epoch(); epoch < epochs; epoch++) {
            int[] order = order(data.batch(), state.seed(), epoch);
            epochTally = new Tally();
            for (int b = firstBatch; b < batches; b++) {
                Metrics metrics = run.learn(data.rows(range(order, b)), masks(state.seed(), epoch, b), epochTally);
                if (run.diverged()) {
                    TrainingState last = update.state(epoch, b, state.seed());
                    return new Result(parameters, last, Outcome.DIVERGED, epochTally.metrics());
                }
                int doneEpochs = b + 1 == batches ? epoch + 1 : epoch;
                int doneBatches = (b + 1) % batches;
                Supplier<TrainingState> now = () -> update.state(doneEpochs, doneBatches, state.seed());
                TrainingProgress progress =
                        new TrainingProgress(epoch + 1, b + 1, batches, metrics, epochTally.metrics(), parameters, now);
                if (!observer.onBatch(progress)) {
                    return new Result(parameters, progress.state().get(), Outcome.CANCELLED, epochTally.metrics());
                }
            }
            firstBatch = 0;
        }
        int done = Math.max(state.epoch(), epochs);
        TrainingState end = update.state(done, done > epochs ? state.batch() : 0, state.seed());
        return new Result(parameters, end, Outcome.COMPLETED, epochTally.metrics());
    }

    private int[] range(int[] order, int number) {
        int from = number * batch;
        return Arrays.copyOfRange(order, from, Math.min(order.length, from + batch));
    }

    /** Fisher and Yates's shuffle, from a stream for each epoch. */
    private static int[] order(int examples, long seed, int epoch) {
        SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() + epoch);
        int[] order = new int[examples];
        for (int i = 0; i < examples; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** The seed of what is random in operations, for each mini-batch. */
    private static long masks(long seed, int epoch, int batch) {
        return new SplittableRandom(seed ^ MASKS).nextLong() + ((long) epoch << 32) + batch;
    }

    /** How well given parameters do on examples, mini-batch by mini-batch, without learning: the energy is that after the feed-forward
     * pass, of the loss and of what else is not at its prediction then (second predictions, learned precisions). */
    public Metrics evaluate(Parameters parameters, Observations data) {
        Tally tally = new Tally();
        for (int from = 0; from < data.batch(); from += batch) {
            int size = Math.min(batch, data.batch() - from);
            Observations some = data.rows(IntStream.range(from, from + size).toArray());
            GraphEvaluation evaluation = new GraphEvaluation(la, parameters, some);
            evaluation.clamp(some);
            evaluation.begin(Map.of());
            evaluation.inLanes(evaluation::feedForwardAndMeasure);
            tally.addForward(evaluation);
            tally.addEnergy(evaluation);
        }
        return tally.metrics();
    }
}
