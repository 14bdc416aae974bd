package dev.engram.learning;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The hidden states of all frames of all sequences, their errors, and the steps that lower the energy over them. */
final class TemporalStates {
    private final LinearAlgebra la;
    private final GenerativeNetwork emission;
    private final GenerativeNetwork transition;
    private final Matrix frames;
    private final int[] first;
    private final int[] earlier;
    private final int[] later;
    private final Matrix z;

    TemporalStates(
            LinearAlgebra la,
            GenerativeNetwork emission,
            GenerativeNetwork transition,
            Matrix frames,
            List<Integer> lengths) {
        if (lengths.stream().mapToInt(l -> l).sum() != frames.rows()
                || lengths.stream().anyMatch(l -> l < 1)) {
            throw new IllegalArgumentException("Sequences of %s frames, each at least 1, do not make up %d frames."
                    .formatted(lengths, frames.rows()));
        }
        this.la = la;
        this.emission = emission;
        this.transition = transition;
        this.frames = frames;
        this.first = new int[lengths.size()];
        for (int s = 1; s < first.length; s++) {
            first[s] = first[s - 1] + lengths.get(s - 1);
        }
        this.later = IntStream.range(0, frames.rows())
                .filter(t -> Arrays.binarySearch(first, t) < 0)
                .toArray();
        this.earlier = Arrays.stream(later).map(t -> t - 1).toArray();
        this.z = Matrix.zeros(frames.rows(), emission.size(1));
    }

    /** z, [frames, n]; live. */
    Matrix z() {
        return z;
    }

    /** The states that another one precedes. */
    Matrix later() {
        return z.rows(later);
    }

    /** What precedes them. */
    Matrix earlier() {
        return z.rows(earlier);
    }

    /** z = b + noise. */
    void start(Matrix noise) {
        z.setRows(emission.memoryVector());
        for (int i = 0; i < z.data().length; i++) {
            z.data()[i] += noise.data()[i];
        }
    }

    /** e, with the errors of the first states, which are b's. */
    Evaluation emissionErrors() {
        return errors(emissionError(), stateErrors().rows(first));
    }

    /** ε of all states but the first, which H predicts. */
    Evaluation transitionErrors() {
        return errors(stateErrors().rows(later), Matrix.zeros(1, z.columns()));
    }

    private static Evaluation errors(Matrix lower, Matrix top) {
        return new Evaluation(List.of(lower, top), List.of(), new double[0][]);
    }

    /** Of the frames and of the states. */
    double[] energyPerLayer() {
        double ofStates = emission.priorPrecision() * stateErrors().squaredLength();
        return new double[] {0.5 * emissionError().squaredLength(), 0.5 * ofStates};
    }

    /** Takes a given number of steps downhill. */
    void infer(int steps) {
        if (steps == 0) {
            return;
        }
        double lambda = emission.priorPrecision();
        double steepest = emission.activation().steepest();
        double w = steepest * emission.map(1).spectralNorm(la);
        double h = steepest * transition.map(1).spectralNorm(la);
        float gamma = (float) (1 / (w * w + lambda * (1 + h) * (1 + h)));
        for (int step = 0; step < steps; step++) {
            Matrix errors = stateErrors();
            Matrix force = Matrix.zeros(z.rows(), z.columns());
            emission.map(1).feedback(la, 1, emissionError(), force);
            Matrix back = Matrix.zeros(later.length, z.columns());
            transition.map(1).feedback(la, (float) lambda, errors.rows(later), back);
            add(back, force);
            Matrix slope = Matrix.zeros(z.rows(), z.columns());
            emission.activation().slopes(z.data(), slope.data(), 0, z.data().length);
            for (int i = 0; i < z.data().length; i++) {
                z.data()[i] += gamma * (slope.data()[i] * force.data()[i] - (float) lambda * errors.data()[i]);
            }
        }
    }

    private void add(Matrix back, Matrix force) {
        for (int i = 0; i < earlier.length; i++) {
            for (int j = 0; j < z.columns(); j++) {
                force.set(earlier[i], j, force.get(earlier[i], j) + back.get(i, j));
            }
        }
    }

    private Matrix rates() {
        return emission.activation().values(z);
    }

    private Matrix emissionError() {
        Matrix error = frames.copy();
        emission.map(1).predict(la, -1, rates(), 1, error);
        return error;
    }

    private Matrix stateErrors() {
        Matrix predicted = Matrix.zeros(z.rows(), z.columns());
        predicted.setRows(emission.memoryVector());
        Matrix following = Matrix.zeros(later.length, z.columns());
        transition.map(1).predict(la, 1, rates().rows(earlier), 0, following);
        predicted.setRows(later, following);
        return z.minus(predicted);
    }
}
