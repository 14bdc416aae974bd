package dev.engram.learning;

import dev.engram.linalg.Matrix;
import java.util.function.Consumer;

/** Patterns that come three at a time, the last perhaps fewer. */
public record InBlocks(Matrix all) implements PatternBlocks {
    private static final int TOGETHER = 3;

    @Override
    public int count() {
        return all.rows();
    }

    @Override
    public int values() {
        return all.columns();
    }

    @Override
    public void forEach(Consumer<Matrix> visitor) {
        for (int from = 0; from < all.rows(); from += TOGETHER) {
            visitor.accept(all.slice(from, Math.min(all.rows(), from + TOGETHER)));
        }
    }
}
