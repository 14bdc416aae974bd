package dev.engram.graph.op;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Compares the pull-backs of an operation with central differences, in double precision on random numbers: the test of an operation of your
 * own.
 *
 * <pre>{@code
 *   assertThat(GradientCheck.of(myOperation, List.of(new int[] {3, 8, 8}), List.of(new int[] {4, 3, 3, 3}), 7).largest()).isLessThan(1e-6);
 * }</pre>
 *
 * <p>With random δ, what is compared is ∂(δ · y)/∂x and (∂y/∂x)ᵀ δ, for every number of every input and parameter, of a batch of three; of
 * each, the difference over 1 + its size.
 */
public final class GradientCheck {
    private static final int BATCH = 3;
    private static final double STEP = 1e-5;

    /**
     * What was found.
     *
     * @param largest difference, over 1 + the size of what was expected
     * @param where it is, in words
     */
    public record Result(double largest, String where) {}

    private final Operation operation;
    private final List<Tensor> inputs;
    private final List<Tensor> parameters;
    private final Tensor output;
    private final Tensor delta;
    private final Kernel kernel;
    private Result worst = new Result(0, "nowhere");

    private GradientCheck(
            Operation operation,
            List<int[]> inputs,
            List<int[]> parameters,
            RandomGenerator random,
            Supplier<Double> numbers) {
        this.operation = operation;
        this.inputs =
                inputs.stream().map(shape -> drawn(batched(shape), numbers)).toList();
        this.parameters =
                parameters.stream().map(shape -> drawn(shape, numbers)).toList();
        this.output = Tensor.zeros(Precision.DOUBLE, batched(operation.outputShape(inputs, parameters)));
        this.delta = drawn(output.shape(), random::nextGaussian);
        this.kernel =
                operation.prepare(new Binding(LinearAlgebra.shared(), BATCH, 1, this.inputs, this.parameters, output));
    }

    /**
     * On numbers between -1 and 1 that keep .01 away from 0, where many functions have a kink.
     *
     * @param inputs the shape of each, without the batch
     * @param parameters the shape of each
     * @throws IllegalArgumentException if the operation does not take such shapes
     */
    public static Result of(Operation operation, List<int[]> inputs, List<int[]> parameters, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        return of(
                operation,
                inputs,
                parameters,
                random,
                () -> (random.nextBoolean() ? 1 : -1) * (0.01 + 0.99 * random.nextDouble()));
    }

    /**
     * On numbers of your own, where the function is not defined everywhere.
     *
     * @param random of δ
     * @param numbers each number of inputs and parameters, one after the other
     */
    public static Result of(
            Operation operation,
            List<int[]> inputs,
            List<int[]> parameters,
            RandomGenerator random,
            Supplier<Double> numbers) {
        return new GradientCheck(operation, inputs, parameters, random, numbers).run();
    }

    private static int[] batched(int[] shape) {
        int[] all = new int[shape.length + 1];
        all[0] = BATCH;
        System.arraycopy(shape, 0, all, 1, shape.length);
        return all;
    }

    private static Tensor drawn(int[] shape, Supplier<Double> numbers) {
        Tensor tensor = Tensor.zeros(Precision.DOUBLE, shape);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.set(i, numbers.get());
        }
        return tensor;
    }

    private Result run() {
        ExampleRange all = new ExampleRange(0, 0, BATCH);
        kernel.compute(all);
        List<Tensor> pulled = new ArrayList<>();
        for (int k = 0; k < inputs.size(); k++) {
            Tensor into = Tensor.zeros(Precision.DOUBLE, inputs.get(k).shape());
            into.fill(Double.NaN); // SET is not to look at what is there
            kernel.pullBack(k, delta, into, Accumulation.SET, all);
            kernel.pullBack(k, delta, into, Accumulation.ADD, all);
            into.scale(0.5);
            pulled.add(into);
        }
        List<Tensor> gradients = new ArrayList<>();
        for (int k = 0; k < parameters.size(); k++) {
            Tensor into = Tensor.zeros(Precision.DOUBLE, parameters.get(k).shape());
            kernel.addGradient(k, delta, into);
            gradients.add(into);
        }
        for (int k = 0; k < inputs.size(); k++) {
            compare("input " + k, inputs.get(k), pulled.get(k), all);
        }
        for (int k = 0; k < parameters.size(); k++) {
            compare("parameter " + k, parameters.get(k), gradients.get(k), all);
        }
        return worst;
    }

    private void compare(String what, Tensor x, Tensor found, ExampleRange all) {
        for (int i = 0; i < x.size(); i++) {
            double at = x.get(i);
            x.set(i, at + STEP);
            kernel.compute(all);
            double above = weighed();
            x.set(i, at - STEP);
            kernel.compute(all);
            double expected = (above - weighed()) / (2 * STEP);
            x.set(i, at);
            double difference = Math.abs(found.get(i) - expected) / (1 + Math.abs(expected));
            if (!(difference <= worst.largest())) { // NaN is the worst of all
                worst = new Result(
                        Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference,
                        "%s of %s %s, at %d: %s, differences give %s"
                                .formatted(
                                        operation.name(), what, Arrays.toString(x.shape()), i, found.get(i), expected));
            }
        }
    }

    /** δ · y. */
    private double weighed() {
        double sum = 0;
        for (int i = 0; i < output.size(); i++) {
            sum += delta.get(i) * output.get(i);
        }
        return sum;
    }
}
