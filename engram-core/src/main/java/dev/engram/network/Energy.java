package dev.engram.network;

/**
 * The energy of a batch of cues as a function of its value nodes, together with the errors and the feedback that make up the forces on
 * them.
 *
 * <p>{@link ChainEnergy} is the definition. Other implementations compute the same by algebra.
 */
public interface Energy {
    /** Evaluates energy, errors and feedback at {@code x}, into {@code out}. */
    void evaluate(ValueNodes x, Evaluation out);

    /** A place for {@link #evaluate}'s results. */
    Evaluation newEvaluation();

    /** The same energy for some of the cues alone, in the given order. */
    Energy cues(int... cues);

    /** π_l, the precision of the prediction of layer l. */
    double precision(int layer);

    /** Whether sensory node {@code node} of {@code cue} is free to move. */
    boolean isFree(int cue, int node);

    /** An upper bound of the curvature of the energy along any direction: the largest eigenvalue of JᵀJ. */
    double curvatureBound();

    /** A bound for each layer: a c_l such that |Jδ|² ≤ Σ c_l |δ^l|² for any change δ of the value nodes. */
    double[] curvatureBounds();

    /** By how much two evaluations of an energy of this size may differ through rounding alone. */
    double resolution(int cue, double energy);

    /** {@link #resolution} of an energy that is summed from the single-precision errors of that many sensory nodes. */
    static double rounding(double energy, int nodes) {
        return 1e-7 * (energy + Math.sqrt(energy * nodes));
    }
}
