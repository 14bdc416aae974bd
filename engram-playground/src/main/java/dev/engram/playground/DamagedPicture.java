package dev.engram.playground;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Damage;
import dev.engram.memory.Mask;
import dev.engram.memory.Noise;
import dev.engram.memory.Region;
import dev.engram.memory.Shape;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A picture being damaged by hand: what it was, what is pasted, erased and overlaid with noise; the last changes can be taken back. */
final class DamagedPicture {
    private static final int MOST_UNDONE = 30;
    private static final int MOST_POINTS = 5_000;

    /**
     * A picture as it stands.
     *
     * @param values without the noise
     * @param erased the values that are missing
     */
    private record State(float[] values, BitSet erased, double variance, long seed) {
        State withErased(BitSet now) {
            return new State(values, now, variance, seed);
        }
    }

    /**
     * What a page asks for.
     *
     * @param kind erase, restore, region, box, paste, noise, undo or reset
     * @param region for region: as {@link Region#parse} reads it
     * @param points for erase and restore: x, y of the brush's centres, in pixels
     * @param radius of the brush, in pixels
     * @param box for box and paste: x, y, width, height in pixels
     * @param variance of the noise
     * @param pattern for paste: which one
     */
    record Change(
            String kind,
            Optional<String> region,
            List<List<Double>> points,
            double radius,
            List<Integer> box,
            double variance,
            long seed,
            int pattern) {}

    /**
     * What a page shows.
     *
     * @param pattern which of the stored patterns, or -1 for another picture
     * @param picture the cue's values; what stands at erased pixels is as if they were not
     * @param erased 1 for every erased pixel
     */
    record View(
            int pattern,
            String name,
            String original,
            String picture,
            String erased,
            double erasedShare,
            double variance,
            double deviation,
            boolean canUndo) {}

    private final Shape shape;
    private final int pattern;
    private final String name;
    private final float[] original;
    private final Deque<State> past = new ArrayDeque<>();
    private State state;
    private Optional<Long> sliding = Optional.empty();

    /** @param pattern which of the stored ones, or -1 */
    DamagedPicture(Shape shape, int pattern, String name, float[] original) {
        this.shape = shape;
        this.pattern = pattern;
        this.name = name;
        this.original = original;
        this.state = fresh();
    }

    private State fresh() {
        return new State(original, new BitSet(shape.values()), 0, 0);
    }

    /** The picture before any damage, [1, values]. */
    Matrix original() {
        return Matrix.wrap(1, original.length, original);
    }

    int pattern() {
        return pattern;
    }

    Shape shape() {
        return shape;
    }

    /** The damaged picture, [1, values]. */
    Matrix cue() {
        Matrix values = Matrix.wrap(1, original.length, state.values);
        return state.variance == 0
                ? values.copy()
                : Damage.ofVariance(state.variance)
                        .apply(values, shape, state.seed)
                        .cues();
    }

    Mask mask() {
        BitSet known = (BitSet) state.erased.clone();
        known.flip(0, original.length);
        return Mask.known(original.length, List.of(known));
    }

    boolean hasMissing() {
        return !state.erased.isEmpty();
    }

    boolean hasKnown() {
        return state.erased.cardinality() < original.length;
    }

    /**
     * Changes the picture.
     *
     * @param stored the patterns a part may be pasted from, [patterns, values]
     * @throws IllegalArgumentException or Refusal if the change makes no sense
     */
    void apply(Change change, Matrix stored) {
        switch (change.kind()) {
            case "erase" -> move(state.withErased(with(brushed(change))));
            case "restore" -> move(state.withErased(without(brushed(change))));
            case "region" -> {
                Region region = Region.parse(change.region().orElse(""));
                move(state.withErased(with(region.values(shape, 0, change.seed()))));
            }
            case "box" -> move(state.withErased(with(box(change))));
            case "paste" -> paste(change, stored);
            case "noise" -> noise(change);
            case "reset" -> move(fresh());
            case "undo" -> state = past.isEmpty() ? state : past.pop();
            default -> throw Refusal.unusable("\"%s\" is no damage.".formatted(change.kind()));
        }
        sliding = change.kind().equals("noise") ? Optional.of(change.seed()) : Optional.empty();
    }

    /** More or less of the noise just added is the same change, of which a slider makes many. */
    private void noise(Change change) {
        Noise noise = Noise.ofVariance(change.variance());
        State next = new State(state.values, state.erased, noise.variance(), change.seed());
        if (sliding.equals(Optional.of(change.seed()))) {
            state = next;
        } else {
            move(next);
        }
    }

    private void move(State next) {
        past.push(state);
        if (past.size() > MOST_UNDONE) {
            past.removeLast();
        }
        state = next;
    }

    private BitSet with(BitSet more) {
        BitSet union = (BitSet) state.erased.clone();
        union.or(more);
        return union;
    }

    private BitSet without(BitSet some) {
        BitSet rest = (BitSet) state.erased.clone();
        rest.andNot(some);
        return rest;
    }

    private BitSet box(Change change) {
        List<Integer> box = change.box();
        if (box.size() != 4) {
            throw Refusal.unusable("A rectangle has x, y, width and height; given was %s.".formatted(box));
        }
        return new Region.Box(box.get(0), box.get(1), box.get(2), box.get(3)).values(shape, 0, 0);
    }

    private void paste(Change change, Matrix stored) {
        if (change.pattern() < 0 || change.pattern() >= stored.rows()) {
            throw Refusal.unusable("There is no pattern %d to paste.".formatted(change.pattern()));
        }
        BitSet pasted = box(change);
        float[] values = state.values.clone();
        pasted.stream().forEach(i -> values[i] = stored.get(change.pattern(), i));
        move(new State(values, without(pasted), state.variance, state.seed));
    }

    /** The pixels whose centres lie under a round brush at any of the points. */
    private BitSet brushed(Change change) {
        if (change.points().size() > MOST_POINTS) {
            throw Refusal.unusable("A stroke of %d points is too long."
                    .formatted(change.points().size()));
        }
        double radius = Math.min(change.radius(), shape.width() + shape.height());
        BitSet brushed = new BitSet(shape.values());
        for (List<Double> point : change.points()) {
            if (point.size() != 2) {
                throw Refusal.unusable("A point of a stroke has x and y; given was %s.".formatted(point));
            }
            double centreX = point.get(0);
            double centreY = point.get(1);
            int top = (int) Math.max(0, Math.floor(centreY - radius));
            int bottom = (int) Math.min(shape.height() - 1.0, Math.ceil(centreY + radius));
            int left = (int) Math.max(0, Math.floor(centreX - radius));
            int right = (int) Math.min(shape.width() - 1.0, Math.ceil(centreX + radius));
            for (int y = top; y <= bottom; y++) {
                for (int x = left; x <= right; x++) {
                    if (Math.hypot(x + 0.5 - centreX, y + 0.5 - centreY) <= radius) {
                        int first = (y * shape.width() + x) * shape.channels();
                        brushed.set(first, first + shape.channels());
                    }
                }
            }
        }
        return brushed;
    }

    View view() {
        return new View(
                pattern,
                name,
                Pixels.picture(original),
                Pixels.picture(cue().data()),
                Pixels.marked(state.erased, shape),
                (double) state.erased.cardinality() / original.length,
                state.variance,
                Noise.ofVariance(state.variance).standardDeviation(),
                !past.isEmpty());
    }
}
