package dev.engram.playground;

import dev.engram.inference.EnergySlice;
import dev.engram.inference.Inference;
import dev.engram.io.PatternSet;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.network.Clamp;
import dev.engram.network.GenerativeNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The energy around one recall: a slice through it with the trajectory on it, and how familiar the picture is to the memory. */
final class Landscape {
    private static final int CELLS = 48;
    private static final double MARGIN = 0.2;
    private static final int BRIGHTEST = 255;
    private static final int MOST_SPOTS = 60;

    /** What became of it. */
    enum Phase {
        RUNNING,
        DONE,
        FAILED
    }

    /** A point of the map, 0 to 1 from the left and from below, and the energy there. */
    record Spot(double x, double y, double energy) {}

    /**
     * A map of the energy.
     *
     * @param levels 0 to 255 on a logarithmic scale from lowest to highest, row by row from below
     * @param other where the network rests when it is shown another pattern
     */
    record Slice(
            int columns,
            int rows,
            int[] levels,
            double lowest,
            double highest,
            List<Spot> trajectory,
            Spot other,
            String otherName) {}

    /**
     * How the energy of a picture, shown whole, compares with those of the stored patterns.
     *
     * @param largest of the stored patterns
     * @param score largest / energy, at most 1: 1 for what is as familiar as the stored ones
     */
    record Familiarity(double energy, double median, double largest, double score) {}

    /** What a page shows. */
    record View(Phase phase, Optional<String> message, Optional<Slice> slice, Optional<Familiarity> familiarity) {}

    private final LinearAlgebra la;
    private final Recollection recollection;
    private final PatternSet set;
    private volatile View view = new View(Phase.RUNNING, Optional.empty(), Optional.empty(), Optional.empty());

    Landscape(LinearAlgebra la, Recollection recollection, PatternSet set) {
        this.la = la;
        this.recollection = recollection;
        this.set = set;
    }

    View view() {
        return view;
    }

    void run(Job job, Audience pages) {
        pages.tell("landscape", view);
        if (job.isCancelled()) {
            view = failed("Something else was asked before this was drawn. Maybe draw it again.");
        } else {
            try {
                Slice slice = slice();
                Optional<Familiarity> familiarity = job.isCancelled() ? Optional.empty() : Optional.of(familiarity());
                view = new View(Phase.DONE, Optional.empty(), Optional.of(slice), familiarity);
            } catch (IllegalArgumentException | ArithmeticException e) {
                view = failed(String.valueOf(e.getMessage()));
            } catch (OutOfMemoryError e) {
                view = failed(Refusal.NO_MEMORY);
            }
        }
        pages.tell("landscape", view);
    }

    private static View failed(String why) {
        return new View(Phase.FAILED, Optional.of(why), Optional.empty(), Optional.empty());
    }

    private Slice slice() {
        List<Frame> frames = recollection.frames();
        Frame last = frames.get(frames.size() - 1);
        GenerativeNetwork network = recollection.memory().network();
        int other = other();
        float[] otherState = rest(network, set.patterns().slice(other, other + 1));
        EnergySlice slice = new EnergySlice(
                la,
                network.withPriorPrecision(last.priorPrecision()),
                recollection.cue(),
                recollection.mask().clamp(),
                last.state(),
                frames.get(0).state(),
                otherState);
        int stride = 1 + (frames.size() - 1) / MOST_SPOTS;
        List<double[]> walk = new ArrayList<>();
        for (int i = 0; i < frames.size() - 1; i += stride) {
            walk.add(slice.project(frames.get(i).state()));
        }
        walk.add(slice.project(last.state()));
        walk.add(slice.project(otherState));
        return map(slice, walk, set.names().get(other));
    }

    /** The pattern most like the answer, of those that are not meant. */
    private int other() {
        int meant = recollection.picture().pattern();
        int[] others = IntStream.range(0, set.count()).filter(i -> i != meant).toArray();
        if (others.length == 0) {
            return meant;
        }
        Matrix candidates = set.patterns().rows(others);
        float[] found = new NearestNeighbour(la, candidates)
                .recall(recollection.picture().original())
                .patterns()
                .row(0);
        return IntStream.range(0, others.length)
                .filter(i -> Arrays.equals(candidates.row(i), found))
                .map(i -> others[i])
                .findFirst()
                .orElse(others[0]);
    }

    /** All hidden value nodes at the equilibrium of a picture shown whole. */
    private float[] rest(GenerativeNetwork network, Matrix picture) {
        Inference inference = Inference.forNetwork(network).withLinearAlgebra(la);
        return FramePainter.hidden(
                inference.run(network, picture, Clamp.all(network.size(0))).values(), network);
    }

    /** A square that holds every point of the walk, of which the last is the other pattern. */
    private static Slice map(EnergySlice slice, List<double[]> walk, String otherName) {
        double[] low = walk.get(0).clone();
        double[] high = low.clone();
        for (double[] point : walk) {
            for (int axis = 0; axis < 2; axis++) {
                low[axis] = Math.min(low[axis], point[axis]);
                high[axis] = Math.max(high[axis], point[axis]);
            }
        }
        double side = (1 + 2 * MARGIN) * Math.max(1e-6, Math.max(high[0] - low[0], high[1] - low[1]));
        double left = (low[0] + high[0] - side) / 2;
        double bottom = (low[1] + high[1] - side) / 2;
        double[] s = new double[CELLS * CELLS];
        double[] t = new double[CELLS * CELLS];
        for (int i = 0; i < s.length; i++) {
            int row = i / CELLS;
            s[i] = left + side * (i % CELLS + 0.5) / CELLS;
            t[i] = bottom + side * (row + 0.5) / CELLS;
        }
        double[] energy = slice.energy(s, t);
        double[] onWalk = slice.energy(
                walk.stream().mapToDouble(p -> p[0]).toArray(),
                walk.stream().mapToDouble(p -> p[1]).toArray());
        List<Spot> spots = IntStream.range(0, walk.size())
                .mapToObj(i -> new Spot((walk.get(i)[0] - left) / side, (walk.get(i)[1] - bottom) / side, onWalk[i]))
                .toList();
        double lowest = Arrays.stream(energy).min().orElse(0);
        double highest = Arrays.stream(energy).max().orElse(0);
        return new Slice(
                CELLS,
                CELLS,
                levels(energy, lowest, highest),
                lowest,
                highest,
                spots.subList(0, spots.size() - 1),
                spots.get(spots.size() - 1),
                otherName);
    }

    private static int[] levels(double[] energy, double lowest, double highest) {
        double from = Math.log(Math.max(lowest, Double.MIN_NORMAL));
        double range = Math.max(Math.log(Math.max(highest, Double.MIN_NORMAL)) - from, 1e-12);
        return Arrays.stream(energy)
                .mapToInt(e -> (int) Math.round(BRIGHTEST * (Math.log(Math.max(e, Double.MIN_NORMAL)) - from) / range))
                .toArray();
    }

    private Familiarity familiarity() {
        double energy =
                recollection.memory().recall(recollection.picture().original()).energy()[0];
        double[] stored = recollection.memory().recall(set.patterns()).energy().clone();
        Arrays.sort(stored);
        double largest = stored[stored.length - 1];
        double score = energy <= largest ? 1 : largest / energy;
        return new Familiarity(energy, stored[stored.length / 2], largest, score);
    }
}
