package dev.engram.playground;

import dev.engram.inference.InferenceStep;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.network.ChainEnergy;
import dev.engram.network.Clamp;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Makes frames of the steps of one recall. */
final class FramePainter {
    private final LinearAlgebra la;
    private final GenerativeNetwork network;
    private final Shape shape;
    private final Matrix cue;
    private final Matrix original;
    private final Clamp clamp;
    private final ChainEnergy energy;
    private final Evaluation found;
    private final double scale;

    FramePainter(LinearAlgebra la, GenerativeNetwork network, Shape shape, Matrix cue, Matrix original, Clamp clamp) {
        this.la = la;
        this.network = network;
        this.shape = shape;
        this.cue = cue;
        this.original = original;
        this.clamp = clamp;
        this.energy = new ChainEnergy(la, network, clamp, 1);
        this.found = energy.newEvaluation();
        double largest = 1;
        for (float b : network.memoryVector()) {
            largest = Math.max(largest, Math.abs(b));
        }
        this.scale = 2 * largest;
    }

    /** A network's free sensory nodes are where they are predicted; of a whole cue the prediction is the answer. */
    Frame paint(InferenceStep step) {
        ValueNodes nodes = step.values();
        Matrix prediction = ValueNodes.predict(la, network, nodes.layer(1), 0);
        Matrix sensory = prediction.copy();
        clamp.row(0).stream().forEach(i -> sensory.data()[i] = cue.data()[i]);
        energy.evaluateErrors(nodes.withSensory(sensory), found);
        return frame(step, clamp.isAll() ? prediction : sensory);
    }

    private Frame frame(InferenceStep step, Matrix answer) {
        List<String> values = new ArrayList<>();
        List<String> hiddenErrors = new ArrayList<>();
        for (int l = 1; l <= network.hiddenLayers(); l++) {
            float[] layer = step.values().layer(l).row(0);
            values.add(Pixels.signed(layer, scale));
            hiddenErrors.add(Pixels.signed(found.errors().get(l).row(0), scale));
        }
        return new Frame(
                step.step(),
                step.priorPrecision(),
                step.energy()[0].clone(),
                Score.of(original, answer).errors()[0],
                Pixels.picture(answer.data()),
                Pixels.errors(found.errors().get(0).data(), shape),
                values,
                hiddenErrors,
                hidden(step.values(), network));
    }

    /** All hidden value nodes, one layer after the other. */
    static float[] hidden(ValueNodes values, GenerativeNetwork network) {
        float[] state = new float
                [IntStream.rangeClosed(1, network.hiddenLayers())
                        .map(network::size)
                        .sum()];
        int offset = 0;
        for (int l = 1; l <= network.hiddenLayers(); l++) {
            float[] layer = values.layer(l).row(0);
            System.arraycopy(layer, 0, state, offset, layer.length);
            offset += layer.length;
        }
        return state;
    }
}
