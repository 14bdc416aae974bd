package dev.engram.memory.boltzmann;

import dev.engram.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A small deep Boltzmann machine summed over all states of its units, from its energy alone, in double precision. Over the perception y the
 * Gaussian integral is known: ∫ exp(-|y|²/2ν + g·y/ν) dy = (2πν)^(n/2) exp(|g|²/2ν).
 */
final class Enumerated {
    final List<double[][]> weights;
    final List<double[]> biases;
    final double noise;
    final List<double[][]> states = new ArrayList<>();

    Enumerated(List<double[][]> weights, List<double[]> biases, double noise) {
        this.weights = weights;
        this.biases = biases;
        this.noise = noise;
        int units = biases.stream().mapToInt(c -> c.length).sum();
        for (int bits = 0; bits < 1 << units; bits++) {
            double[][] s = new double[biases.size()][];
            int at = 0;
            for (int l = 0; l < s.length; l++) {
                s[l] = new double[biases.get(l).length];
                for (int j = 0; j < s[l].length; j++) {
                    s[l][j] = (bits >> at++ & 1) == 1 ? 1 : -1;
                }
            }
            states.add(s);
        }
    }

    static Enumerated of(List<Matrix> weights, List<float[]> biases, double noise) {
        List<double[][]> w = weights.stream()
                .map(m -> IntStream.range(0, m.rows())
                        .mapToObj(i -> doubles(m.row(i)))
                        .toArray(double[][]::new))
                .toList();
        return new Enumerated(w, biases.stream().map(Enumerated::doubles).toList(), noise);
    }

    static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    /** W_1ᵀ s_1. */
    double[] expected(double[][] s) {
        double[] g = new double[weights.get(0)[0].length];
        for (int j = 0; j < s[0].length; j++) {
            for (int i = 0; i < g.length; i++) {
                g[i] += weights.get(0)[j][i] * s[0][j];
            }
        }
        return g;
    }

    /** -E without the terms of y. */
    private double amongUnits(double[][] s) {
        double sum = 0;
        for (int l = 0; l < s.length; l++) {
            for (int j = 0; j < s[l].length; j++) {
                sum += biases.get(l)[j] * s[l][j];
                for (int k = 0; l > 0 && k < s[l - 1].length; k++) {
                    sum += weights.get(l)[j][k] * s[l][j] * s[l - 1][k];
                }
            }
        }
        return sum;
    }

    double energy(double[] y, double[][] s) {
        double[] g = expected(s);
        double energy = -amongUnits(s);
        for (int i = 0; i < y.length; i++) {
            energy += y[i] * y[i] / (2 * noise) - g[i] * y[i] / noise;
        }
        return energy;
    }

    /** log ∫ exp(-E(y, s)) dy. */
    private double logWeight(double[][] s) {
        double[] g = expected(s);
        double log = amongUnits(s) + g.length / 2.0 * Math.log(2 * Math.PI * noise);
        for (double value : g) {
            log += value * value / (2 * noise);
        }
        return log;
    }

    double logPartition() {
        return logSum(states.stream().mapToDouble(this::logWeight).toArray());
    }

    /** p(s) of every state. */
    double[] probabilities() {
        double logZ = logPartition();
        return states.stream().mapToDouble(s -> Math.exp(logWeight(s) - logZ)).toArray();
    }

    /** -log Σ_s exp(-E(y, s)). */
    double freeEnergy(double[] y) {
        return -logSum(states.stream().mapToDouble(s -> -energy(y, s)).toArray());
    }

    /** log p(y). */
    double logLikelihood(double[] y) {
        return -freeEnergy(y) - logPartition();
    }

    private static double logSum(double... logs) {
        double most = Arrays.stream(logs).max().orElseThrow();
        return most
                + Math.log(Arrays.stream(logs).map(log -> Math.exp(log - most)).sum());
    }
}
