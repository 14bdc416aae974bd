package dev.engram.experiments.graphs;

import dev.engram.experiments.kit.ClassLabels;
import dev.engram.graph.Observations;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.SplittableRandom;

/** Random inputs and targets for the networks. */
final class RandomExamples {
    private RandomExamples() {}

    /** Pictures of even noise and classes by chance. */
    static Observations pictures(Network network, int batch, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Tensor x =
                Tensor.zeros(Precision.FLOAT, withBatch(batch, network.input().shape()));
        for (int i = 0; i < x.size(); i++) {
            x.set(i, random.nextDouble());
        }
        int classes = network.output().shape()[0];
        return Observations.of(network.input(), x)
                .and(network.output(), ClassLabels.oneHot(draw(random, batch, classes), classes));
    }

    /** Characters by chance, one-hot, and classes. */
    static Observations text(Network network, int batch, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int steps = network.input().shape()[0];
        int alphabet = network.input().shape()[1];
        int classes = network.output().shape()[0];
        Tensor x = ClassLabels.oneHot(draw(random, batch * steps, alphabet), alphabet)
                .reshaped(batch, steps, alphabet);
        return Observations.of(network.input(), x)
                .and(network.output(), ClassLabels.oneHot(draw(random, batch, classes), classes));
    }

    /** Characters by chance, as numbers, each with the one after it as its target. */
    static Observations sequences(Network network, int batch, long seed) {
        int steps = network.input().shape()[0];
        int alphabet = network.output().shape()[1];
        return sequences(network, draw(new SplittableRandom(seed), batch * steps + 1, alphabet), 0, batch);
    }

    /** {@code batch} sequences, one after the other, of the text from {@code from}, each character with the one after it as its target. */
    static Observations sequences(Network network, int[] text, int from, int batch) {
        int steps = network.input().shape()[0];
        int alphabet = network.output().shape()[1];
        float[] x = new float[batch * steps];
        int[] next = new int[batch * steps];
        for (int i = 0; i < x.length; i++) {
            x[i] = text[from + i];
            next[i] = text[from + i + 1];
        }
        return Observations.of(network.input(), Tensor.wrap(x, batch, steps))
                .and(network.output(), ClassLabels.oneHot(next, alphabet).reshaped(batch, steps, alphabet));
    }

    private static int[] draw(SplittableRandom random, int count, int below) {
        return random.ints(count, 0, below).toArray();
    }

    private static int[] withBatch(int batch, int[] shape) {
        int[] all = new int[shape.length + 1];
        all[0] = batch;
        System.arraycopy(shape, 0, all, 1, shape.length);
        return all;
    }
}
