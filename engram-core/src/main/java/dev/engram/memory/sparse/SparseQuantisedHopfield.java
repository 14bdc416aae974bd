package dev.engram.memory.sparse;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Shape;
import dev.engram.memory.internal.Cues;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sparse quantised Hopfield network: a tree of nodes over the picture, in each of which exactly one unit is active. The nodes at the
 * bottom see patches that do not overlap, those above the active units below them.
 *
 * <pre>
 *   up      a = ½ (1 + cos(x - ½, w - ½))          a unit w and the patch x
 *           a = cos(code, frequencies)             above: the code holds, for each node below, its best unit with its activity
 *   down    z = argmax(λ a + (1 - λ) frequencies of the active unit above)
 *   answer  the patches w of the active units at the bottom
 *   learn   a new unit, or w += (x - w) / n        n: how many patches the unit answered for; above, frequencies likewise
 * </pre>
 *
 * <p>Patterns are learned once each, in their order. Without a limit on the units every pattern has its own in each node, as in the paper's
 * comparison of associative memories; with one, or with a novelty below 1, units share.
 *
 * <p>A patch of which nothing is known says nothing: what is above decides it. Patches that differ in their contrast about ½ only are one
 * to the model. Iterated recall shows the answer again. The energy, which is not from the paper, is minus the mean similarity of the active
 * patches to what is known of the cue, over the patches of which something is.
 *
 * <p>Left out: novelty that adapts to what was seen, forgetting (overwriting the oldest unit), recognition, and repeated passes up and down.
 *
 * <p>Source: Alonso and Krichmar 2024, "A sparse quantized Hopfield network for online-continual memory", as its authors' program computes it: which
 * similarity at which level, when a unit is new, one pass up and one down.
 */
public final class SparseQuantisedHopfield implements AssociativeMemory {
    private final LinearAlgebra la;
    private final SparseQuantisedOptions options;
    private final List<PatchUnits> patches;
    private final List<List<CodeUnits>> levels;

    private SparseQuantisedHopfield(
            LinearAlgebra la, SparseQuantisedOptions options, List<PatchUnits> patches, List<List<CodeUnits>> levels) {
        this.la = la;
        this.options = options;
        this.patches = patches;
        this.levels = levels;
    }

    /** Per level and node: the activities of its units, the best of them, and its activity. */
    private record Pass(List<double[][]> activity, List<int[]> active, List<double[]> strength) {
        static Pass empty() {
            return new Pass(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void add(double[][] activities) {
            int[] best = new int[activities.length];
            double[] most = new double[activities.length];
            for (int node = 0; node < best.length; node++) {
                best[node] = best(activities[node]);
                most[node] = activities[node][best[node]];
            }
            activity.add(activities);
            active.add(best);
            strength.add(most);
        }
    }

    /**
     * Stores patterns, one after the other.
     *
     * @param patterns [patterns, values], at least one, finite; best in [0, 1]
     * @throws IllegalArgumentException if there is no pattern, one holds NaN or infinite values, or they do not have the options' shape
     */
    public static SparseQuantisedHopfield learn(Matrix patterns, SparseQuantisedOptions options, LinearAlgebra la) {
        Cues.requirePatterns(patterns);
        if (patterns.columns() != options.shape().values()) {
            throw new IllegalArgumentException("The patterns have %d values, the shape %s has %d."
                    .formatted(
                            patterns.columns(), options.shape(), options.shape().values()));
        }
        SparseQuantisedHopfield memory =
                new SparseQuantisedHopfield(la, options, patches(options), levels(options.sides()));
        int most = options.units() > 0 ? options.units() : patterns.rows();
        for (int p = 0; p < patterns.rows(); p++) {
            memory.store(patterns, p, most);
        }
        return memory;
    }

    /** {@link #learn(Matrix, SparseQuantisedOptions, LinearAlgebra)} with the shared linear algebra. */
    public static SparseQuantisedHopfield learn(Matrix patterns, SparseQuantisedOptions options) {
        return learn(patterns, options, LinearAlgebra.shared());
    }

    /**
     * A network that has learned before.
     *
     * @throws IllegalArgumentException if the tree is not one that the options describe, or its parts contradict each other
     */
    public static SparseQuantisedHopfield of(
            SparseQuantisedOptions options, SparseQuantisedTree tree, LinearAlgebra la) {
        SparseQuantisedHopfield memory =
                new SparseQuantisedHopfield(la, options, patches(options), levels(options.sides()));
        tree.copyTo(memory.patches, memory.levels);
        return memory;
    }

    /** What was learned. */
    public SparseQuantisedTree tree() {
        return SparseQuantisedTree.of(patches, levels);
    }

    public SparseQuantisedOptions options() {
        return options;
    }

    private static List<PatchUnits> patches(SparseQuantisedOptions options) {
        Shape shape = options.shape();
        int side = options.sides().get(0);
        int height = shape.height() / side;
        int width = shape.width() / side * shape.channels();
        int stride = shape.width() * shape.channels();
        return IntStream.range(0, side * side)
                .mapToObj(node -> new PatchUnits(part(node, side, height, width, stride)))
                .toList();
    }

    private static List<List<CodeUnits>> levels(List<Integer> sides) {
        List<List<CodeUnits>> levels = new ArrayList<>();
        for (int l = 1; l < sides.size(); l++) {
            int below = sides.get(l - 1);
            int side = sides.get(l);
            levels.add(IntStream.range(0, side * side)
                    .mapToObj(node -> new CodeUnits(part(node, side, below / side, below / side, below)))
                    .toList());
        }
        return levels;
    }

    /** The places in a grid, {@code stride} wide, that lie in the part of a node: height x width of them, {@code side} parts in a row. */
    private static int[] part(int node, int side, int height, int width, int stride) {
        int corner = node / side * height * stride + node % side * width;
        return IntStream.range(0, height * width)
                .map(k -> corner + k / width * stride + k % width)
                .toArray();
    }

    private void store(Matrix patterns, int p, int most) {
        BitSet all = Mask.all(values()).clamp().row(0);
        la.parallel(patches.size(), node -> {
            PatchUnits patch = patches.get(node);
            double[] similarities = sharing(patch.size(), most) ? patch.similarities(patterns, p, all) : new double[0];
            if (isNew(patch.size(), most, similarities)) {
                patch.grow(patterns, p);
            } else {
                patch.move(best(similarities), patterns, p);
            }
        });
        Pass pass = Pass.empty();
        pass.add(see(patterns, p, all));
        for (int l = 0; l < levels.size(); l++) {
            int[] active = pass.active().get(l);
            double[] strength = pass.strength().get(l);
            for (CodeUnits node : levels.get(l)) {
                double[] similarities =
                        sharing(node.size(), most) ? node.similarities(active, strength) : new double[0];
                if (isNew(node.size(), most, similarities)) {
                    node.grow(active);
                } else {
                    node.move(best(similarities), active);
                }
            }
            pass.add(read(l, pass));
        }
    }

    /** Whether a pattern may have to share a unit; where it may not, similarities are not needed. */
    private boolean sharing(int units, int most) {
        return units == most || units > 0 && options.novelty() <= 1;
    }

    private boolean isNew(int units, int most, double[] similarities) {
        return units < most && (similarities.length == 0 || similarities[best(similarities)] < options.novelty());
    }

    private double[][] see(Matrix cues, int cue, BitSet known) {
        double[][] activity = new double[patches.size()][];
        for (int node = 0; node < activity.length; node++) {
            activity[node] = patches.get(node).similarities(cues, cue, known);
        }
        return activity;
    }

    private double[][] read(int level, Pass below) {
        List<CodeUnits> nodes = levels.get(level);
        double[][] activity = new double[nodes.size()][];
        for (int node = 0; node < activity.length; node++) {
            activity[node] = nodes.get(node)
                    .similarities(below.active().get(level), below.strength().get(level));
        }
        return activity;
    }

    private static int best(double[] activity) {
        int best = 0;
        for (int unit = 1; unit < activity.length; unit++) {
            best = activity[unit] > activity[best] ? unit : best;
        }
        return best;
    }

    @Override
    public String model() {
        return "sparse-quantised-hopfield";
    }

    @Override
    public int values() {
        return options.shape().values();
    }

    @Override
    public long bytes() {
        Stream<CodeUnits> above = levels.stream().flatMap(List::stream);
        return patches.stream().mapToLong(PatchUnits::bytes).sum()
                + above.mapToLong(CodeUnits::bytes).sum();
    }

    @Override
    public Recall recall(Matrix cues, int iterations) {
        Cues.require(this, cues);
        Cues.requireIterations(iterations);
        Recall recall = answer(cues, Mask.all(values()));
        for (int k = 1; k < iterations; k++) {
            recall = answer(recall.patterns(), Mask.all(values()));
        }
        return recall;
    }

    @Override
    public Recall complete(Matrix given, Mask mask) {
        Matrix cues = Cues.known(this, given, mask);
        Recall recall = answer(cues, mask);
        mask.clamp().hold(cues, recall.patterns());
        return recall;
    }

    private Recall answer(Matrix cues, Mask mask) {
        Matrix answers = Matrix.zeros(cues.rows(), values());
        double[] energy = new double[cues.rows()];
        la.parallel(cues.rows(), cue -> {
            Pass pass = Pass.empty();
            pass.add(see(cues, cue, mask.clamp().row(cue)));
            for (int l = 0; l < levels.size(); l++) {
                pass.add(read(l, pass));
            }
            expect(pass);
            int[] active = pass.active().get(0);
            double fit = 0;
            int seeing = 0;
            for (int node = 0; node < active.length; node++) {
                patches.get(node).write(active[node], answers, cue);
                if (pass.strength().get(0)[node] > 0) {
                    fit += pass.activity().get(0)[node][active[node]];
                    seeing++;
                }
            }
            energy[cue] = seeing == 0 ? 0 : -fit / seeing;
        });
        return Recall.closedForm(answers, energy);
    }

    /** The way down: overwrites which units are active. */
    private void expect(Pass pass) {
        for (int l = levels.size() - 1; l >= 0; l--) {
            for (int node = 0; node < levels.get(l).size(); node++) {
                CodeUnits above = levels.get(l).get(node);
                int unit = pass.active().get(l + 1)[node];
                for (int c = 0; c < above.children().length; c++) {
                    int child = above.children()[c];
                    double[] mixed = pass.activity().get(l)[child].clone();
                    for (int j = 0; j < mixed.length; j++) {
                        mixed[j] =
                                options.bottomUp() * mixed[j] + (1 - options.bottomUp()) * above.frequency(unit, c, j);
                    }
                    pass.active().get(l)[child] = best(mixed);
                }
            }
        }
    }
}
