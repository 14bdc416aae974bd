package dev.engram.experiments.report;

import java.util.List;

/**
 * Small pictures in labelled rows, finished: what a {@link ContactSheet} makes, and what can be kept in a file.
 *
 * @param labels of the rows, from the top; the same in every block
 * @param columns pictures side by side in a full block
 * @param blocks PNG pictures, shown under each other
 * @param shares how much of a full block each is wide, at most 1
 */
public record Sheet(List<String> labels, int columns, List<byte[]> blocks, List<Double> shares) {
    public Sheet {
        labels = List.copyOf(labels);
        blocks = List.copyOf(blocks);
        shares = List.copyOf(shares);
        if (blocks.size() != shares.size()) {
            throw new IllegalArgumentException("There are %d blocks of pictures and %d widths; they must agree."
                    .formatted(blocks.size(), shares.size()));
        }
    }
}
