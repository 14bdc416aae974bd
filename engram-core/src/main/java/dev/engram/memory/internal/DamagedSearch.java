package dev.engram.memory.internal;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Calibration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Compares cues of which an unmarked part is damaged with patterns μ_i. A value of the cue is either the pattern's with some noise, or, with
 * probability ε, any that pictures have there or that this cue has often (a black square says nothing by being black). The evidence for i is
 *
 * <pre>
 *   L_i = max over σ of  Σ_j max(0, a_j - (cue_j - μ_ij)² / 2σ²) / |j| + log ε,    a_j = log (1 - ε)/ε - log σ√2π p_j(cue_j)
 * </pre>
 *
 * <p>a truncated error (Black and Rangarajan 1996) whose bound depends on how much a match says. The novelty of a cue is -max L_i: what was let
 * go of counts. Its threshold comes from patterns that are shown as if they were not stored. Only {@value #VALUES} values drawn at random
 * are looked at, and in full only the {@value #SHORTLIST} patterns with most evidence in half of them; of stored patterns and cues alike, so that
 * the rate of false alarms holds. A cue costs N·{@value #FIRST_LOOK} operations.
 *
 * <p>ε is large: what agrees where all patterns are alike, such as the background of digits, is to count for nothing, and what agrees by
 * chance for little. Where there is noise as well, that has its price (docs/answers.md).
 */
public final class DamagedSearch {
    private static final int VALUES = 512;
    private static final int FIRST_LOOK = 256; // of these
    private static final int SHORTLIST = 64; // patterns that are looked at in full
    private static final int LANES = 8;
    private static final int BINS = 32;
    private static final double DAMAGED = 0.9; // ε
    private static final double[] NOISE = {0.03, 0.1, 0.3}; // σ, of the patterns' standard deviation
    private static final long SEED = 0x64616D616765L;

    private final References references;
    private final double agreement;
    private final double rate;
    private final int[] positions;
    private final float[] patterns; // at the positions, [patterns, positions]
    private final double from; // where the first bin begins
    private final double width; // of a bin
    private final int[] counts; // of patterns whose value is in a bin, [positions, bins]
    private final int[] inAll = new int[BINS]; // the same of all positions together
    private final double[] sigma;
    private final Lazy<Calibration> calibration = new Lazy<>(this::leaveOneOut);

    /**
     * The nearest pattern of every cue, and its novelty.
     *
     * @param nearest indices
     * @param novelty -max L_i
     */
    public record Found(int[] nearest, double[] novelty) {}

    public DamagedSearch(References references, double agreement, double rate) {
        this.references = references;
        this.agreement = agreement;
        this.rate = rate;
        int d = references.values();
        this.positions = new SplittableRandom(SEED)
                .ints(0, d)
                .distinct()
                .limit(Math.min(d, VALUES))
                .toArray();
        this.patterns = references.at(positions);
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : patterns) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        this.from = least;
        this.width = Math.max(Float.MIN_NORMAL, (most - least) / BINS);
        this.counts = new int[positions.length * BINS];
        for (int at = 0; at < patterns.length; at++) {
            int bin = bin(patterns[at]);
            counts[at % positions.length * BINS + bin]++;
            inAll[bin]++;
        }
        double deviation = Math.sqrt(references.variance()) + Float.MIN_NORMAL;
        this.sigma = Arrays.stream(NOISE).map(s -> s * deviation).toArray();
    }

    private int bin(double value) {
        return (int) Math.max(0, Math.min(BINS - 1, (value - from) / width));
    }

    /** For cues with damage that is not marked. */
    public Calibration calibration() {
        return calibration.get();
    }

    private Calibration leaveOneOut() {
        int n = references.size();
        if (n < 3 || rate >= 1) {
            return Calibration.none();
        }
        int[] drawn = Sample.of(n, Calibrations.MOST, Calibrations.MOST);
        int[] nearest = new int[drawn.length];
        double[] novelty = new double[drawn.length];
        references.la().parallel(drawn.length, k -> {
            int own = drawn[k];
            float[] cue = Arrays.copyOfRange(patterns, own * positions.length, (own + 1) * positions.length);
            novelty[k] = search(cue, own, nearest, k);
        });
        double alike = references.agreement(agreement) * references.values();
        double[] strangers = IntStream.range(0, drawn.length)
                .filter(k -> references.squaredDistance(drawn[k], nearest[k]) > alike)
                .mapToDouble(k -> novelty[k])
                .toArray();
        return strangers.length == 0 ? Calibration.none() : Calibration.of(strangers, rate);
    }

    /** @param cues [cues, values]; only read */
    public Found search(Matrix cues) {
        Found found = new Found(new int[cues.rows()], new double[cues.rows()]);
        references.la().parallel(cues.rows(), k -> found.novelty[k] = search(shown(cues.row(k)), -1, found.nearest, k));
        return found;
    }

    private float[] shown(float[] cue) {
        float[] values = new float[positions.length];
        for (int k = 0; k < positions.length; k++) {
            values[k] = cue[positions[k]];
        }
        return values;
    }

    /** @param excluded a pattern that is not there, or -1 */
    private double search(float[] cue, int excluded, int[] nearest, int k) {
        int m = positions.length;
        double[] density = density(cue, excluded >= 0);
        int[] shortlist = shortlist(cue, density, excluded);
        double best = Double.NEGATIVE_INFINITY;
        for (double s : sigma) {
            float[] most = most(density, s);
            for (int i : shortlist) {
                double evidence = evidence(cue, most, s, i, m);
                if (evidence > best) {
                    best = evidence;
                    nearest[k] = i;
                }
            }
        }
        return -(best / m + Math.log(DAMAGED));
    }

    /** The patterns with most evidence at a first look, under the middle σ. */
    private int[] shortlist(float[] cue, double[] density, int excluded) {
        int n = references.size();
        double s = sigma[sigma.length / 2];
        float[] most = most(density, s);
        float[] against = new float[n];
        for (int i = 0; i < n; i++) {
            against[i] = -evidence(cue, most, s, i, Math.min(FIRST_LOOK, cue.length));
        }
        if (excluded >= 0) {
            against[excluded] = Float.POSITIVE_INFINITY;
        }
        NearestFirst order = new NearestFirst(against);
        int[] first = new int[Math.min(SHORTLIST, excluded < 0 ? n : n - 1)];
        Arrays.setAll(first, k -> order.next());
        return first;
    }

    /** a_j, where it is above 0. */
    private static float[] most(double[] density, double s) {
        float[] most = new float[density.length];
        for (int j = 0; j < most.length; j++) {
            double match = (1 - DAMAGED) / DAMAGED / (s * Math.sqrt(2 * Math.PI) * density[j]);
            most[j] = (float) Math.max(0, Math.log(match));
        }
        return most;
    }

    /** Σ_j max(0, a_j - (cue_j - μ_ij)² / 2σ²) over the first values. */
    private float evidence(float[] cue, float[] most, double s, int i, int values) {
        float scale = (float) (0.5 / (s * s));
        int offset = i * cue.length;
        float[] sums = new float[LANES]; // side by side, so that no sum waits for the one before
        int whole = values - values % LANES;
        for (int j = 0; j < whole; j += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                float error = cue[j + lane] - patterns[offset + j + lane];
                sums[lane] += Math.max(0, most[j + lane] - scale * error * error);
            }
        }
        float sum = 0;
        for (float part : sums) {
            sum += part;
        }
        for (int j = whole; j < values; j++) {
            float error = cue[j] - patterns[offset + j];
            sum += Math.max(0, most[j] - scale * error * error);
        }
        return sum;
    }

    /** How many values a cue of m has without those that its most frequent one has too many of: a cover makes all others look rare. */
    private double uncovered(int[] own, int m) {
        int most = 0;
        for (int bin = 1; bin < BINS; bin++) {
            most = own[bin] > own[most] ? bin : most;
        }
        double usual = (double) inAll[most] / patterns.length;
        double others = m - own[most];
        return Math.max(1, Math.min(m, others / Math.max(1 - usual, 1.0 / m)));
    }

    /** p_j(cue_j): of the patterns' values there, the one that matches left out, or of the cue's own, whichever is more. */
    private double[] density(float[] cue, boolean isStored) {
        int[] own = new int[BINS];
        for (float value : cue) {
            own[bin(value)]++;
        }
        double uncovered = uncovered(own, cue.length);
        double[] density = new double[cue.length];
        int itself = isStored ? 2 : 1;
        int others = Math.max(0, references.size() - itself);
        for (int j = 0; j < cue.length; j++) {
            int bin = bin(cue[j]);
            int count = Math.max(0, counts[j * BINS + bin] - itself);
            double there = (count + 1.0 / BINS) / (others + 1);
            double here = Math.min(1, own[bin] / uncovered);
            density[j] = Math.max(there, here) / width;
        }
        return density;
    }
}
