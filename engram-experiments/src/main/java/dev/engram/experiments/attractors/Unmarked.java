package dev.engram.experiments.attractors;

import dev.engram.experiments.frame.Setting;
import dev.engram.experiments.salvatori.Damage;
import dev.engram.experiments.salvatori.Question;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import java.util.BitSet;

/** A square in the centre over 40 % of the picture, black or taken from the next picture; the memories are not told that it is there. */
record Unmarked(Filling filling) implements Damage {
    static final String SQUARE = "square";
    private static final double SIDE = Math.sqrt(0.4);

    /** What the square shows. */
    enum Filling {
        BLACK,
        PASTED;

        /** As reports name it. */
        String words() {
            return this == BLACK ? "black" : "pasted";
        }
    }

    @Override
    public Setting on(Setting cell) {
        return cell.with(SQUARE, filling.words());
    }

    @Override
    public double threshold() {
        return Score.COMPLETION_THRESHOLD;
    }

    @Override
    public Question ask(Matrix originals, Shape shape, long seed) {
        int width = (int) Math.round(SIDE * shape.width());
        int height = (int) Math.round(SIDE * shape.height());
        BitSet square = new Region.Box((shape.width() - width) / 2, (shape.height() - height) / 2, width, height)
                .values(shape, 0, seed);
        Matrix cues = originals.copy();
        for (int cue = 0; cue < cues.rows(); cue++) {
            int next = (cue + 1) % cues.rows();
            for (int j = square.nextSetBit(0); j >= 0; j = square.nextSetBit(j + 1)) {
                cues.set(cue, j, filling == Filling.BLACK ? 0 : originals.get(next, j));
            }
        }
        return Question.whole(cues);
    }
}
