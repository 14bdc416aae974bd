package dev.engram.optimiser;

/** The loops of {@link Optimiser} in single precision. */
final class SingleSteps {
    private SingleSteps() {}

    static void momentum(Optimiser.Momentum momentum, float[] theta, float[] g, float[] velocity) {
        float alpha = (float) momentum.learningRate();
        float beta = (float) momentum.momentum();
        for (int i = 0; i < theta.length; i++) {
            velocity[i] = beta * velocity[i] + g[i];
            theta[i] += alpha * velocity[i];
        }
    }

    static void adam(Optimiser.Adam adam, float[] theta, float[] g, OptimiserState state) {
        float[] mean = state.averages().get(0).floats();
        float[] square = state.averages().get(1).floats();
        float beta1 = (float) adam.meanDecay();
        float beta2 = (float) adam.squareDecay();
        float meanScale = (float) (1 / (1 - Math.pow(adam.meanDecay(), state.updates())));
        float squareScale = (float) (1 / (1 - Math.pow(adam.squareDecay(), state.updates())));
        float alpha = (float) adam.learningRate();
        float epsilon = (float) adam.epsilon();
        for (int i = 0; i < theta.length; i++) {
            mean[i] = beta1 * mean[i] + (1 - beta1) * g[i];
            square[i] = beta2 * square[i] + (1 - beta2) * g[i] * g[i];
            theta[i] += alpha * mean[i] * meanScale / ((float) Math.sqrt(square[i] * squareScale) + epsilon);
        }
    }
}
