package dev.engram.learning;

import dev.engram.inference.Inference;
import dev.engram.linalg.Cholesky;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.SymmetricEigen;
import dev.engram.linalg.Transpose;
import dev.engram.network.GenerativeNetwork;
import dev.engram.optimiser.LearningState;
import dev.engram.optimiser.Outcome;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Local least squares for more patterns than hidden nodes, of a network with one hidden layer whose sensory weights start at 0: Algorithm 1
 * with the weights updated from {@link SufficientStatistics} of all blocks, so that no more than a block of patterns is ever in memory.
 *
 * <p>Past its capacity a network cannot keep every pattern apart, and codes of noise would spend it on the noise. The first update learns from
 * codes that the patterns themselves decorrelate, with m their mean, C = L Lᵀ their covariance, and Z {@link StartCodes} of r orthogonal rows:
 *
 * <pre>
 *   x¹ = b + Zᵀ L⁻¹ (x - m)
 * </pre>
 *
 * <p>Where n is too small for all r dimensions and a tenth more, w_k and v_k, the largest eigenvalues of C and their vectors, take the place of
 * L: Σ_k (v_k·(x - m) / √w_k) z_k. Either root of C makes codes of the same distances; eigenvectors cost many times the d³/3 of a Cholesky root.
 *
 * <p>Weights that generate the patterns from such codes have W Wᵀ near their covariance, so that completion is near the conditional mean of
 * what is missing. Every further update infers x¹ from the memory vector on. Learning has converged as {@link Learning} has, or when an update
 * takes less than a hundredth off the error.
 *
 * <p>Costs N (d² + n² + 4 n d) multiplications for the first update, one reading of the patterns for the covariance and one for each update,
 * and 8 (3 d² + 3 n² + 2 n d) bytes.
 *
 * @param updates U, the most updates; at least 1
 * @param inference before every update but the first
 * @param startNoise standard deviation of the first codes
 * @param tolerance the share of the patterns' variance that is enough
 */
public record BatchLearning(
        LocalLeastSquares rule, int updates, Inference inference, double startNoise, double tolerance) {
    private static final double DEPENDENT = 1e-6; // of a value's variance: what the others leave of it
    private static final double WORTH_ANOTHER = 0.99; // of the error before

    /**
     * Teaches a copy of the network the given patterns.
     *
     * @param network of one hidden layer, its weights a matrix of zeros; only read
     * @param seed of the first codes
     */
    public Learning.Result learn(
            GenerativeNetwork network, PatternBlocks patterns, long seed, LearningObserver observer) {
        return learn(network, patterns, seed, observer, Optional.empty());
    }

    /**
     * The same, resumed: it ends with the bits it would have ended with.
     *
     * @param from the state at an update of the same learning, see {@link LearningProgress#state}
     * @throws IllegalArgumentException if it is a state of another learning
     */
    public Learning.Result learn(
            GenerativeNetwork network,
            PatternBlocks patterns,
            long seed,
            LearningObserver observer,
            Optional<LearningState> from) {
        LinearAlgebra la = inference.la();
        GenerativeNetwork learner = network.copy();
        double values = (double) patterns.count() * patterns.values();
        First first = from.map(state -> resumed(state, learner)).orElseGet(() -> first(la, learner, patterns, seed));
        double enough = first.enough;
        double before = first.before;
        BatchSums.Hidden hidden = first.hidden;
        if (first.isOver(updates)) {
            return new Learning.Result(learner, Outcome.COMPLETED, first.update - 1, first.error);
        }
        for (int update = first.update; update <= updates; update++) {
            UpdateSums sums = patterns.sums(la, new BatchSums.OfUpdate(learner, hidden));
            double error = update == 1 ? before : sums.layer(1).squares();
            double left = rule.improve(la, sums.layer(1), learner.weights(1));
            rule.moveMemory(learner, sums.meanPriorError());
            if (!Double.isFinite(left) || !learner.isFinite()) {
                return new Learning.Result(network, Outcome.DIVERGED, update - 1, error / values);
            }
            double[] energies = {error / 2, 0};
            boolean last = left <= enough || update > 1 && left > WORTH_ANOTHER * before || update == updates;
            LearningState.Draft draft = new LearningState.Draft(update)
                    .with("enough", enough)
                    .with("left", left)
                    .with("training_error", error / values)
                    .with("last", last ? 1 : 0);
            Supplier<LearningState> state = () -> {
                NetworkState.save("", learner, draft);
                return draft.state();
            };
            if (!observer.onUpdate(
                    new LearningProgress(update, updates, energies, error / values, () -> learner, state))) {
                return new Learning.Result(learner, Outcome.CANCELLED, update, error / values);
            }
            if (last) {
                return new Learning.Result(learner, Outcome.COMPLETED, update, error / values);
            }
            before = left;
            hidden = new BatchSums.Inferred(inference);
        }
        throw new IllegalStateException("Batch learning needs at least one update.");
    }

    /**
     * The update to begin with.
     *
     * @param enough squared errors left, to end
     * @param before the squared errors that the one before has left
     * @param error mean squared error per value before that one
     * @param last whether that was the last
     * @param hidden where the hidden layer is in it
     */
    private record First(
            int update, double enough, double before, double error, boolean last, BatchSums.Hidden hidden) {
        boolean isOver(int updates) {
            return last || update > updates;
        }
    }

    private First first(LinearAlgebra la, GenerativeNetwork learner, PatternBlocks patterns, long seed) {
        Moments moments = moments(la, patterns);
        Matrix projection = projection(la, moments, learner.size(1), seed);
        double enough = tolerance * moments.variance * patterns.count();
        return new First(1, enough, moments.squares, Double.NaN, false, new BatchSums.Codes(moments.mean, projection));
    }

    private First resumed(LearningState state, GenerativeNetwork learner) {
        NetworkState.restore("", state, learner);
        return new First(
                state.update() + 1,
                state.number("enough"),
                state.number("left"),
                state.number("training_error"),
                state.number("last") == 1,
                new BatchSums.Inferred(inference));
    }

    /**
     * What is known of the patterns before anything is learned.
     *
     * @param squares Σ |x|²
     * @param variance of a pattern, all values together
     */
    private record Moments(float[] mean, DoubleMatrix covariance, double squares, double variance) {}

    private static Moments moments(LinearAlgebra la, PatternBlocks patterns) {
        int d = patterns.values();
        SufficientStatistics sums = patterns.sums(la, new BatchSums.OfPatterns(d));
        double[] mean = sums.ofErrors().row(0);
        DoubleMatrix covariance = sums.ofRates().copy();
        double squares = covariance.trace();
        for (int j = 0; j < d; j++) {
            mean[j] /= patterns.count();
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                covariance.set(i, j, covariance.get(i, j) / patterns.count() - mean[i] * mean[j]);
            }
        }
        float[] rounded = new float[d];
        for (int j = 0; j < d; j++) {
            rounded[j] = (float) mean[j];
        }
        return new Moments(rounded, covariance, squares, Math.max(0, covariance.trace()));
    }

    /** What maps x - m to x¹ - b, [d, n]. */
    private Matrix projection(LinearAlgebra la, Moments moments, int n, long seed) {
        int most = Math.max(1, 10 * n / 11); // of n = r and a tenth more, r
        Cholesky.Spanning root = la.spanning(moments.covariance.copy(), DEPENDENT);
        if (root.rows().length > most) {
            return ofLargest(la, moments.covariance, most, n, seed);
        }
        DoubleMatrix z = codes(root.rows().length, n, seed).toDouble();
        Matrix mapped = root.triangle(la).backwardColumns(z).toFloat();
        Matrix projection = Matrix.zeros(moments.mean.length, n);
        projection.setRows(root.rows(), mapped);
        return projection;
    }

    /** Σ_k v_k z_kᵀ / √w_k, for the largest w. */
    private Matrix ofLargest(LinearAlgebra la, DoubleMatrix covariance, int most, int n, long seed) {
        SymmetricEigen eigen = la.eigen(covariance);
        int d = eigen.values().length;
        DoubleMatrix directions = DoubleMatrix.zeros(most, d);
        for (int k = 0; k < most; k++) {
            double scale = 1 / Math.sqrt(Math.max(eigen.values()[d - 1 - k], Double.MIN_NORMAL));
            for (int j = 0; j < d; j++) {
                directions.set(k, j, scale * eigen.vectors().get(d - 1 - k, j));
            }
        }
        return la.product(directions.toFloat(), Transpose.YES, codes(most, n, seed), Transpose.NO);
    }

    private Matrix codes(int r, int n, long seed) {
        return StartCodes.draw(r, n, startNoise / Math.sqrt(Math.max(1, r)), seed)
                .noise();
    }
}
