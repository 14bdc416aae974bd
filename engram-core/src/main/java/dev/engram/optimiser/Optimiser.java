package dev.engram.optimiser;

import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;

/**
 * An optimiser, which moves a parameter along the force g = -∂E/∂θ on it. The usual ones have the factories below; write another by
 * implementing this interface. All arithmetic is per number:
 *
 * <pre>
 *   plain:     θ += α g
 *   momentum:  u = β u + g,  θ += α u
 *   Adam:      m = β₁ m + (1-β₁) g,  s = β₂ s + (1-β₂) g²,  θ += α m/(1-β₁ᵗ) / (√(s/(1-β₂ᵗ)) + ε)
 * </pre>
 *
 * <p>{@link #decayed} makes the weights of any of them decay, {@link #scheduled} changes the learning rate of any of them from update to update.
 */
public interface Optimiser {
    /** α. */
    double learningRate();

    /** The same with another α. */
    Optimiser withLearningRate(double newLearningRate);

    /** In one word, as files and the command line spell it. */
    String word();

    /** How many running averages in the parameter's shape it keeps for a parameter. */
    default int averages() {
        return 0;
    }

    /** The state before the first update of a parameter. */
    default OptimiserState begin(Tensor parameter) {
        return OptimiserState.zeros(parameter, averages());
    }

    /**
     * Moves a parameter along the force on it, and {@link OptimiserState#count counts} the update.
     *
     * @param parameter changed in place
     * @param force only read
     * @param state changed in place
     */
    void step(Tensor parameter, Tensor force, OptimiserState state);

    /** Stochastic gradient descent without momentum. */
    record Sgd(double learningRate) implements Optimiser {
        public Sgd {
            checkRate(learningRate);
        }

        @Override
        public Sgd withLearningRate(double newLearningRate) {
            return new Sgd(newLearningRate);
        }

        @Override
        public String word() {
            return "plain";
        }

        @Override
        public void step(Tensor parameter, Tensor force, OptimiserState state) {
            state.count();
            parameter.addScaled(learningRate, force, 0, parameter.size());
        }
    }

    /**
     * Gradient descent with momentum.
     *
     * @param momentum β, from 0 to below 1
     */
    record Momentum(double learningRate, double momentum) implements Optimiser {
        public Momentum {
            checkRate(learningRate);
            checkDecay("momentum", momentum);
        }

        @Override
        public Momentum withLearningRate(double newLearningRate) {
            return new Momentum(newLearningRate, momentum);
        }

        @Override
        public String word() {
            return "momentum";
        }

        @Override
        public int averages() {
            return 1;
        }

        @Override
        public void step(Tensor parameter, Tensor force, OptimiserState state) {
            state.count();
            Tensor velocity = state.averages().get(0);
            if (parameter.precision() == Precision.FLOAT) {
                SingleSteps.momentum(this, parameter.floats(), force.floats(), velocity.floats());
            } else {
                DoubleSteps.momentum(this, parameter.doubles(), force.doubles(), velocity.doubles());
            }
        }
    }

    /**
     * Adam (Kingma and Ba 2015).
     *
     * @param meanDecay β₁, from 0 to below 1
     * @param squareDecay β₂, from 0 to below 1
     * @param epsilon ε, positive
     */
    record Adam(double learningRate, double meanDecay, double squareDecay, double epsilon) implements Optimiser {
        public Adam {
            checkRate(learningRate);
            checkDecay("mean's decay", meanDecay);
            checkDecay("square's decay", squareDecay);
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException("Adam's epsilon (%s) must be positive.".formatted(epsilon));
            }
        }

        @Override
        public Adam withLearningRate(double newLearningRate) {
            return new Adam(newLearningRate, meanDecay, squareDecay, epsilon);
        }

        @Override
        public String word() {
            return "adam";
        }

        @Override
        public int averages() {
            return 2;
        }

        @Override
        public void step(Tensor parameter, Tensor force, OptimiserState state) {
            state.count();
            if (parameter.precision() == Precision.FLOAT) {
                SingleSteps.adam(this, parameter.floats(), force.floats(), state);
            } else {
                DoubleSteps.adam(this, parameter.doubles(), force.doubles(), state);
            }
        }
    }

    /**
     * Another optimiser, with weights that decay: θ -= α λ θ before its step, apart from the force (Loshchilov and Hutter 2019). Of Adam
     * this is AdamW; of plain steps the same as a penalty of ½ λ |θ|².
     *
     * @param decay λ, at least 0; α λ below 1
     */
    record Decayed(Optimiser optimiser, double decay) implements Optimiser {
        public Decayed {
            if (!(decay >= 0) || !(decay * optimiser.learningRate() < 1)) {
                throw new IllegalArgumentException(
                        "The weight decay (%s) must be at least 0, and below 1 times the learning rate (%s)."
                                .formatted(decay, optimiser.learningRate()));
            }
        }

        @Override
        public double learningRate() {
            return optimiser.learningRate();
        }

        @Override
        public Decayed withLearningRate(double newLearningRate) {
            return new Decayed(optimiser.withLearningRate(newLearningRate), decay);
        }

        @Override
        public String word() {
            return "decayed " + optimiser.word();
        }

        @Override
        public int averages() {
            return optimiser.averages();
        }

        @Override
        public void step(Tensor parameter, Tensor force, OptimiserState state) {
            parameter.addScaled(-learningRate() * decay, parameter, 0, parameter.size());
            optimiser.step(parameter, force, state);
        }
    }

    /**
     * Another optimiser, with a learning rate that changes from update to update.
     *
     * @param rates what its learning rate is multiplied with
     */
    record Scheduled(Optimiser optimiser, LearningRates rates) implements Optimiser {
        @Override
        public double learningRate() {
            return optimiser.learningRate();
        }

        @Override
        public Scheduled withLearningRate(double newLearningRate) {
            return new Scheduled(optimiser.withLearningRate(newLearningRate), rates);
        }

        @Override
        public String word() {
            return "scheduled " + optimiser.word();
        }

        @Override
        public int averages() {
            return optimiser.averages();
        }

        @Override
        public void step(Tensor parameter, Tensor force, OptimiserState state) {
            double factor = rates.factor(state.updates());
            if (factor == 0) {
                state.count();
                return;
            }
            optimiser.withLearningRate(learningRate() * factor).step(parameter, force, state);
        }
    }

    static Optimiser sgd(double learningRate) {
        return new Sgd(learningRate);
    }

    static Optimiser momentum(double learningRate, double momentum) {
        return new Momentum(learningRate, momentum);
    }

    /** With β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
    static Optimiser adam(double learningRate) {
        return new Adam(learningRate, 0.9, 0.999, 1e-8);
    }

    /** {@link #adam} with weights that decay apart from the force (Loshchilov and Hutter 2019). */
    static Optimiser adamW(double learningRate, double decay) {
        return adam(learningRate).decayed(decay);
    }

    /** This one, with weights that decay. */
    default Optimiser decayed(double decay) {
        return new Decayed(this, decay);
    }

    /** This one, with a learning rate that changes from update to update. */
    default Optimiser scheduled(LearningRates rates) {
        return new Scheduled(this, rates);
    }

    private static void checkRate(double rate) {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("The learning rate (%s) must be positive and finite.".formatted(rate));
        }
    }

    private static void checkDecay(String what, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException("The %s (%s) must be at least 0 and below 1.".formatted(what, value));
        }
    }
}
