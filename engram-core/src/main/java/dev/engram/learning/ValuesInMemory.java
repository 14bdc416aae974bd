package dev.engram.learning;

import dev.engram.inference.Inference;
import dev.engram.inference.Settling;
import dev.engram.linalg.Matrix;
import dev.engram.network.ChainEnergy;
import dev.engram.network.Clamp;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import dev.engram.optimiser.LearningState;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** All patterns at once. Sums over the weights are kept from one update to the next ({@link Settling}). */
final class ValuesInMemory implements LearningValues {
    private static final String SUMS = "sums.";

    private final LearningRule rule;
    private final LearningRule.WeightUpdate weightUpdate;
    private final Inference inference;
    private final GenerativeNetwork learner;
    private final Matrix patterns;
    private final StartCodes codes;
    private final Settling settling;
    private final ChainEnergy energy;
    private final Evaluation found;
    private ValueNodes x;

    /**
     * Begins at the memory vector.
     *
     * @param learner whose weights are moved
     */
    ValuesInMemory(
            LearningRule rule,
            LearningRule.WeightUpdate weightUpdate,
            Inference inference,
            GenerativeNetwork learner,
            Matrix patterns,
            StartCodes codes) {
        this.rule = rule;
        this.weightUpdate = weightUpdate;
        this.inference = inference;
        this.learner = learner;
        this.patterns = patterns;
        this.codes = codes;
        this.settling = inference.settling(learner, patterns);
        this.energy = new ChainEnergy(inference.la(), learner, Clamp.all(learner.size(0)), patterns.rows());
        this.found = energy.newErrors();
        this.x = begun(inference, learner, patterns, codes.noise());
    }

    @Override
    public void begin() {
        x = begun(inference, learner, patterns, codes.noise());
    }

    /** Value nodes at the memory vector and its prediction, apart by noise [patterns, size(L)]. */
    static ValueNodes begun(Inference inference, GenerativeNetwork network, Matrix patterns, Matrix noise) {
        Matrix memory = noise.copy();
        for (int i = 0; i < memory.rows(); i++) {
            for (int j = 0; j < memory.columns(); j++) {
                memory.set(i, j, memory.get(i, j) + network.memoryVector()[j]);
            }
        }
        return ValueNodes.predictedFrom(inference.la(), network, patterns, memory);
    }

    @Override
    public double[] infer(boolean settle) {
        if (settle) {
            x = settling.settle(x);
        }
        energy.evaluateErrors(x, found);
        return found.energyPerLayer();
    }

    @Override
    public OptionalDouble update(boolean fromCodes) {
        announce();
        return fromCodes ? weightUpdate.applyFirst(x, found, codes) : weightUpdate.apply(x, found);
    }

    /** Says what the next weight update does to the weights, of which the inference may keep sums. */
    private void announce() {
        OptionalDouble plainStep = rule.plainStep(x.cues());
        if (plainStep.isPresent()) {
            settling.weightsMove(plainStep.getAsDouble(), x, found.errors().get(0));
        } else {
            settling.weightsChange();
        }
    }

    @Override
    public double squares() {
        return patterns.squaredLength();
    }

    @Override
    public double squaresAboutMean() {
        double squares = patterns.squaredLength();
        for (float mean : patterns.meanRow()) {
            squares -= (double) patterns.rows() * mean * mean;
        }
        return Math.max(0, squares);
    }

    @Override
    public void save(LearningState.Draft into) {
        settling.sums().forEach((name, sum) -> into.with(SUMS + name, sum));
        for (int l = 1; l <= x.top(); l++) {
            into.with(LearningValues.name(l), x.layer(l));
        }
    }

    @Override
    public void restore(LearningState from) {
        settling.restore(from.under(SUMS));
        List<Matrix> layers = new ArrayList<>(List.of(x.layer(0)));
        for (int l = 1; l <= x.top(); l++) {
            Matrix layer = x.layer(l).copy();
            from.restore(LearningValues.name(l), layer);
            layers.add(layer);
        }
        x = new ValueNodes(layers);
    }
}
