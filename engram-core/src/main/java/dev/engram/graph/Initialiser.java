package dev.engram.graph;

import dev.engram.linalg.Tensor;
import java.util.random.RandomGenerator;

/** The distribution from which a new parameter of a graph is drawn. */
public sealed interface Initialiser {
    /** From a normal distribution of mean 0. */
    record Normal(double std) implements Initialiser {
        public Normal {
            requireRange("standard deviation", std);
        }
    }

    /** Evenly between -bound and bound. */
    record Uniform(double bound) implements Initialiser {
        public Uniform {
            requireRange("bound", bound);
        }
    }

    /**
     * Evenly between -1/√n and 1/√n, where n is how many inputs an output sees: the product of all extents but the first. The default of
     * PyTorch's linear and convolutional layers; for their biases it is {@link #uniform} with the bound of the weight.
     */
    record FanIn() implements Initialiser {}

    /** One number everywhere. */
    record Constant(double value) implements Initialiser {
        public Constant {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "The constant of an initialiser (%s) must be finite.".formatted(value));
            }
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

    /** Fills a parameter. */
    default void draw(Tensor parameter, RandomGenerator random) {
        double bound = 0;
        if (this instanceof Uniform uniform) {
            bound = uniform.bound();
        } else if (this instanceof FanIn) {
            int outputs = parameter.rank() == 0 ? 1 : Math.max(1, parameter.extent(0));
            bound = 1 / Math.sqrt(Math.max(1, parameter.size() / outputs));
        }
        for (int i = 0; i < parameter.size(); i++) {
            if (this instanceof Normal normal) {
                parameter.set(i, normal.std() * random.nextGaussian());
            } else if (this instanceof Constant constant) {
                parameter.set(i, constant.value());
            } else {
                parameter.set(i, bound * (2 * random.nextDouble() - 1));
            }
        }
    }
}
