package dev.engram.inference.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.engram.inference.Annealing;
import dev.engram.inference.Engine;
import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.InferenceStep;
import dev.engram.inference.Solver;
import dev.engram.inference.Status;
import dev.engram.inference.StepSize;
import dev.engram.inference.StopRule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.ChainEnergy;
import dev.engram.network.Clamp;
import dev.engram.network.Definition;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import dev.engram.network.PriorMeans;
import dev.engram.network.UsualActivation;
import dev.engram.network.ValueNodes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradient and accelerated steps, one after the other, against the same in plain loops. */
class FirstOrderTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final int CUES = 4;
    private static final double CLOSE = 2e-4;

    static Stream<Arguments> ways() {
        List<Arguments> ways = new ArrayList<>();
        for (Activation f : UsualActivation.values()) {
            for (List<Integer> sizes : List.of(List.of(12, 7), List.of(10, 8, 6), List.of(8, 7, 6, 5))) {
                for (Solver solver : List.of(Solver.gradient(), Solver.accelerated(), Solver.gradient(0.02))) {
                    int d = sizes.get(0);
                    for (Clamp clamp : List.of(Clamp.all(d), few(d), most(d), each(d))) {
                        for (Engine engine : List.of(Engine.REFERENCE, Engine.REDUCED)) {
                            boolean literal =
                                    solver instanceof Solver.Gradient g && g.stepSize() instanceof StepSize.Fixed;
                            if (engine == Engine.REFERENCE
                                    || !literal && clamp.rows().size() == 1) {
                                ways.add(Arguments.of(f, sizes, solver, clamp, engine));
                            }
                        }
                    }
                }
            }
        }
        return ways.stream();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyStepIsThatOfPlainLoops(Activation f, List<Integer> sizes, Solver solver, Clamp clamp, Engine engine) {
        GenerativeNetwork network = Definition.network(f, 0.5, 3, sizes.toArray(Integer[]::new));
        ValueNodes start = Definition.values(network, CUES, 4);
        StopRule stop = StopRule.balanced(0.03, 9);
        requireSameSteps(
                Inference.of(solver, stop)
                        .withAnnealing(new Annealing(List.of(1.0, 0.1)))
                        .withEngine(engine),
                network,
                start,
                clamp);
    }

    /** tanh bends: a step of 1/curvature from b = 0 towards the sensory value goes too far, is taken back and halved. */
    @Test
    void aStepThatRaisesTheEnergyIsHalved() {
        GenerativeNetwork network =
                GenerativeNetwork.of(Activation.TANH, List.of(Matrix.wrap(1, 1, 1f)), new float[] {0}, 1);
        ValueNodes start = new ValueNodes(List.of(Matrix.wrap(CUES, 1, -10, 10, -0.5f, 60), Matrix.zeros(CUES, 1)));
        Inference four = Inference.of(Solver.gradient(), StopRule.steps(4)).withEngine(Engine.REFERENCE);
        List<PlainDescent> plain = requireSameSteps(four, network, start, Clamp.all(1));
        assertThat(plain.stream().map(PlainDescent::refused)).containsExactly(1, 1, 0, 2);
        // The third cue comes to rest and leaves the others, whose steps stay halved until another stage begins.
        List<PlainDescent> fewer = requireSameSteps(
                four.withStop(StopRule.balanced(0.01, 6)).withAnnealing(new Annealing(List.of(1.0, 0.5))),
                network,
                start,
                Clamp.all(1));
        assertThat(fewer.stream().map(PlainDescent::taken)).containsExactly(11, 11, 4, 8);
        assertThat(fewer.get(3).refused()).isEqualTo(3);
        List<PlainDescent> faster = requireSameSteps(
                Inference.of(Solver.accelerated(), StopRule.steps(6)).withEngine(Engine.REFERENCE),
                network,
                start,
                Clamp.all(1));
        assertThat(faster.stream().map(PlainDescent::refused)).containsExactly(2, 2, 0, 2);
    }

    /** In a narrow valley momentum overshoots; it begins again where it points uphill or would raise the energy. */
    @Test
    void momentumBeginsAgain() {
        GenerativeNetwork network = GenerativeNetwork.of(
                Activation.RELU, List.of(Matrix.wrap(3, 2, 3, 0.1f, 0, 0.4f, 1, 0.2f)), new float[] {1, 1}, 0.01);
        ValueNodes start = new ValueNodes(List.of(
                Matrix.wrap(CUES, 3, 9, -2, 1, 0, 3, 0, 6, 6, 6, -4, 5, 0),
                Matrix.wrap(CUES, 2, 1, 1, 1, 1, 1, 1, 1, 1)));
        for (Engine engine : List.of(Engine.REFERENCE, Engine.REDUCED)) {
            List<PlainDescent> plain = requireSameSteps(
                    Inference.of(Solver.accelerated(), StopRule.steps(60)).withEngine(engine),
                    network,
                    start,
                    Clamp.known(3, 0, 1));
            assertThat(plain.stream().mapToInt(PlainDescent::restarts).sum()).isPositive();
        }
    }

    /** What no hidden values explain is part of the energy that is enough. */
    @ParameterizedTest
    @MethodSource("solversOnEngines")
    void anEnergyThatIsEnoughCountsAllKnownNodes(Solver solver, Engine engine) {
        GenerativeNetwork network = Definition.network(Activation.LINEAR, 0.5, 3, 40, 4);
        ValueNodes start = Definition.values(network, CUES, 4);
        Inference thirty = Inference.of(solver, StopRule.steps(30)).withEngine(engine);
        double[] ends = IntStream.range(0, CUES)
                .mapToDouble(thirty.run(network, start, Clamp.all(40))::totalEnergy)
                .sorted()
                .toArray();
        double enough = 1.1 * ends[CUES / 2];
        List<PlainDescent> plain =
                requireSameSteps(thirty.withStop(StopRule.steps(30).orEnergy(enough)), network, start, Clamp.all(40));
        assertThat(plain.stream().map(PlainDescent::taken).distinct()).hasSizeGreaterThan(1);
    }

    static Stream<Arguments> solversOnEngines() {
        return Stream.of(Solver.gradient(), Solver.accelerated())
                .flatMap(solver -> Stream.of(Engine.REFERENCE, Engine.REDUCED).map(e -> Arguments.of(solver, e)));
    }

    @ParameterizedTest
    @MethodSource("solversOnEngines")
    void everyCueIsPulledToItsOwnMean(Solver solver, Engine engine) {
        GenerativeNetwork shared = Definition.network(Activation.RELU, 0.5, 3, 10, 6, 4);
        ValueNodes start = Definition.values(shared, CUES, 4);
        GenerativeNetwork network = shared.withPriorMeans(
                PriorMeans.perCue(Definition.values(shared, CUES, 5).layer(2)));
        requireSameSteps(
                Inference.of(solver, StopRule.balanced(0.05, 12)).withEngine(engine), network, start, most(10));
    }

    /** Constant steps that are too long are taken all the same, and said to be. */
    @Test
    void constantStepsAreNotGuarded() {
        GenerativeNetwork network = Definition.network(Activation.RELU, 1, 3, 6, 5);
        ValueNodes start = Definition.values(network, CUES, 4);
        List<PlainDescent> plain =
                requireSameSteps(Inference.of(Solver.gradient(0.9), StopRule.steps(4)), network, start, few(6));
        assertThat(plain).anyMatch(PlainDescent::rose);
    }

    /** Where free nodes move too: the cues that leave the range of numbers stay at their last finite values, the others go on. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1e30})
    void stepsThatLeaveTheRangeAreTakenBack(double gamma) {
        GenerativeNetwork network =
                GenerativeNetwork.of(Activation.LINEAR, List.of(Matrix.wrap(2, 1, 10, 1)), new float[] {1}, 1);
        Matrix cues = Matrix.wrap(3, 2, 3, 9, 10, 9, 3, 9); // the second is at rest: 10 · 1 = 10
        Equilibrium end = Inference.of(Solver.gradient(gamma), StopRule.steps(200))
                .withAnnealing(new Annealing(List.of(1.0, 1.0)))
                .run(network, cues, Clamp.known(2, 0));
        assertThat(end.status()).containsExactly(Status.DIVERGED, Status.CONVERGED, Status.DIVERGED);
        assertThat(end.values().layer(1).isFinite()).isTrue();
        assertThat(end.values().layer(1).get(1, 0)).isEqualTo(1);
        assertThat(end.prediction().isFinite()).isTrue();
        assertThat(end.steps()[0]).isLessThan(100);
        assertThat(end.steps()[1]).isZero();
        for (int cue : new int[] {0, 2}) {
            assertThat(end.totalEnergy(cue))
                    .as("that of its values")
                    .isCloseTo(
                            new Definition(network).energy(Definition.cue(end.values(), cue)), withinPercentage(0.01));
        }
    }

    /** A cue that is not finite says so before any step; the others take theirs. */
    @ParameterizedTest
    @MethodSource("solversOnEngines")
    void whatIsNotFiniteIsSaid(Solver solver, Engine engine) {
        GenerativeNetwork network = Definition.network(Activation.RELU, 0.5, 3, 10, 6);
        ValueNodes start = Definition.values(network, CUES, 4);
        Inference inference = Inference.of(solver, StopRule.steps(8))
                .withAnnealing(Annealing.decades(1))
                .withEngine(engine);
        Equilibrium without = inference.run(network, start, few(10));
        start.layer(0).set(1, 2, Float.NaN);
        start.layer(0).set(2, 9, Float.NEGATIVE_INFINITY);
        Equilibrium end = inference.run(network, start, few(10));
        assertThat(end.status())
                .containsExactly(Status.STEPS_USED, Status.DIVERGED, Status.DIVERGED, Status.STEPS_USED);
        assertThat(end.steps()).containsExactly(16, 0, 0, 16);
        for (int cue = 0; cue < CUES; cue++) {
            Matrix expected = cue % 3 == 0 ? without.values().layer(1) : start.layer(1);
            assertThat(farthest(
                            end.values().layer(1).toDouble().row(cue),
                            expected.toDouble().row(cue)))
                    .isLessThan(1e-5);
        }
    }

    /** What is lost in the rounding of great values is not sought for ever. */
    @Test
    void itStallsWhereNoStepIsAnyBetter() {
        GenerativeNetwork network = Definition.network(Activation.LINEAR, 1e-9, 3, 6, 4);
        Matrix great = Matrix.zeros(1, 6);
        for (int i = 0; i < 6; i++) {
            great.set(
                    0,
                    i,
                    3e6f * network.weights(1).get(i, 0)
                            + 1e6f * network.weights(1).get(i, 2));
        }
        for (Solver solver : List.of(Solver.gradient(), Solver.accelerated())) {
            Equilibrium end = Inference.of(solver, StopRule.steps(3000))
                    .withEngine(Engine.REFERENCE)
                    .run(network, great, Clamp.all(6));
            assertThat(end.status()).containsExactly(Status.STALLED);
            assertThat(farthest(
                            end.prediction().toDouble().row(0), great.toDouble().row(0)))
                    .isLessThan(30);
        }
    }

    /** The steps that are left when all cues are at rest are not taken, nor shown. */
    @ParameterizedTest
    @MethodSource("solversOnEngines")
    void itEndsWithTheLastCue(Solver solver, Engine engine) {
        GenerativeNetwork network = Definition.network(Activation.LINEAR, 0.5, 3, 10, 6);
        List<Integer> shown = new ArrayList<>();
        Equilibrium end = Inference.of(solver, StopRule.balanced(0.1, 5_000))
                .withEngine(engine)
                .withObserver(step -> shown.add(step.step()))
                .run(network, Definition.values(network, CUES, 4), Clamp.all(10));
        assertThat(end.status()).containsOnly(Status.CONVERGED);
        assertThat(shown).hasSizeLessThan(1_000);
    }

    /** So many that they are shared among threads. */
    @ParameterizedTest
    @MethodSource("solversOnEngines")
    void manyCuesTakeTheStepsOfFew(Solver solver, Engine engine) {
        GenerativeNetwork network = Definition.network(Activation.RELU, 0.5, 3, 6, 65);
        ValueNodes start = Definition.values(network, 330, 4);
        int[] few = {0, 7, 329};
        Inference five = Inference.of(solver, StopRule.steps(5)).withEngine(engine);
        Equilibrium end = five.run(network, start, few(6));
        Equilibrium alone = five.run(network, start.rows(few), few(6));
        for (int cue = 0; cue < 3; cue++) {
            assertThat(end.totalEnergy(few[cue])).isCloseTo(alone.totalEnergy(cue), withinPercentage(0.01));
            assertThat(farthest(
                            end.values().layer(1).toDouble().row(few[cue]),
                            alone.values().layer(1).toDouble().row(cue)))
                    .isLessThan(1e-4);
        }
    }

    private static Clamp few(int d) {
        return Clamp.known(d, 0, 2, d - 1);
    }

    private static Clamp most(int d) {
        return Clamp.known(d, IntStream.range(1, d).toArray());
    }

    private static Clamp each(int d) {
        BitSet few = few(d).row(0);
        return new Clamp(d, List.of(few, Clamp.all(d).row(0), few, most(d).row(0)));
    }

    /** The network and clamp that a cue has: with the sensory layer summed away, the known nodes alone. */
    private record Own(GenerativeNetwork network, BitSet known) {
        static Own of(GenerativeNetwork network, Clamp clamp, int cue, boolean reduced) {
            GenerativeNetwork one = network.priorMeans().isShared()
                    ? network
                    : GenerativeNetwork.ofMaps(
                            network.activation(),
                            IntStream.rangeClosed(1, network.hiddenLayers())
                                    .mapToObj(network::map)
                                    .toList(),
                            network.priorMeans().rows(CUES).row(cue),
                            network.priorPrecision());
            BitSet known = clamp.row(cue);
            if (!reduced) {
                return new Own(one.withSensoryMap(new LinearMap.Dense(one.map(1).matrix(LA))), known);
            }
            Matrix rows = one.map(1).matrix(LA).rows(known.stream().toArray());
            return new Own(
                    one.withSensoryMap(new LinearMap.Dense(rows)),
                    Clamp.all(rows.rows()).row(0));
        }

        double[][] start(ValueNodes start, Clamp clamp, int cue) {
            double[][] x = Definition.cue(start, cue);
            if (network.size(0) < x[0].length) {
                x[0] = clamp.row(cue).stream()
                        .mapToDouble(i -> start.layer(0).get(cue, i))
                        .toArray();
            }
            return x;
        }
    }

    /** γ of each layer, from bounds that are tested elsewhere. */
    private static double[] gamma(Inference inference, GenerativeNetwork network, Clamp clamp, boolean reduced) {
        if (inference.solver() instanceof Solver.Gradient g && g.stepSize() instanceof StepSize.Fixed fixed) {
            return DoubleStream.generate(fixed::gamma)
                    .limit(network.sizes().size())
                    .toArray();
        }
        GenerativeNetwork bounded =
                reduced ? KnownWeights.of(LA, network.map(1), clamp.row(0)).network(network) : network;
        Clamp of = reduced ? Clamp.all(bounded.size(0)) : clamp;
        ChainEnergy energy = new ChainEnergy(LA, bounded, of, CUES);
        return inference.solver() instanceof Solver.Accelerated
                ? DoubleStream.generate(() -> 1 / energy.curvatureBound())
                        .limit(network.sizes().size())
                        .toArray()
                : DoubleStream.of(energy.curvatureBounds()).map(c -> 1 / c).toArray();
    }

    /** What an observer saw of a step. */
    private record Seen(double priorPrecision, double[] energy, ValueNodes values) {
        static Seen of(InferenceStep step) {
            return new Seen(
                    step.priorPrecision(),
                    Stream.of(step.energy())
                            .mapToDouble(cue -> DoubleStream.of(cue).sum())
                            .toArray(),
                    step.values().copy());
        }
    }

    /**
     * Runs the inference, and all its cues in plain loops.
     *
     * @return the latter
     */
    private static List<PlainDescent> requireSameSteps(
            Inference inference, GenerativeNetwork network, ValueNodes start, Clamp clamp) {
        List<Seen> seen = new ArrayList<>();
        Equilibrium end =
                inference.withObserver(step -> seen.add(Seen.of(step))).run(network, start, clamp);
        boolean reduced = inference.engine() == Engine.REDUCED;
        boolean momentum = inference.solver() instanceof Solver.Accelerated;
        boolean guarded = momentum || inference.solver().equals(Solver.gradient());
        StopRule stop = inference.stop();
        List<PlainDescent> plain = new ArrayList<>();
        boolean[] atRest = new boolean[CUES];
        int shown = 0;
        for (double factor : inference.annealing().factors()) {
            GenerativeNetwork now = network.withPriorPrecision(factor * network.priorPrecision());
            double[] gamma = gamma(inference, now, clamp, reduced);
            for (int cue = 0; cue < CUES; cue++) {
                Own own = Own.of(now, clamp, cue, reduced);
                if (plain.size() == cue) {
                    plain.add(new PlainDescent(
                            own.network, gamma, own.start(start, clamp, cue), own.known, momentum, guarded));
                } else {
                    plain.get(cue).begin(own.network, gamma);
                }
                atRest[cue] = isAtRest(plain.get(cue), stop);
            }
            if (shown == 0) {
                requireSame(plain, seen.get(shown++), reduced);
            }
            for (int t = 0; t < stop.steps() && !areAll(atRest); t++) {
                for (int cue = 0; cue < CUES; cue++) {
                    if (!atRest[cue]) {
                        plain.get(cue).step();
                        atRest[cue] = isAtRest(plain.get(cue), stop);
                    }
                }
                assertThat(seen.get(shown).priorPrecision).isEqualTo(now.priorPrecision());
                requireSame(plain, seen.get(shown++), reduced);
            }
        }
        assertThat(seen).hasSize(shown);
        for (int cue = 0; cue < CUES; cue++) {
            PlainDescent of = plain.get(cue);
            Status expected = of.rose() ? Status.ENERGY_ROSE : atRest[cue] ? Status.CONVERGED : Status.STEPS_USED;
            assertThat(end.status().get(cue)).as("cue %d", cue).isEqualTo(expected);
            assertThat(end.steps()[cue]).as("cue %d", cue).isEqualTo(of.taken());
            assertThat(end.residual()[cue]).isCloseTo(of.residual(), within(10 * CLOSE));
            double[][] x = Definition.cue(end.values(), cue);
            double[] errors = new Definition(Own.of(network, clamp, cue, false).network).errors(x)[0];
            double[] predicted = IntStream.range(0, errors.length)
                    .mapToDouble(i -> x[0][i] - errors[i])
                    .toArray();
            double[] found = end.prediction().toDouble().row(cue);
            assertThat(farthest(predicted, found)).isLessThan(CLOSE);
        }
        return plain;
    }

    private static boolean isAtRest(PlainDescent cue, StopRule stop) {
        return cue.residual() <= stop.tolerance() || cue.energy() <= stop.energy();
    }

    private static boolean areAll(boolean[] flags) {
        return IntStream.range(0, flags.length).allMatch(i -> flags[i]);
    }

    private static void requireSame(List<PlainDescent> plain, Seen seen, boolean reduced) {
        for (int cue = 0; cue < CUES; cue++) {
            double[][] expected = plain.get(cue).values();
            double energy = plain.get(cue).energy();
            assertThat(seen.energy[cue]).as("energy of cue %d", cue).isCloseTo(energy, within(CLOSE * (energy + 1)));
            double[][] found = Definition.cue(seen.values, cue);
            for (int l = reduced ? 1 : 0; l < found.length; l++) {
                assertThat(farthest(found[l], expected[l]))
                        .as("cue %d, layer %d", cue, l)
                        .isLessThan(CLOSE * (1 + energy));
            }
        }
    }

    private static double farthest(double[] a, double[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> Math.abs(a[i] - b[i]))
                .max()
                .orElse(0);
    }
}
