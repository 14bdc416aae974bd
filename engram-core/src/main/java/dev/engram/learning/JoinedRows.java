package dev.engram.learning;

import dev.engram.linalg.Matrix;
import java.io.Serializable;
import java.util.ArrayList;

/** Rows that were worked out in parts, one part below the other. */
final class JoinedRows implements Serializable {
    private static final long serialVersionUID = 1;

    private final ArrayList<Matrix> parts = new ArrayList<>();

    void add(Matrix rows) {
        parts.add(rows);
    }

    JoinedRows add(JoinedRows below) {
        parts.addAll(below.parts);
        return this;
    }

    /**
     * All of them.
     *
     * @param columns for the case that there is no part
     */
    Matrix all(int columns) {
        Matrix all = Matrix.zeros(parts.stream().mapToInt(Matrix::rows).sum(), columns);
        int row = 0;
        for (Matrix part : parts) {
            System.arraycopy(part.data(), 0, all.data(), row * columns, part.data().length);
            row += part.rows();
        }
        return all;
    }
}
