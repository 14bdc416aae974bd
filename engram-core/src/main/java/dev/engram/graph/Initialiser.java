package dev.engram.graph;

import dev.engram.linalg.Tensor;
import java.util.random.RandomGenerator;

/**
 * The distribution from which a new parameter of a graph is drawn. The usual ones have the factories below; write another by implementing
 * this interface.
 */
@FunctionalInterface
public interface Initialiser {
    /**
     * Fills a parameter.
     *
     * @param random of this parameter alone: adding another to the graph leaves what is drawn here as it was
     */
    void draw(Tensor parameter, RandomGenerator random);

    /** From a normal distribution of mean 0. */
    record Normal(double std) implements Initialiser {
        public Normal {
            requireRange("standard deviation", std);
        }

        @Override
        public void draw(Tensor parameter, RandomGenerator random) {
            for (int i = 0; i < parameter.size(); i++) {
                parameter.set(i, std * random.nextGaussian());
            }
        }
    }

    /** Evenly between -bound and bound. */
    record Uniform(double bound) implements Initialiser {
        public Uniform {
            requireRange("bound", bound);
        }

        @Override
        public void draw(Tensor parameter, RandomGenerator random) {
            for (int i = 0; i < parameter.size(); i++) {
                parameter.set(i, bound * (2 * random.nextDouble() - 1));
            }
        }
    }

    /**
     * Evenly between -1/√n and 1/√n, where n is how many inputs an output sees: the product of all extents but the first. The default of
     * PyTorch's linear and convolutional layers; for their biases it is {@link #uniform} with the bound of the weight.
     */
    record FanIn() implements Initialiser {
        @Override
        public void draw(Tensor parameter, RandomGenerator random) {
            int outputs = parameter.rank() == 0 ? 1 : Math.max(1, parameter.extent(0));
            new Uniform(1 / Math.sqrt(Math.max(1, parameter.size() / outputs))).draw(parameter, random);
        }
    }

    /** One number everywhere. */
    record Constant(double value) implements Initialiser {
        public Constant {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "The constant of an initialiser (%s) must be finite.".formatted(value));
            }
        }

        @Override
        public void draw(Tensor parameter, RandomGenerator random) {
            parameter.fill(value);
        }
    }

    static Initialiser normal(double std) {
        return new Normal(std);
    }

    static Initialiser uniform(double bound) {
        return new Uniform(bound);
    }

    static Initialiser fanIn() {
        return new FanIn();
    }

    static Initialiser constant(double value) {
        return new Constant(value);
    }

    static Initialiser zeros() {
        return new Constant(0);
    }

    private static void requireRange(String what, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "The %s of an initialiser (%s) must be finite and at least 0.".formatted(what, value));
        }
    }
}
