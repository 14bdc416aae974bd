package dev.engram.graph;

/**
 * The energy of a Laplace distribution around the prediction: the absolute difference.
 *
 * <pre>
 *   ρ(e) = |e|,   ψ(e) = sign e,  0 at 0
 * </pre>
 *
 * <p>Clamped, its prediction tends to the median. An inferred value keeps to its prediction until it is pulled with more than π: then the
 * errors of a node are sparse. As ψ jumps at 0, gradient steps of η end within 2 η π of such a value and not at rest; a {@link Huber} energy with a
 * small δ comes to rest.
 */
record Laplace() implements LocationEnergy {
    @Override
    public String name() {
        return "Laplace";
    }

    @Override
    public double rho(double difference) {
        return Math.abs(difference);
    }

    @Override
    public double psi(double difference) {
        return Math.signum(difference);
    }
}
