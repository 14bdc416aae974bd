package dev.engram.graph;

/**
 * The energy of Huber: that of a Gaussian for small differences, and for large ones linear, so that no difference pulls with more than δ.
 *
 * <pre>
 *   ρ(e) = ½ e²            for |e| ≤ δ,    ψ(e) = e
 *          δ (|e| - ½ δ)   beyond,         ψ(e) = δ sign e
 * </pre>
 *
 * <p>Huber 1964, "Robust Estimation of a Location Parameter".
 *
 * @param delta δ, positive
 */
record Huber(double delta) implements LocationEnergy {
    Huber {
        if (!(delta > 0) || Double.isInfinite(delta)) {
            throw new IllegalArgumentException(
                    "The δ of a Huber energy (%s) must be positive and finite. Maybe NodeEnergy.LAPLACE or NodeEnergy.GAUSSIAN, its two ends."
                            .formatted(delta));
        }
    }

    @Override
    public String name() {
        return "Huber";
    }

    @Override
    public double rho(double difference) {
        double size = Math.abs(difference);
        return size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta);
    }

    @Override
    public double psi(double difference) {
        return Math.max(-delta, Math.min(delta, difference));
    }
}
