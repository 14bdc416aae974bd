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

    /** Σ x and, behind it, Σ |x|². */
    record OfLengths(int values) implements PatternSums<double[]> {
        @Override
        public double[] none() {
            return new double[values + 1];
        }

        @Override
        public void add(LinearAlgebra la, Matrix block, double[] sums) {
            for (int at = 0; at < block.data().length; at++) {
                sums[at % values] += block.data()[at];
            }
            sums[values] += block.squaredLength();
        }

        @Override
        public double[] joined(double[] one, double[] other) {
            for (int j = 0; j < one.length; j++) {
                one[j] += other[j];
            }
            return one;
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
    record OfUpdate(GenerativeNetwork network, Hidden hidden) implements PatternSums<UpdateSums> {
        @Override
        public UpdateSums none() {
            return UpdateSums.none(network, true);
        }

        @Override
        public void add(LinearAlgebra la, Matrix block, UpdateSums sums) {
            Matrix x = hidden.of(la, network, block);
            Matrix f = network.activation().values(x);
            Matrix error = block.copy();
            network.map(1).predict(la, -1, f, 1, error);
            sums.layer(1).add(la, f, error);
            sums.addPriorErrors(x, network.memoryVector());
        }

        @Override
        public UpdateSums joined(UpdateSums one, UpdateSums other) {
            return one.add(other);
        }
    }
}
