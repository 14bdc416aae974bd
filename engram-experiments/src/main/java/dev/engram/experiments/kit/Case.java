package dev.engram.experiments.kit;

import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A task for a network: how many pictures of which data set are stored, how wide the network is, and what that costs.
 *
 * @param patterns how many pictures are stored, N
 * @param hidden how many nodes each hidden layer has, n
 */
public record Case(DataSet set, int patterns, int hidden) {
    private static final long PIXEL_MATRICES = 12;
    private static final long CODE_MATRICES = 20;
    private static final long PARAMETER_COPIES = 6; // parameters, forces, Adam's two moments, snapshots
    // Costs are about nanoseconds of two cores.
    private static final double READING = 1e9;

    /** The data, numbers and widths of figure 3 of Salvatori et al. 2021. */
    public static List<Case> ofFigure3(Profile profile) {
        boolean quick = profile == Profile.QUICK;
        List<Case> cases = new ArrayList<>();
        for (DataSet set : List.of(DataSet.CIFAR10, DataSet.TINY_IMAGENET)) {
            for (int hidden : quick ? List.of(512) : List.of(512, 1024, 2048)) {
                for (int patterns : quick ? List.of(100, 250) : List.of(100, 250, 500, 1000)) {
                    cases.add(new Case(set, patterns, hidden));
                }
            }
        }
        return cases;
    }

    public CellSetting setting() {
        return on(new CellSetting(Map.of()));
    }

    /** A setting, and then this case. */
    public CellSetting on(CellSetting before) {
        return before.with(Parts.DATA, set.title())
                .with(Parts.PATTERNS, patterns)
                .with(Parts.HIDDEN, hidden);
    }

    /** The numbers that belong to this case. */
    public Results in(Results results) {
        return results.where(Parts.DATA, set.title())
                .where(Parts.PATTERNS, patterns)
                .where(Parts.HIDDEN, hidden);
    }

    /** For example {@code CIFAR-10, N = 100, n = 512}. */
    @Override
    public String toString() {
        return "%s, N = %d, n = %d".formatted(set.title(), patterns, hidden);
    }

    /** A cell for networks of two layers, learned in the span of the patterns. */
    public Cell cell(Cell.Work work) {
        return cell(setting(), work);
    }

    /** The same, with a setting that says more. */
    public Cell cell(CellSetting setting, Cell.Work work) {
        double learning = (double) patterns * patterns * hidden;
        return Cell.of(setting, work)
                .withData(set, patterns)
                .withBytes(bytes(patterns))
                .withCost(READING + 50 * learning + 0.3 * values() * patterns * patterns);
    }

    /** A cell for networks of more layers: the weights between hidden layers are added. */
    public Cell deepCell(CellSetting setting, int layers, Cell.Work work) {
        double step = (double) patterns * hidden * (hidden * (layers - 1.0) + patterns);
        long weights = (long) hidden * hidden * layers * Double.BYTES;
        return Cell.of(setting, work)
                .withData(set, patterns)
                .withBytes(bytes(patterns + hidden) + CODE_MATRICES * weights / 4)
                .withCost(READING + 500 * step);
    }

    /** A cell for an autoencoder, learned in the span of the patterns. */
    public Cell autoencoderCell(CellSetting setting, int hiddenLayers, int updates, Cell.Work work) {
        long inner = (long) hidden * hidden * (hiddenLayers - 1);
        long onValues = 2L * hidden * values() + inner;
        double onCoordinates = 2.0 * hidden * patterns + inner;
        return Cell.of(setting, work)
                .withData(set, patterns)
                .withOption("updates", updates)
                .withBytes(Float.BYTES * (PARAMETER_COPIES * onValues + PIXEL_MATRICES * patterns * values()))
                .withCost(READING + 0.05 * onCoordinates * patterns * updates);
    }

    /** @param rank in how many dimensions codes and weights are kept */
    private long bytes(int rank) {
        long pixels = PIXEL_MATRICES * rank * values();
        long codes = CODE_MATRICES * rank * (hidden + (long) rank);
        return Float.BYTES * (pixels + codes);
    }

    /** Values of one picture. */
    private long values() {
        return switch (set) {
            case CIFAR10 -> 32 * 32 * 3;
            case MNIST, MNIST_TEST -> 28 * 28;
            case IMAGENET -> 224 * 224 * 3;
            default -> 64 * 64 * 3;
        };
    }
}
