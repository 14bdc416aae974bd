package dev.engram.memory.boltzmann;

import dev.engram.learning.PatternSpan;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import dev.engram.linalg.Transpose;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.internal.Stream;
import dev.engram.optimiser.LearningRates;
import dev.engram.optimiser.LearningState;
import dev.engram.optimiser.Optimiser;
import dev.engram.optimiser.OptimiserState;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Contrastive divergence of all layers together: what the machine dreams of after a few sweeps from a pattern is made less likely, the
 * pattern more.
 *
 * <pre>
 *   force on a = ⟨y - W_1ᵀ m_1⟩ / ν,   y = z - a;     on W_l and c_l: BoltzmannMachine.forces
 *   m: the mean field with the patterns z held;  s: drawn from it, and then in k sweeps of Gibbs sampling of y and all layers
 * </pre>
 *
 * <p>The parameters move by Adam, its rate falling to 0 as a cosine.
 *
 * <p>All of it takes place in the span of the patterns, in which their deviations from their mean have r coordinates with a mean square of 1,
 *
 * <pre>
 *   v = mean + ℓ Uᵀ z,   U [r, values] orthonormal;    W_1 of values = W_1 U,   b = mean + ℓ Uᵀ a
 * </pre>
 *
 * <p>Outside of it the machine knows only noise, independent of all units, so that on r coordinates it learns what it would on the values.
 */
final class ContrastiveDivergence {
    private static final int MEAN_FIELD_SWEEPS = 3;
    private static final double FIRST_ABOVE = 0.01;

    private final LinearAlgebra la;
    private final BoltzmannOptions options;
    private final Matrix mean;
    private final Matrix basis;
    private final Matrix coordinates;
    private final double scale;
    private final int values;
    private final BoltzmannMachine machine;
    private final float[] centre;
    private final List<String> names = new ArrayList<>();
    private final List<Tensor> parameters = new ArrayList<>();
    private final List<OptimiserState> states = new ArrayList<>();
    private final Optimiser optimiser;
    private int updates;

    ContrastiveDivergence(LinearAlgebra la, Matrix patterns, BoltzmannOptions options) {
        this.la = la;
        this.options = options;
        this.values = patterns.columns();
        this.mean = Matrix.wrap(1, values, patterns.meanRow());
        Matrix repeated = Matrix.zeros(patterns.rows(), values);
        repeated.setRows(mean.data());
        PatternSpan span = PatternSpan.of(la, patterns.minus(repeated));
        boolean alike = span.dimensions() == 0; // any one axis will do
        this.basis = alike ? axis(values) : span.basis();
        Matrix inSpan = alike ? Matrix.zeros(patterns.rows(), 1) : span.coordinates();
        this.scale = alike ? 1 : Math.sqrt(inSpan.squaredLength() / inSpan.data().length);
        this.coordinates = inSpan.copy();
        for (int i = 0; i < coordinates.data().length; i++) {
            coordinates.data()[i] = (float) (coordinates.data()[i] / scale);
        }
        this.machine = start(la, basis.rows(), options.hiddenFor(patterns.rows()), options);
        this.centre = new float[basis.rows()];
        this.optimiser = Optimiser.adam(options.learningRate()).scheduled(LearningRates.cosine(options.updates()));
        moved("centre", Tensor.wrap(centre, centre.length));
        for (int l = 1; l <= machine.layers(); l++) {
            moved("weight." + l, Tensor.of(machine.weight(l)));
            moved("bias." + l, Tensor.wrap(machine.bias(l), machine.bias(l).length));
        }
    }

    private static Matrix axis(int values) {
        Matrix axis = Matrix.zeros(1, values);
        axis.set(0, 0, 1);
        return axis;
    }

    /** First weights such that perceptions are told apart, and layers above say next to nothing. */
    private static BoltzmannMachine start(LinearAlgebra la, int perceived, int hidden, BoltzmannOptions options) {
        SplittableRandom random = Stream.LEARNING.of(options.seed());
        List<Matrix> weights = new ArrayList<>();
        List<float[]> biases = new ArrayList<>();
        for (int l = 1; l <= options.hiddenLayers(); l++) {
            Matrix w = Matrix.zeros(hidden, l == 1 ? perceived : hidden);
            double deviation = l == 1 ? 1 / Math.sqrt(hidden) : FIRST_ABOVE;
            for (int i = 0; i < w.data().length; i++) {
                w.data()[i] = (float) (deviation * random.nextGaussian());
            }
            weights.add(w);
            biases.add(new float[hidden]);
        }
        return new BoltzmannMachine(la, weights, biases, options.noise());
    }

    private void moved(String name, Tensor parameter) {
        names.add(name);
        parameters.add(parameter);
        states.add(optimiser.begin(parameter));
    }

    /** Learns. */
    Outcome run(MemoryModel.Watch watch) {
        Optional<LearningState> from = watch.resumed();
        from.ifPresent(this::resume);
        while (updates < options.updates()) {
            List<Tensor> before = parameters.stream().map(Tensor::copy).toList();
            double error = update();
            if (!parameters.stream().allMatch(Tensor::isFinite)) {
                for (int i = 0; i < before.size(); i++) {
                    parameters.get(i).set(before.get(i));
                }
                return Outcome.DIVERGED;
            }
            updates++;
            watch.onState(this::state);
            if (!watch.onUpdate(updates, options.updates(), error)) {
                return Outcome.CANCELLED;
            }
        }
        return Outcome.COMPLETED;
    }

    private double update() {
        SplittableRandom random =
                Stream.UPDATES.of(Stream.UPDATES.of(options.seed()).nextLong() + updates);
        Matrix y = deviations();
        List<Matrix> held = machine.state(y);
        for (int k = 0; k < MEAN_FIELD_SWEEPS; k++) {
            machine.settle(held, 1);
        }
        Matrix left = y.minus(machine.expected(held));
        List<Matrix> free = new ArrayList<>(held.stream().map(Matrix::copy).toList());
        machine.drawUnits(free, random);
        for (int k = 0; k < options.sweeps(); k++) {
            machine.sample(free, random);
        }
        List<Tensor> forces = new ArrayList<>(List.of(onCentre(left)));
        forces.addAll(machine.forces(held, free));
        step(forces);
        return left.squaredLength() * scale * scale / ((double) left.rows() * values);
    }

    /** y = z - a of all patterns. */
    private Matrix deviations() {
        Matrix centres = Matrix.zeros(coordinates.rows(), coordinates.columns());
        centres.setRows(centre);
        return coordinates.minus(centres);
    }

    /** @param left y - W_1ᵀ m_1 of the patterns */
    private Tensor onCentre(Matrix left) {
        Tensor force = Tensor.wrap(left.meanRow(), left.columns());
        force.scale(1 / machine.noise());
        return force;
    }

    private void step(List<Tensor> forces) {
        for (int i = 0; i < forces.size(); i++) {
            optimiser.step(parameters.get(i), forces.get(i), states.get(i));
        }
    }

    /** How many updates were made. */
    int updates() {
        return updates;
    }

    private LearningState state() {
        LearningState.Draft draft = new LearningState.Draft(updates);
        for (int i = 0; i < names.size(); i++) {
            draft.with(names.get(i), parameters.get(i)).with(names.get(i), states.get(i));
        }
        return draft.state();
    }

    private void resume(LearningState from) {
        for (int i = 0; i < names.size(); i++) {
            from.restore(names.get(i), parameters.get(i));
            from.restore(names.get(i), states.get(i));
        }
        updates = from.update();
    }

    /** What was learned, on values. */
    BoltzmannMemory memory() {
        float[] bias = mean.data().clone();
        Matrix shift = la.product(Matrix.wrap(1, centre.length, centre), Transpose.NO, basis, Transpose.NO);
        for (int i = 0; i < values; i++) {
            bias[i] += (float) (scale * shift.data()[i]);
        }
        List<Matrix> weights = new ArrayList<>();
        List<float[]> biases = new ArrayList<>();
        for (int l = 1; l <= machine.layers(); l++) {
            Matrix w = machine.weight(l);
            weights.add(l == 1 ? la.product(w, Transpose.NO, basis, Transpose.NO) : w);
            biases.add(Arrays.copyOf(machine.bias(l), w.rows()));
        }
        return BoltzmannMemory.of(bias, scale, weights, biases, options, la);
    }
}
