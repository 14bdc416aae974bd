package dev.engram.memory.covariance;

import dev.engram.learning.PatternBlocks;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.internal.Cost;
import dev.engram.memory.internal.Described;
import dev.engram.optimiser.Outcome;
import java.util.Map;
import java.util.Optional;

/**
 * Options of the covariance-learning network: its form and its ridge.
 *
 * @param form what is learned, and what drives the missing values
 * @param ridge λ as a fraction of the values' mean variance; positive. Of patterns with missing values at least 0.001
 */
public record CovarianceOptions(Form form, double ridge) implements MemoryModel {
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
                    "The ridge (%s) must be positive and finite. Maybe 1e-8, which is almost none.".formatted(ridge));
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

    @Override
    public String name() {
        return "covariance";
    }

    @Override
    public Map<String, String> describe() {
        return Described.of("form", Described.word(form), "ridge", ridge);
    }

    @Override
    public boolean learnsMissing() {
        return true;
    }

    /** More patterns than values are summed into their covariance; of fewer the span is found. */
    @Override
    public double bytesNeeded(int patterns, Shape shape) {
        double values = shape.values();
        return patterns > values
                ? Double.BYTES * (2.5 * patterns * values + 10 * values * values)
                : Cost.ofSpan(patterns, shape);
    }

    /** More patterns than values, from sums over them. */
    @Override
    public boolean learnsInParts(int patterns, Shape shape) {
        return patterns > shape.values();
    }

    /** The same of patterns in parts, a sample of which is audited; those with missing values have to be in one place. */
    @Override
    public Learned<CovarianceMemory> learn(
            PatternBlocks patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
        Optional<CovarianceMemory> learned = CovarianceMemory.learn(patterns, this, la);
        if (learned.isPresent()) {
            return Learned.atOnce(learned.get(), patterns.rows(Learned.asked(patterns.count())), watch);
        }
        obstacle(patterns.count(), shape, Runtime.getRuntime().maxMemory()).ifPresent(why -> {
            throw new IllegalArgumentException(
                    "Patterns with missing values are learned all at once: %s. Maybe leave out those with missing values, or give Java more memory."
                            .formatted(why));
        });
        return learn(patterns.gathered(), shape, seed, watch, la);
    }

    @Override
    public Learned<CovarianceMemory> learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
        Learned<CovarianceMemory> learned = CovarianceMemory.learn(patterns, this, watch, la);
        if (learned.outcome() == Outcome.CANCELLED) {
            return learned;
        }
        Matrix stored = learned.memory().filled(patterns);
        Learned<CovarianceMemory> audited = Learned.atOnce(learned.memory(), stored, watch);
        return new Learned<>(audited.memory(), audited.outcome(), learned.updates(), audited.audit());
    }
}
