package dev.engram.experiments.salvatori;

import dev.engram.experiments.frame.Setting;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.Noise;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import java.util.BitSet;
import java.util.List;

/** A way to damage pictures, and the error below which they count as recovered. */
public interface Damage {
    String NOISE = "noise";
    String KNOWN = "known";
    String COVERED = "covered";

    /** The setting of a cell, and this damage. */
    Setting on(Setting cell);

    /** The paper's threshold for such damage. */
    double threshold();

    /** The pictures as they are shown to a memory. */
    Question ask(Matrix originals, Shape shape, long seed);

    /** Noise over the whole picture. */
    record Noisy(String name, Noise noise) implements Damage {
        public static Noisy ofVariance(double variance) {
            return new Noisy("variance " + variance, Noise.ofVariance(variance));
        }

        public static Noisy ofStandardDeviation(double deviation) {
            return new Noisy("standard deviation " + deviation, Noise.ofStandardDeviation(deviation));
        }

        @Override
        public Setting on(Setting cell) {
            return cell.with(NOISE, name);
        }

        @Override
        public double threshold() {
            return Score.DENOISING_THRESHOLD;
        }

        @Override
        public Question ask(Matrix originals, Shape shape, long seed) {
            return Question.whole(noise.addTo(originals, seed));
        }
    }

    /** Only the upper part is known. */
    record Part(double fraction) implements Damage {
        @Override
        public Setting on(Setting cell) {
            return cell.with(KNOWN, fraction);
        }

        @Override
        public double threshold() {
            return Score.COMPLETION_THRESHOLD;
        }

        @Override
        public Question ask(Matrix originals, Shape shape, long seed) {
            Region part = new Region.Edge(Region.Edge.Side.TOP, fraction);
            return Question.part(originals, Mask.known(part, shape, 1, seed));
        }
    }

    /** A square in the centre is missing, its side a fraction of the picture's. */
    record Covered(double side) implements Damage {
        @Override
        public Setting on(Setting cell) {
            return cell.with(COVERED, side);
        }

        @Override
        public double threshold() {
            return Score.COMPLETION_THRESHOLD;
        }

        @Override
        public Question ask(Matrix originals, Shape shape, long seed) {
            int width = (int) Math.round(side * shape.width());
            int height = (int) Math.round(side * shape.height());
            Region square = new Region.Box((shape.width() - width) / 2, (shape.height() - height) / 2, width, height);
            BitSet known = square.values(shape, 0, seed);
            known.flip(0, shape.values());
            return Question.part(originals, Mask.known(shape.values(), List.of(known)));
        }
    }
}
