///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+

import java.util.Arrays;
import java.util.Random;

/**
 * "Associative Memories via Predictive Coding" (Salvatori et al. 2021) on plain arrays: equations 1 to 5, Algorithms 1
 * and 2. It needs nothing but Java:
 *
 * <pre>java examples/FromScratch.java</pre>
 */
public class FromScratch {
    private final double[][][] theta; // theta[l] predicts layer l from layer l + 1: [values of l][values of l + 1]
    private final double[] b; // the memory vector: predicts the top layer

    public FromScratch(double[][][] theta, double[] b) {
        this.theta = theta;
        this.b = b;
    }

    static double f(double x) {
        return Math.max(x, 0);
    }

    static double slope(double x) {
        return x > 0 ? 1 : 0;
    }

    // Eq. 1: mu^l = theta^{l+1} f(x^{l+1}); the top layer is predicted by b
    double[] prediction(double[][] x, int layer) {
        if (layer == theta.length) {
            return b.clone();
        }
        double[] mu = new double[theta[layer].length];
        for (int i = 0; i < mu.length; i++) {
            for (int j = 0; j < x[layer + 1].length; j++) {
                mu[i] += theta[layer][i][j] * f(x[layer + 1][j]);
            }
        }
        return mu;
    }

    // the errors: epsilon^l = x^l - mu^l
    double[][] errors(double[][] x) {
        double[][] error = new double[x.length][];
        for (int l = 0; l < x.length; l++) {
            error[l] = prediction(x, l);
            for (int i = 0; i < error[l].length; i++) {
                error[l][i] = x[l][i] - error[l][i];
            }
        }
        return error;
    }

    // Eq. 2: E = 1/2 sum of |epsilon^l|^2
    public double energy(double[][] x) {
        double sum = 0;
        for (double[] layer : errors(x)) {
            for (double e : layer) {
                sum += e * e / 2;
            }
        }
        return sum;
    }

    // where inference begins: every layer at its prediction, from the top down; the known sensory values at the cue
    public double[][] start(double[] cue, boolean[] known) {
        double[][] x = new double[theta.length + 1][];
        for (int l = theta.length; l >= 0; l--) {
            x[l] = prediction(x, l);
        }
        for (int i = 0; i < cue.length; i++) {
            x[0][i] = known[i] ? cue[i] : x[0][i];
        }
        return x;
    }

    // Eq. 3: dx^l = gamma (-epsilon^l + f'(x^l) * theta^l' epsilon^{l-1}); known sensory values stay
    public void infer(double[][] x, boolean[] known, double gamma, int steps) {
        for (int t = 0; t < steps; t++) {
            double[][] error = errors(x);
            for (int l = 0; l < x.length; l++) {
                for (int j = 0; j < x[l].length; j++) {
                    double force = -error[l][j];
                    if (l > 0) {
                        double fromBelow = 0;
                        for (int i = 0; i < error[l - 1].length; i++) {
                            fromBelow += theta[l - 1][i][j] * error[l - 1][i];
                        }
                        force += slope(x[l][j]) * fromBelow;
                    }
                    if (l > 0 || !known[j]) {
                        x[l][j] += gamma * force;
                    }
                }
            }
        }
    }

    // Algorithm 1: show every pattern, infer, then one update of the weights; alpha is shared by the patterns
    public void learn(double[][] patterns, double gamma, int steps, double alpha, int updates) {
        boolean[] all = new boolean[patterns[0].length];
        Arrays.fill(all, true);
        for (int update = 0; update < updates; update++) {
            double[][][] x = new double[patterns.length][][];
            double[][][] error = new double[patterns.length][][];
            for (int p = 0; p < patterns.length; p++) {
                x[p] = start(patterns[p], all);
                infer(x[p], all, gamma, steps);
                error[p] = errors(x[p]);
            }
            double rate = alpha / patterns.length;
            for (int p = 0; p < patterns.length; p++) {
                for (int l = 0; l < theta.length; l++) {
                    for (int i = 0; i < theta[l].length; i++) {
                        for (int j = 0; j < theta[l][i].length; j++) {
                            theta[l][i][j] += rate * error[p][l][i] * f(x[p][l + 1][j]); // Eq. 4
                        }
                    }
                }
                for (int j = 0; j < b.length; j++) {
                    b[j] += rate * error[p][theta.length][j]; // Eq. 5
                }
            }
        }
    }

    // Algorithm 2: hold what is known of the cue, let the rest of the sensory layer settle, and read it
    public double[] complete(double[] cue, boolean[] known, double gamma, int steps) {
        double[][] x = start(cue, known);
        infer(x, known, gamma, steps);
        return x[0];
    }

    public static void main(String[] args) {
        String[] letters = {"#####|#....|####.|#....|#####", "#...#|##..#|#.#.#|#..##|#...#", ".####|#....|#.###|#...#|.####"};
        double[][] patterns = new double[letters.length][];
        for (int p = 0; p < letters.length; p++) {
            patterns[p] = letters[p].replace("|", "").chars().mapToDouble(c -> c == '#' ? 1 : 0).toArray();
        }
        Random random = new Random(1);
        double[][][] theta = new double[1][25][64];
        for (double[] row : theta[0]) {
            Arrays.setAll(row, j -> 0.05 * random.nextGaussian());
        }
        double[] b = random.doubles(64).toArray();
        FromScratch memory = new FromScratch(theta, b);
        memory.learn(patterns, 0.05, 32, 0.05, 1000);

        boolean[] upper = new boolean[25];
        Arrays.fill(upper, 0, 15, true);
        for (double[] pattern : patterns) {
            double[][] cue = memory.start(pattern, upper);
            double before = memory.energy(cue);
            memory.infer(cue, upper, 0.05, 5000);
            double error = 0;
            for (int i = 0; i < 25; i++) {
                error += Math.pow(cue[0][i] - pattern[i], 2) / 25;
            }
            for (int row = 0; row < 5; row++) {
                System.out.println(row(pattern, upper, row) + "   " + row(cue[0], null, row));
            }
            System.out.printf("energy %.3f -> %.5f, mean squared error %.5f%n%n", before, memory.energy(cue), error);
        }
    }

    private static String row(double[] x, boolean[] known, int row) {
        StringBuilder text = new StringBuilder();
        for (int i = 5 * row; i < 5 * row + 5; i++) {
            text.append(known != null && !known[i] ? '?' : x[i] > 0.5 ? '#' : '.');
        }
        return text.toString();
    }
}
