package dev.engram.experiments.salvatori;

import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.DataSet;

/** What a cell costs: the memory it needs, and its time beside the others'. */
public final class Sizes {
    private static final long PIXEL_MATRICES = 12;
    private static final long CODE_MATRICES = 20;
    private static final long PARAMETER_COPIES = 6; // parameters, forces, Adam's two moments, snapshots
    // Costs are about nanoseconds of two cores.
    private static final double READING = 1e9;

    private Sizes() {}

    /** Values of one picture. */
    static long values(DataSet set) {
        return switch (set) {
            case CIFAR10 -> 32 * 32 * 3;
            case MNIST, MNIST_TEST -> 28 * 28;
            case IMAGENET -> 224 * 224 * 3;
            default -> 64 * 64 * 3;
        };
    }

    /** Two layers in the span of the patterns. */
    public static Cell fit(Cell cell, DataSet set, int patterns, int hidden) {
        double learning = (double) patterns * patterns * hidden;
        return cell.withBytes(bytes(set, patterns, hidden))
                .withCost(READING + 50 * learning + 0.3 * values(set) * patterns * patterns);
    }

    /** More layers: the weights between hidden layers are added. */
    static Cell fitDeep(Cell cell, DataSet set, int patterns, int hidden, int layers) {
        double step = (double) patterns * hidden * (hidden * (layers - 1.0) + patterns);
        long weights = (long) hidden * hidden * layers * Double.BYTES;
        return cell.withBytes(bytes(set, patterns + hidden, hidden) + CODE_MATRICES * weights / 4)
                .withCost(READING + 500 * step);
    }

    /** An autoencoder, learned in the span of the patterns. */
    static Cell fitAutoencoder(Cell cell, DataSet set, int patterns, int hidden, int hiddenLayers, int updates) {
        long inner = (long) hidden * hidden * (hiddenLayers - 1);
        long onValues = 2L * hidden * values(set) + inner;
        double onCoordinates = 2.0 * hidden * patterns + inner;
        return cell.withBytes(Float.BYTES * (PARAMETER_COPIES * onValues + PIXEL_MATRICES * patterns * values(set)))
                .withCost(READING + 0.05 * onCoordinates * patterns * updates);
    }

    private static long bytes(DataSet set, int patterns, int hidden) {
        long pixels = PIXEL_MATRICES * patterns * values(set);
        long codes = CODE_MATRICES * patterns * (hidden + (long) patterns);
        return Float.BYTES * (pixels + codes);
    }
}
