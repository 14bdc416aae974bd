package dev.engram.graph.inference;

import dev.engram.graph.op.ExampleRange;

/**
 * How value nodes move along the forces F on them, step by step. The usual ones have the factories below; write another by implementing this
 * interface and {@link Mover}. All come to rest where F = 0.
 *
 * <pre>
 *   gradient:      v += η F(v)
 *   heavy ball:    u = β u + F(v),   v += η u                                        (Polyak 1964)
 *   Nesterov:      x' = v + η F(v),  v = x' + β (x' - x),  x = x'                    (Nesterov 1983)
 *   in parts:      v += η F(v)       for a random part of the values                 ({@link PartialMotion})
 *   by curvature:  v += F(v) / λ,    λ: the largest curvature of each example's E    ({@link CurvatureMotion})
 * </pre>
 */
public interface Motion {
    /** Gets ready to move the values of a landscape. */
    Mover prepare(Landscape landscape);

    /** A motion at work. Calls for disjoint ranges of examples come at the same time. */
    interface Mover {
        /** Before the first step of a run, after a look at the values where it begins. */
        default void begin(ExampleRange examples) {}

        /** Before steps on a landscape that has changed under the values, after a look at them there. */
        default void resume(ExampleRange examples) {}

        /** Whether {@link #move} would leave every value finite; the forces have been sent. */
        boolean staysFinite(ExampleRange examples);

        /** Moves the values and looks at them ({@link Landscape#look}). */
        void move(ExampleRange examples);

        /** Whether a higher energy in the end is no sign of a step too large. */
        default boolean mayRise() {
            return false;
        }
    }

    /** Straight along the forces. */
    static Motion gradient(double eta) {
        return new GradientMotion(eta);
    }

    /**
     * With inertia.
     *
     * @param beta β, from 0 to below 1
     */
    static Motion heavyBall(double eta, double beta) {
        return new MomentumMotion(eta, beta, false);
    }

    /**
     * With inertia, the force being taken where inertia leads.
     *
     * @param beta β, from 0 to below 1
     */
    static Motion nesterov(double eta, double beta) {
        return new MomentumMotion(eta, beta, true);
    }

    /**
     * A random part of the values at each step; what raises the energy of an example is taken back.
     *
     * @param share of the values that move, on average; above 0, up to 1
     */
    static Motion inParts(double eta, double share, long seed) {
        return new PartialMotion(eta, share, seed);
    }

    /** The step of every example from the curvature of its energy. */
    static Motion byCurvature() {
        return new CurvatureMotion();
    }
}
