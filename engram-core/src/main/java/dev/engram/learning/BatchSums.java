package dev.engram.learning;

import dev.engram.inference.Inference;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.io.Serializable;
import java.util.Arrays;

/** What {@link BatchLearning} adds up over the patterns. */
final class BatchSums {
    private BatchSums() {}

    /** Σ x xᵀ and Σ x, as the statistics of rates x and errors of 1. */
    record OfPatterns(int values) implements PatternSums<SufficientStatistics> {
        @Override
        public SufficientStatistics none() {
            return new SufficientStatistics(values, 1);
        }

        @Override
        public void add(LinearAlgebra la, Matrix block, SufficientStatistics sums) {
            Matrix one = Matrix.zeros(block.rows(), 1);
            Arrays.fill(one.data(), 1);
            sums.add(la, block, one);
        }

        @Override
        public SufficientStatistics joined(SufficientStatistics one, SufficientStatistics other) {
            return one.add(other);
        }
    }

    /** Where the hidden layer of a block is. */
    sealed interface Hidden extends Serializable {
        Matrix of(LinearAlgebra la, GenerativeNetwork network, Matrix block);
    }

    /**
     * x¹ = b + P (x - m): the first codes.
     *
     * @param mean m
     * @param projection Pᵀ, [values, n]
     */
    record Codes(float[] mean, Matrix projection) implements Hidden {
        @Override
        public Matrix of(LinearAlgebra la, GenerativeNetwork network, Matrix block) {
            Matrix centred = block.copy();
            for (int at = 0; at < centred.data().length; at++) {
                centred.data()[at] -= mean[at % mean.length];
            }
            Matrix x = Matrix.zeros(block.rows(), network.size(1));
            x.setRows(network.memoryVector());
            la.multiply(1, centred, Transpose.NO, projection, Transpose.NO, 1, x);
            return x;
        }
    }

    /** Where inference puts it, from the memory vector on. */
    record Inferred(Inference inference) implements Hidden {
        @Override
        public Matrix of(LinearAlgebra la, GenerativeNetwork network, Matrix block) {
            return inference
                    .withLinearAlgebra(la)
                    .settling(network, block)
                    .settle(ValueNodes.predicted(la, network, block))
                    .layer(1);
        }
    }

    /**
     * The sums of one update.
     *
     * @param network of one hidden layer; only read
     */
    record OfUpdate(GenerativeNetwork network, Hidden hidden) implements PatternSums<Update> {
        @Override
        public Update none() {
            return new Update(new SufficientStatistics(network.size(1), network.size(0)), new double[network.size(1)]);
        }

        @Override
        public void add(LinearAlgebra la, Matrix block, Update sums) {
            Matrix x = hidden.of(la, network, block);
            Matrix f = network.activation().values(x);
            Matrix error = block.copy();
            network.map(1).predict(la, -1, f, 1, error);
            sums.statistics.add(la, f, error);
            for (int at = 0; at < x.data().length; at++) {
                int j = at % sums.priorErrors.length;
                sums.priorErrors[j] += x.data()[at] - network.memoryVector()[j];
            }
        }

        @Override
        public Update joined(Update one, Update other) {
            one.statistics.add(other.statistics);
            for (int j = 0; j < one.priorErrors.length; j++) {
                one.priorErrors[j] += other.priorErrors[j];
            }
            return one;
        }
    }

    /**
     * What an update needs of all patterns.
     *
     * @param statistics of the rates f(x¹) and the errors that they leave
     * @param priorErrors Σ (x¹ - b)
     */
    record Update(SufficientStatistics statistics, double[] priorErrors) implements Serializable {
        float[] meanPriorError() {
            float[] mean = new float[priorErrors.length];
            for (int j = 0; j < mean.length; j++) {
                mean[j] = (float) (priorErrors[j] / statistics.patterns());
            }
            return mean;
        }
    }
}
