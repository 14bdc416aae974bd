package dev.engram.memory.internal;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.Calibration;
import dev.engram.memory.Identifier;
import dev.engram.memory.LookAlikes;
import dev.engram.memory.Mask;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Identification by exact search: every cue is compared with every pattern, a block of cues in one matrix product. Costs 2·N·d operations a
 * cue; what depends on the patterns alone (their squared lengths, the thresholds) is made once, when it is first needed.
 */
public final class ExactSearch implements Identifier {
    private static final double ROUNDING = 1e-5; // of the largest number in a difference of single-precision products

    private final LinearAlgebra la;
    private final Supplier<References> references;
    private final Calibrations calibrations;

    public ExactSearch(LinearAlgebra la, Supplier<References> references, Calibrations calibrations) {
        this.la = la;
        this.references = references;
        this.calibrations = calibrations;
    }

    /** Over patterns that a memory keeps, which are copied when they are first compared. */
    public static ExactSearch over(LinearAlgebra la, Matrix patterns) {
        Lazy<References> references = new Lazy<>(() -> new References(la, patterns.copy(), patterns.columns()));
        return new ExactSearch(
                la,
                references::get,
                new Calibrations(references::get, Double.POSITIVE_INFINITY, Calibration.FALSE_ALARM_RATE));
    }

    /** The same way of answering, over other patterns; it calibrates itself on these. */
    public ExactSearch moved(Matrix patterns) {
        return over(la, patterns).calibrated(calibrations.rate());
    }

    @Override
    public int patterns() {
        return references.get().size();
    }

    @Override
    public Matrix pattern(int... indices) {
        return references.get().of(indices);
    }

    /**
     * What is found for some cues.
     *
     * @param nearest the pattern nearest to each
     * @param squared its squared distance over the known values
     * @param answers what is said of each; none where that was not asked
     */
    public record Found(int[] nearest, double[] squared, List<Answer> answers) {}

    /** The nearest pattern of each cue, and what is to be said of it. */
    public Found find(Matrix cues, Mask mask) {
        IntToDoubleFunction thresholds = calibrations.thresholds(mask);
        Answer[] answers = new Answer[cues.rows()];
        Found found = compare(cues, mask, (shown, errors, trust, block) -> {
            Judgement judgement = new Judgement(references.get(), errors, trust, calibrations.agreement());
            put(judgement.answers(k -> thresholds.applyAsDouble(block[k])), answers, block);
        });
        return new Found(found.nearest, found.squared, Arrays.asList(answers));
    }

    /** The nearest pattern of each cue, without a word. */
    public Found nearest(Matrix cues, Mask mask) {
        return compare(cues, mask, (shown, errors, trust, block) -> {});
    }

    private interface Visitor {
        void visit(Matrix cues, Matrix errors, Trust trust, int[] numbers);
    }

    private Found compare(Matrix given, Mask mask, Visitor visitor) {
        References all = references.get();
        Matrix cues = Cues.known(all.values(), given, mask);
        Found found = new Found(new int[cues.rows()], new double[cues.rows()], List.of());
        new CueBlocks(all.size()).forEach(cues.rows(), block -> {
            Matrix shown = cues.rows(block);
            Mask known = mask.cues(block);
            Trust trust = Trust.of(known);
            Matrix errors = all.squaredErrors(shown, trust);
            double doubt = ROUNDING * all.largestLength();
            la.parallel(block.length, k -> {
                int[] indices = known.clamp().indices(known.rows() == 1 ? 0 : k);
                float[] row = errors.row(k);
                float least = row[0];
                for (float error : row) {
                    least = Math.min(least, error);
                }
                found.squared[block[k]] = Double.POSITIVE_INFINITY;
                for (int i = 0; i < row.length; i++) {
                    if (row[i] > least + doubt) {
                        continue;
                    }
                    double exact = all.squaredError(shown, k, indices, i);
                    if (exact < found.squared[block[k]]) {
                        found.squared[block[k]] = exact;
                        found.nearest[block[k]] = i;
                    }
                }
            });
            visitor.visit(shown, errors, trust, block);
        });
        return found;
    }

    @Override
    public List<Answer> identify(Matrix cues, Mask mask) {
        return find(cues, mask).answers;
    }

    /**
     * What is found for cues with damage that is not marked.
     *
     * @param nearest the likeliest pattern of each
     * @param trust 1 for the values in which a cue agrees with it, 0 for the others, [cues, values]
     */
    public record Damaged(int[] nearest, Matrix trust, List<Answer> answers) {}

    /** The likeliest pattern of each cue, and what is to be said of it. */
    public Damaged findDamaged(Matrix cues) {
        References all = references.get();
        Answer[] answers = new Answer[cues.rows()];
        Damaged whole =
                new Damaged(new int[cues.rows()], Matrix.zeros(cues.rows(), cues.columns()), Arrays.asList(answers));
        new CueBlocks(all.size()).forEach(cues.rows(), block -> {
            Matrix shown = cues.rows(block);
            DamagedSearch.Found found = calibrations.damaged().search(shown);
            Trust trust = all.agreeing(shown, found.nearest());
            trust.weights().ifPresent(weights -> whole.trust.setRows(block, weights));
            for (int k = 0; k < block.length; k++) {
                whole.nearest[block[k]] = found.nearest()[k];
            }
            Judgement judgement = new Judgement(all, all.squaredErrors(shown, trust), trust, calibrations.agreement());
            put(judgement.answers(calibrations.familiar(shown, found), found.novelty()), answers, block);
        });
        return whole;
    }

    @Override
    public List<Answer> identifyDamaged(Matrix cues) {
        return findDamaged(cues).answers;
    }

    private static void put(List<Answer> part, Answer[] all, int... block) {
        for (int k = 0; k < block.length; k++) {
            all[block[k]] = part.get(k);
        }
    }

    @Override
    public Calibration calibration(Mask mask) {
        return calibrations.of(mask);
    }

    @Override
    public Calibration damagedCalibration() {
        return calibrations.damaged().calibration();
    }

    @Override
    public ExactSearch calibrated(double rate) {
        return new ExactSearch(la, references, calibrations.at(rate));
    }

    @Override
    public List<LookAlikes> lookAlikes() {
        References all = references.get();
        Matrix patterns = all.of(IntStream.range(0, all.size()).toArray());
        return LookAlikes.within(la, patterns, all.agreement(calibrations.agreement()));
    }
}
