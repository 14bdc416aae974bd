package dev.engram.memory.covariance;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.Surprise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Each value of a row against its mean given the other present values.
 *
 * <pre>
 *   residual_j = (P y)_j / P_jj,   deviation_j = 1 / √P_jj,   P: of the present values
 * </pre>
 *
 * <p>The most surprising comes first: the one with the largest (residual / deviation)², which is by how much D² falls when the value is left out.
 * One corrupted value makes the residuals of its neighbours large too, but none as large: by the inequality of Cauchy and Schwarz
 * |P_jc| / √P_jj is at most √P_cc.
 */
final class Residuals {
    private static final Comparator<Surprise> MOST_SURPRISING = Comparator.comparingDouble(
                    (Surprise s) -> -Math.abs(s.deviations()))
            .thenComparingInt(Surprise::column);

    private Residuals() {}

    static List<List<Surprise>> of(LinearAlgebra la, CovarianceModel model, Matrix rows) {
        DoubleMatrix y = Present.centred(rows, model.mean());
        Mask present = Present.mask(rows);
        Optional<ConditionalCompletion> partial = Present.isAll(rows)
                ? Optional.empty()
                : Optional.of(ConditionalCompletion.ofKnown(la, model, present, y));
        DoubleMatrix pull = model.pull(la, y);
        List<List<Surprise>> all = new ArrayList<>();
        for (int i = 0; i < rows.rows(); i++) {
            List<Surprise> row = new ArrayList<>();
            for (int j = 0; j < rows.columns(); j++) {
                if (present.isKnown(i, j)) {
                    int cue = i;
                    int value = j;
                    double precision = partial.map(p -> p.precision(cue, value)).orElse(model.alone()[j]);
                    double shown = rows.get(i, j);
                    row.add(new Surprise(
                            j, shown, shown - pull.get(i, j) / precision, Math.sqrt(model.lambda() / precision)));
                }
            }
            row.sort(MOST_SURPRISING);
            all.add(List.copyOf(row));
        }
        return all;
    }
}
