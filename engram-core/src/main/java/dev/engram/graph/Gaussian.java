package dev.engram.graph;

import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Tensor;

/**
 * The energy of a normal distribution around the prediction.
 *
 * <pre>
 *   ε = v - μ,   E = ½ π |ε|²
 * </pre>
 */
record Gaussian() implements LocationEnergy {
    @Override
    public String name() {
        return "Gaussian";
    }

    @Override
    public double rho(double difference) {
        return 0.5 * difference * difference;
    }

    @Override
    public double psi(double difference) {
        return difference;
    }

    @Override
    public void measure(Tensors at, ExampleRange examples) {
        Tensor v = at.value();
        int from = examples.begin(v);
        int to = examples.end(v);
        switch (v.precision()) {
            case FLOAT ->
                subtract(v.floats(), at.prediction().floats(), at.error().floats(), from, to);
            case DOUBLE ->
                subtract(v.doubles(), at.prediction().doubles(), at.error().doubles(), from, to);
        }
    }

    private static void subtract(float[] v, float[] mu, float[] error, int from, int to) {
        for (int i = from; i < to; i++) {
            error[i] = v[i] - mu[i];
        }
    }

    private static void subtract(double[] v, double[] mu, double[] error, int from, int to) {
        for (int i = from; i < to; i++) {
            error[i] = v[i] - mu[i];
        }
    }

    /** Of the error, which may have moved where value and prediction are held. */
    @Override
    public double energy(Tensors at, ExampleRange examples) {
        Tensor error = at.error();
        double sum = 0;
        int to = examples.end(error);
        for (int i = examples.begin(error); i < to; i++) {
            sum += error.get(i) * error.get(i);
        }
        return 0.5 * at.precision() * sum;
    }
}
