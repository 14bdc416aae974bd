package dev.engram.learning;

import dev.engram.inference.Inference;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.ChainEnergy;
import dev.engram.network.Clamp;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import dev.engram.optimiser.LearningState;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Patterns in parts, each of which keeps the value nodes of its own: one pass over them for each update, of which no more than {@link UpdateSums}
 * comes back.
 */
final class ValuesInParts implements LearningValues {
    private final LearningRule rule;
    private final LearningRule.WeightUpdate weightUpdate;
    private final Inference inference;
    private final GenerativeNetwork learner;
    private final PatternBlocks patterns;
    private final Noise noise;
    private final double[] lengths;
    private final KeptBlocks<Hidden> kept;
    private boolean begins = true;
    private Optional<UpdateSums> sums = Optional.empty(); // of the last inference

    /**
     * What one part of the value nodes is: x¹ .. x^L of a block.
     *
     * <p>Not a record, so that every serialiser can write it.
     */
    static final class Hidden implements Serializable {
        private static final long serialVersionUID = 1;

        private final Matrix[] layers;

        Hidden(List<Matrix> layers) {
            this.layers = layers.toArray(Matrix[]::new);
        }

        ValueNodes on(Matrix block) {
            List<Matrix> all = new ArrayList<>(List.of(block));
            all.addAll(List.of(layers));
            return new ValueNodes(all);
        }

        static Hidden of(ValueNodes x) {
            return new Hidden(x.layers().subList(1, x.layers().size()));
        }
    }

    /** The start noise of all patterns, drawn where it is needed. */
    record Noise(int patterns, double std, long seed) implements Serializable {
        Matrix of(Matrix block, int first, int nodes) {
            return StartCodes.draw(patterns, nodes, std, seed, first, first + block.rows())
                    .noise();
        }
    }

    ValuesInParts(
            LearningRule rule,
            LearningRule.WeightUpdate weightUpdate,
            Inference inference,
            GenerativeNetwork learner,
            PatternBlocks patterns,
            Noise noise) {
        this.rule = rule;
        this.weightUpdate = weightUpdate;
        this.inference = inference;
        this.learner = learner;
        this.patterns = patterns;
        this.noise = noise;
        this.lengths = patterns.sums(inference.la(), new BatchSums.OfLengths(patterns.values()));
        this.kept = patterns.keeping();
    }

    @Override
    public void begin() {
        begins = true;
    }

    @Override
    public double[] infer(boolean settle) {
        UpdateSums found = kept.sums(
                inference.la(),
                new Inferring(
                        learner, inference, settle, begins ? Optional.of(noise) : Optional.empty(), rule.needsRates()));
        sums = Optional.of(found);
        begins = false;
        return found.energies();
    }

    @Override
    public OptionalDouble update(boolean fromCodes) {
        return weightUpdate.apply(sums.orElseThrow());
    }

    /** Inference of a block, and its sums. */
    private static final class Inferring implements KeptSums<Hidden, UpdateSums> {
        private static final long serialVersionUID = 1;

        private final GenerativeNetwork network;
        private final Inference inference;
        private final boolean settle;
        private final @Nullable Noise from; // where values begin; null where they ended
        private final boolean rates;

        Inferring(GenerativeNetwork network, Inference inference, boolean settle, Optional<Noise> from, boolean rates) {
            this.network = network;
            this.inference = inference;
            this.settle = settle;
            this.from = from.orElse(null);
            this.rates = rates;
        }

        @Override
        public UpdateSums none() {
            return UpdateSums.none(network, rates);
        }

        @Override
        public Hidden add(LinearAlgebra la, Matrix block, int first, Optional<Hidden> kept, UpdateSums sums) {
            Inference here = inference.withLinearAlgebra(la);
            int top = network.hiddenLayers();
            ValueNodes x = from == null
                    ? kept.orElseThrow().on(block)
                    : ValuesInMemory.begun(here, network, block, from.of(block, first, network.size(top)));
            if (settle) {
                x = here.settling(network, block).settle(x);
            }
            ChainEnergy energy = new ChainEnergy(la, network, Clamp.all(network.size(0)), block.rows());
            Evaluation found = energy.newErrors();
            energy.evaluateErrors(x, found);
            for (int l = 1; l <= top; l++) {
                sums.layer(l)
                        .add(
                                la,
                                network.activation().values(x.layer(l)),
                                found.errors().get(l - 1));
            }
            sums.addPriorErrors(x.layer(top), network.memoryVector());
            sums.addEnergies(found.energyPerLayer());
            return Hidden.of(x);
        }

        @Override
        public UpdateSums joined(UpdateSums one, UpdateSums other) {
            return one.add(other);
        }
    }

    @Override
    public double squares() {
        return lengths[patterns.values()];
    }

    @Override
    public double squaresAboutMean() {
        double squares = squares();
        for (int j = 0; j < patterns.values(); j++) {
            squares -= lengths[j] * lengths[j] / patterns.count();
        }
        return Math.max(0, squares);
    }

    @Override
    public void save(LearningState.Draft into) {
        for (int l = 1; l <= learner.hiddenLayers(); l++) {
            into.with(
                    LearningValues.name(l),
                    kept.sums(inference.la(), new Gathered(l)).all(learner.size(l)));
        }
    }

    @Override
    public void restore(LearningState from) {
        List<Matrix> layers = IntStream.rangeClosed(1, learner.hiddenLayers())
                .mapToObj(l -> {
                    Matrix layer = Matrix.zeros(patterns.count(), learner.size(l));
                    from.restore(LearningValues.name(l), layer);
                    return layer;
                })
                .toList();
        kept.sums(inference.la(), new Restored(new Hidden(layers)));
        begins = false;
    }

    /** The values of a layer, of all patterns. */
    private record Gathered(int layer) implements KeptSums<Hidden, JoinedRows> {
        @Override
        public JoinedRows none() {
            return new JoinedRows();
        }

        @Override
        public Hidden add(LinearAlgebra la, Matrix block, int first, Optional<Hidden> kept, JoinedRows rows) {
            Hidden same = kept.orElseThrow();
            rows.add(same.layers[layer - 1]);
            return same;
        }

        @Override
        public JoinedRows joined(JoinedRows one, JoinedRows other) {
            return one.add(other);
        }
    }

    /** Values that every block takes over. */
    private record Restored(Hidden all) implements KeptSums<Hidden, JoinedRows> {
        @Override
        public JoinedRows none() {
            return new JoinedRows();
        }

        @Override
        public Hidden add(LinearAlgebra la, Matrix block, int first, Optional<Hidden> kept, JoinedRows none) {
            return new Hidden(IntStream.range(0, all.layers.length)
                    .mapToObj(l -> all.layers[l].slice(first, first + block.rows()))
                    .toList());
        }

        @Override
        public JoinedRows joined(JoinedRows one, JoinedRows other) {
            return one;
        }
    }

    @Override
    public void close() {
        kept.close();
    }
}
