package dev.engram.experiments.training;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.ClassLabels;
import dev.engram.graph.FeedForwardGraph;
import dev.engram.graph.Observations;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * MNIST for one network: examples to learn from, others to choose the best epoch by, and the test examples as their makers set them apart.
 *
 * @param validation none of them is in {@code train}
 */
record Digits(Observations train, Observations validation, Observations test) {
    static final int CLASSES = 10;
    private static final int SIDE = 28;
    static final double CHOSEN_BY = 0.15;
    private static final double MEAN = 0.1307; // of all pixels of the training set, as is their deviation
    private static final double DEVIATION = 0.3081;

    /** How a picture is shown to a network. */
    enum Look {
        /** [1, 32, 32], in [0, 1], two rows and columns of zeros around it. */
        PADDED,
        /** [784], in [0, 1]. */
        FLAT,
        /** [784], of mean 0 and deviation 1 over the training set. */
        STANDARDISED
    }

    /** Where examples come from. */
    @FunctionalInterface
    interface Source {
        Digits draw(Workbench bench, FeedForwardGraph net, Look look, double chosenBy, long seed);
    }

    /** The examples that the cell asked for, a share of them, drawn by the seed, to choose by. */
    static Digits draw(Workbench bench, FeedForwardGraph net, Look look, double chosenBy, long seed) {
        Observations all = read(bench, net, look, DataSet.MNIST);
        int[] order = shuffled(all.batch(), seed);
        int validation = (int) Math.round(chosenBy * order.length);
        return new Digits(
                all.rows(Arrays.copyOfRange(order, validation, order.length)),
                all.rows(Arrays.copyOf(order, validation)),
                read(bench, net, look, DataSet.MNIST_TEST));
    }

    private static Observations read(Workbench bench, FeedForwardGraph net, Look look, DataSet set) {
        PatternSet pictures = bench.patterns(set);
        int[] labels = ClassLabels.read(bench.path(set), pictures.count());
        return Observations.of(net.input(), shown(pictures, look))
                .and(net.output(), ClassLabels.oneHot(labels, CLASSES));
    }

    private static Tensor shown(PatternSet set, Look look) {
        float[] from = set.patterns().data();
        int count = set.count();
        if (look == Look.FLAT) {
            return Tensor.wrap(from, count, SIDE * SIDE);
        }
        if (look == Look.STANDARDISED) {
            float[] to = new float[from.length];
            for (int i = 0; i < to.length; i++) {
                to[i] = (float) ((from[i] - MEAN) / DEVIATION);
            }
            return Tensor.wrap(to, count, SIDE * SIDE);
        }
        int side = LeNet.SIDE;
        int border = (side - SIDE) / 2;
        float[] to = new float[count * side * side];
        for (int i = 0; i < count; i++) {
            for (int y = 0; y < SIDE; y++) {
                int at = (i * side + y + border) * side + border;
                System.arraycopy(from, (i * SIDE + y) * SIDE, to, at, SIDE);
            }
        }
        return Tensor.wrap(to, count, 1, side, side);
    }

    private static int[] shuffled(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
