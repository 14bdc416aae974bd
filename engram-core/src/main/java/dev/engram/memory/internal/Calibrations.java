package dev.engram.memory.internal;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Calibration;
import dev.engram.memory.Mask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Thresholds of novelty, one for each way of asking. Stored patterns are shown in turn as if they were not stored, under the mask that is
 * asked about: pictures of the same kind that are not stored are exchangeable with them.
 *
 * <p>A pattern with a copy among the others is left out: what is like it is stored. One whose answer is ambiguous is never recalled, whatever
 * the threshold, and counts so.
 *
 * <p>Up to {@value #SEPARATE} masks among the cues have a threshold each; more have one together, for cues with masks such as these.
 */
public final class Calibrations {
    /** The most patterns that are shown, drawn at random from more. */
    static final int MOST = 1_000;

    private static final int FEWEST = 2; // others, for anything to lie between
    private static final double WHOLE =
            0.25; // of the rate, where damage may be there and is not marked: for cues that are whole after all
    private static final int SEPARATE = 4;
    private static final int REMEMBERED = 8;

    private final Supplier<References> references;
    private final double agreement;
    private final double rate;
    private final Map<List<BitSet>, Calibration> given;
    private final Lazy<DamagedSearch> damaged;
    private final Lazy<Calibration> undamaged;
    private final Map<List<BitSet>, Calibration> found = new LinkedHashMap<>();

    /**
     * None is made before it is asked for.
     *
     * @param agreement see {@link Judgement}
     * @param rate of false alarms
     */
    public Calibrations(Supplier<References> references, double agreement, double rate) {
        this(references, agreement, rate, Map.of());
    }

    private Calibrations(
            Supplier<References> references, double agreement, double rate, Map<List<BitSet>, Calibration> given) {
        this.references = references;
        this.agreement = agreement;
        this.rate = rate;
        this.given = given;
        this.damaged = new Lazy<>(() -> new DamagedSearch(references.get(), agreement, rate - WHOLE * rate));
        this.undamaged = new Lazy<>(() -> ofWhole(references.get(), agreement, WHOLE * rate));
    }

    /** Of a memory that is not calibrated: every cue counts as familiar. */
    public static Calibrations none(Supplier<References> references, double agreement) {
        return new Calibrations(references, agreement, 1);
    }

    /** With one that was made otherwise, for cues of which this is known. */
    public Calibrations with(Mask mask, Calibration calibration) {
        Map<List<BitSet>, Calibration> all = new LinkedHashMap<>(given);
        all.put(rows(mask), calibration);
        return new Calibrations(references, agreement, rate, all);
    }

    /** At another rate; those that were made otherwise are not taken over. */
    public Calibrations at(double newRate) {
        return new Calibrations(references, agreement, newRate);
    }

    /** Of false alarms. */
    double rate() {
        return rate;
    }

    public double agreement() {
        return agreement;
    }

    private static List<BitSet> rows(Mask mask) {
        return mask.clamp().rows().stream().distinct().toList();
    }

    /** The one for cues with one of these masks. */
    public Calibration of(Mask mask) {
        return of(mask.values(), rows(mask));
    }

    /** The search for cues with damage that is not marked, with its threshold. */
    public DamagedSearch damaged() {
        return damaged.get();
    }

    /**
     * Whether cues are familiar of which part may be damaged: by what was found where part is let go, or as they are, each with its part of the rate of
     * false alarms.
     */
    public boolean[] familiar(Matrix cues, DamagedSearch.Found found) {
        boolean[] familiar = new boolean[cues.rows()];
        if (rate >= 1) {
            Arrays.fill(familiar, true);
            return familiar;
        }
        References all = references.get();
        Trust whole = Trust.all(all.values());
        double[] novelty = new Judgement(all, all.squaredErrors(cues, whole), whole, agreement).novelty();
        double most = damaged.get().calibration().threshold();
        double mostUndamaged = undamaged.get().threshold();
        for (int cue = 0; cue < familiar.length; cue++) {
            familiar[cue] = found.novelty()[cue] <= most || novelty[cue] <= mostUndamaged;
        }
        return familiar;
    }

    /** The threshold for every cue. */
    public IntToDoubleFunction thresholds(Mask mask) {
        List<BitSet> rows = rows(mask);
        if (rows.size() > SEPARATE) {
            double together = of(mask.values(), rows).threshold();
            return cue -> together;
        }
        Map<BitSet, Double> each = new LinkedHashMap<>();
        rows.forEach(row -> each.put(row, of(mask.values(), List.of(row)).threshold()));
        return cue -> each.getOrDefault(mask.clamp().row(cue), Double.NaN);
    }

    private Calibration of(int values, List<BitSet> rows) {
        Calibration there = rate < 1 ? given.get(rows) : Calibration.none();
        if (there != null) {
            return there;
        }
        synchronized (found) {
            there = found.get(rows);
        }
        if (there == null) {
            there = made(Mask.known(values, rows));
            synchronized (found) {
                found.put(rows, there);
                if (found.size() > REMEMBERED) {
                    found.remove(found.keySet().iterator().next());
                }
            }
        }
        return there;
    }

    private Calibration made(Mask mask) {
        References all = references.get();
        int rows = mask.rows();
        int[] own = Sample.of(all.size(), MOST, MOST);
        return leaveOneOut(all, agreement, rate, own, from -> {
            int[] number = new int[from.length];
            Arrays.setAll(number, k -> Math.floorMod(from[k] * 31, rows));
            List<BitSet> each =
                    Arrays.stream(number).mapToObj(row -> mask.clamp().row(row)).toList();
            return Trust.of(Mask.known(mask.values(), rows == 1 ? each.subList(0, 1) : each));
        });
    }

    /** What of the named patterns counts. */
    interface Shown {
        Trust trust(int[] patterns);
    }

    /** Of whole patterns, in whatever coordinates. */
    public static Calibration ofWhole(References all, double agreement, double rate) {
        Trust whole = Trust.all(all.values());
        return leaveOneOut(all, agreement, rate, Sample.of(all.size(), MOST, MOST), own -> whole);
    }

    private static Calibration leaveOneOut(References all, double agreement, double rate, int[] drawn, Shown shown) {
        if (all.size() <= FEWEST) {
            return Calibration.none();
        }
        List<Double> novelty = new ArrayList<>();
        new CueBlocks(all.size()).forEach(drawn.length, block -> {
            int[] own = IntStream.of(block).map(k -> drawn[k]).toArray();
            Trust trust = shown.trust(own);
            Matrix errors = all.squaredErrors(all.of(own), trust);
            Judgement judgement = new Judgement(all, errors, trust, agreement, Optional.of(own));
            double[] found = judgement.novelty();
            for (int k = 0; k < own.length; k++) {
                if (!judgement.isCopy(k)) {
                    novelty.add(judgement.isAmbiguous(k) ? Double.POSITIVE_INFINITY : found[k]);
                }
            }
        });
        return novelty.isEmpty()
                ? Calibration.none()
                : Calibration.of(novelty.stream().mapToDouble(v -> v).toArray(), rate);
    }
}
