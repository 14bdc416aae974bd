package dev.engram.memory.covariance;

/**
 * Which covariance memory.
 *
 * @param form what is learned, and what drives the missing values
 * @param ridge λ as a fraction of the values' mean variance; positive
 */
public record CovarianceOptions(Form form, double ridge) {
    /** What is learned, and what drives the missing values. */
    public enum Form {
        /** Σ is learned; ẋ = -ε with ε = Σ⁻¹(x - m). */
        EXPLICIT,
        /** W is learned; ẋ = -ε + Wᵀε with ε = x - x̂: every error counts, those of the known values too. */
        IMPLICIT,
        /** W is learned; ẋ = -ε: a value knows its own error only. At rest where {@link #EXPLICIT} is. */
        DENDRITIC
    }

    public CovarianceOptions {
        if (!(ridge > 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException(
                    "The ridge (%s) must be positive and finite. Maybe 1e-8, which is next to none.".formatted(ridge));
        }
    }

    /** The dendritic form, with next to no ridge. */
    public static CovarianceOptions defaults() {
        return new CovarianceOptions(Form.DENDRITIC, 1e-8);
    }

    public CovarianceOptions withForm(Form newForm) {
        return new CovarianceOptions(newForm, ridge);
    }

    public CovarianceOptions withRidge(double fraction) {
        return new CovarianceOptions(form, fraction);
    }
}
