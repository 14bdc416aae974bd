package dev.engram.experiments.sequences;

import dev.engram.experiments.frame.Workbench;
import dev.engram.linalg.Matrix;
import java.util.SplittableRandom;

/** Random frames of -1 and 1, and how many of their bits an answer has wrong. */
record RandomFrames(SplittableRandom random) {
    /** Those of a draw. */
    static RandomFrames of(Workbench bench, int draw) {
        return new RandomFrames(new SplittableRandom(new SplittableRandom(bench.seed()).nextLong() + draw));
    }

    /** The next ones, [count, units]. */
    Matrix next(int count, int units) {
        Matrix frames = Matrix.zeros(count, units);
        for (int i = 0; i < frames.data().length; i++) {
            frames.data()[i] = random.nextBoolean() ? 1 : -1;
        }
        return frames;
    }

    /** The fraction of wrong signs. */
    static double wrongBits(Matrix right, Matrix answers) {
        int wrong = 0;
        for (int i = 0; i < right.data().length; i++) {
            wrong += answers.data()[i] > 0 == right.data()[i] > 0 ? 0 : 1;
        }
        return (double) wrong / right.data().length;
    }
}
