package dev.engram.optimiser;

/** The loops of {@link Optimiser} in double precision. */
final class DoubleSteps {
    private DoubleSteps() {}

    static void step(Optimiser optimiser, double[] theta, double[] g, OptimiserState state) {
        if (optimiser instanceof Optimiser.Adam adam) {
            adam(adam, theta, g, state);
        } else if (optimiser instanceof Optimiser.Momentum momentum) {
            double[] velocity = state.averages().get(0).doubles();
            momentum(momentum.learningRate(), momentum.momentum(), theta, g, velocity);
        } else {
            plain(optimiser.learningRate(), theta, g);
        }
    }

    private static void plain(double alpha, double[] theta, double[] g) {
        for (int i = 0; i < theta.length; i++) {
            theta[i] += alpha * g[i];
        }
    }

    private static void momentum(double alpha, double beta, double[] theta, double[] g, double[] velocity) {
        for (int i = 0; i < theta.length; i++) {
            velocity[i] = beta * velocity[i] + g[i];
            theta[i] += alpha * velocity[i];
        }
    }

    private static void adam(Optimiser.Adam adam, double[] theta, double[] g, OptimiserState state) {
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
