package dev.engram.optimiser;

/** The loops of {@link Optimiser} in double precision. */
final class DoubleSteps {
    private DoubleSteps() {}

    static void momentum(Optimiser.Momentum momentum, double[] theta, double[] g, double[] velocity) {
        double alpha = momentum.learningRate();
        double beta = momentum.momentum();
        for (int i = 0; i < theta.length; i++) {
            velocity[i] = beta * velocity[i] + g[i];
            theta[i] += alpha * velocity[i];
        }
    }

    static void adam(Optimiser.Adam adam, double[] theta, double[] g, OptimiserState state) {
        double[] mean = state.averages().get(0).doubles();
        double[] square = state.averages().get(1).doubles();
        double beta1 = adam.meanDecay();
        double beta2 = adam.squareDecay();
        double meanScale = (1 / (1 - Math.pow(adam.meanDecay(), state.updates())));
        double squareScale = (1 / (1 - Math.pow(adam.squareDecay(), state.updates())));
        double alpha = adam.learningRate();
        double epsilon = adam.epsilon();
        for (int i = 0; i < theta.length; i++) {
            mean[i] = beta1 * mean[i] + (1 - beta1) * g[i];
            square[i] = beta2 * square[i] + (1 - beta2) * g[i] * g[i];
            theta[i] += alpha * mean[i] * meanScale / (Math.sqrt(square[i] * squareScale) + epsilon);
        }
    }
}
