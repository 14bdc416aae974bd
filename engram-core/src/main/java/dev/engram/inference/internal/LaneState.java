package dev.engram.inference.internal;

import dev.engram.linalg.Matrix;
import java.util.List;

/**
 * The values of the hidden layers of a batch during a {@link ConstantStep}, each kept as [nodes, cues].
 *
 * @param x value nodes x^1 .. x^L; entry 0 is layer 1
 * @param rates f(x), likewise
 */
record LaneState(List<Matrix> x, List<Matrix> rates) {
    void copyCue(LaneState from, int cue) {
        for (int l = 0; l < x.size(); l++) {
            copyLane(from.x.get(l), x.get(l), cue);
            copyLane(from.rates.get(l), rates.get(l), cue);
        }
    }

    private static void copyLane(Matrix from, Matrix to, int cue) {
        for (int i = cue; i < to.data().length; i += to.columns()) {
            to.data()[i] = from.data()[i];
        }
    }

    boolean isFinite(int cue) {
        return x.stream().allMatch(layer -> {
            boolean finite = true;
            for (int i = cue; i < layer.data().length; i += layer.columns()) {
                finite &= Float.isFinite(layer.data()[i]);
            }
            return finite;
        });
    }
}
