package outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.FeedForwardGraph;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Initialiser;
import dev.engram.graph.LocationEnergy;
import dev.engram.graph.Mlp;
import dev.engram.graph.Node;
import dev.engram.graph.NodeEnergy;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.Sweep;
import dev.engram.graph.inference.GraphEquilibrium;
import dev.engram.graph.inference.GraphInference;
import dev.engram.graph.inference.GraphObserver;
import dev.engram.graph.inference.GraphStep;
import dev.engram.graph.inference.Landscape;
import dev.engram.graph.inference.Motion;
import dev.engram.graph.inference.Schedule;
import dev.engram.graph.inference.Settled;
import dev.engram.graph.inference.Settling;
import dev.engram.graph.op.Accumulation;
import dev.engram.graph.op.Binding;
import dev.engram.graph.op.ExampleRange;
import dev.engram.graph.op.GradientCheck;
import dev.engram.graph.op.Kernel;
import dev.engram.graph.op.Operation;
import dev.engram.graph.op.Operations;
import dev.engram.graph.training.CreditAssignment;
import dev.engram.graph.training.GraphTrainer;
import dev.engram.graph.training.TrainingObserver;
import dev.engram.graph.training.TrainingState;
import dev.engram.inference.Status;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.optimiser.Optimiser;
import dev.engram.optimiser.OptimiserState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a user of the library can write without being part of it: parts of graphs and of their training. */
class OwnGraphPartsTest {
    private final FeedForwardGraph net = Mlp.of(5, 6, 3)
            .withActivation(Operations.tanh())
            .withOutput(NodeEnergy.CATEGORICAL)
            .build();
    private final Parameters parameters = net.graph().initialise(3, Precision.DOUBLE);
    private final Observations examples = examples(12);

    private Observations examples(int count) {
        SplittableRandom random = new SplittableRandom(9);
        Tensor x = Tensor.zeros(Precision.DOUBLE, count, 5);
        Tensor y = Tensor.zeros(Precision.DOUBLE, count, 3);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < 5; j++) {
                x.set(i * 5 + j, random.nextGaussian());
            }
            y.set(i * 3 + i % 3, 1);
        }
        return Observations.of(net.input(), x).and(net.output(), y);
    }

    /** Strict inference, one node after the other: of each only the force on it is asked. */
    private record OneAfterTheOther(double eta, int rounds) implements Schedule {
        @Override
        public Settling prepare(GraphEvaluation evaluation) {
            Sweep full = evaluation.fullSweep();
            return new Settling() {
                @Override
                public Settled run(GraphObserver observer, Consumer<Sweep> onForces) {
                    evaluation.inLanes(evaluation::feedForwardAndMeasure);
                    observer.onStep(new GraphStep(0, evaluation, full));
                    for (int t = 0; t < rounds; t++) {
                        for (Node node : evaluation.inferred()) {
                            evaluation.inLanes(range -> {
                                evaluation.sweepTo(Set.of(node)).run(range);
                                Tensor v = evaluation.value(node);
                                int from = range.begin(v);
                                int to = range.end(v);
                                v.addScaled(eta, evaluation.feedback(node), from, to);
                                v.addScaled(-eta * node.precision(), evaluation.error(node), from, to);
                                evaluation.predict(range);
                                evaluation.measure(range);
                            });
                        }
                        observer.onStep(new GraphStep(t + 1, evaluation, full));
                    }
                    evaluation.inLanes(full::run);
                    return new Settled(0, rounds, Status.STEPS_USED);
                }

                @Override
                public void parameterForces(Parameters forces) {
                    full.parameterForces(forces);
                }
            };
        }
    }

    @Test
    void aScheduleOfYourOwnEndsWhereStrictDoesAndTrains() {
        GraphEquilibrium own =
                GraphInference.of(parameters, new OneAfterTheOther(0.2, 400)).run(examples);
        GraphEquilibrium strict = GraphInference.of(
                        parameters, Schedule.strict(0.2, 4000).until(1e-10))
                .run(examples);
        for (int i = 0; i < own.parameterForces().get("w 1").size(); i++) {
            assertThat(own.parameterForces().get("w 1").get(i))
                    .isCloseTo(strict.parameterForces().get("w 1").get(i), within(1e-8));
        }
        assertThat(loss(new OneAfterTheOther(0.2, 10), Optimiser.adam(0.05))).isLessThan(0.2);
    }

    /** Loss per example after training. */
    private double loss(Schedule schedule, Optimiser optimiser) {
        GraphTrainer trainer = GraphTrainer.of(CreditAssignment.predictiveCoding(schedule), optimiser, 4, 80);
        TrainingState start = trainer.begin(net.graph(), Precision.DOUBLE, 2);
        GraphTrainer.Result trained = trainer.train(net.graph(), start, examples, TrainingObserver.NONE);
        return trainer.evaluate(trained.parameters(), examples).loss();
    }

    /** Along the signs of the forces. */
    private record Signs(double learningRate) implements Optimiser {
        @Override
        public Optimiser withLearningRate(double newLearningRate) {
            return new Signs(newLearningRate);
        }

        @Override
        public String word() {
            return "signs";
        }

        @Override
        public void step(Tensor parameter, Tensor force, OptimiserState state) {
            state.count();
            for (int i = 0; i < parameter.size(); i++) {
                parameter.set(i, parameter.get(i) + learningRate * Math.signum(force.get(i)));
            }
        }
    }

    @Test
    void anOptimiserOfYourOwnTrainsWithDecayAndSchedule() {
        double before = loss(Schedule.exact(), Optimiser.sgd(1e-12));
        assertThat(loss(Schedule.exact(), new Signs(0.02))).isLessThan(0.5 * before);
        assertThat(loss(Schedule.exact(), new Signs(0.02).decayed(0.1).scheduled(update -> 1 / (1 + 0.01 * update))))
                .isLessThan(0.7 * before);
    }

    /** Steps that become shorter. */
    private record Shortening(double eta) implements Motion {
        @Override
        public Mover prepare(Landscape landscape) {
            return new Mover() {
                private int done;

                @Override
                public boolean staysFinite(ExampleRange range) {
                    return true;
                }

                @Override
                public void move(ExampleRange range) {
                    done++;
                    GraphEvaluation evaluation = landscape.evaluation();
                    for (Node node : evaluation.inferred()) {
                        Tensor v = evaluation.value(node);
                        double step = eta / Math.sqrt(done);
                        v.addScaled(step, evaluation.feedback(node), range.begin(v), range.end(v));
                        v.addScaled(-step, evaluation.error(node), range.begin(v), range.end(v));
                    }
                    landscape.look(range);
                }
            };
        }
    }

    @Test
    void aMotionOfYourOwnMovesTheValues() {
        GraphEquilibrium found = GraphInference.of(
                        parameters, Schedule.strict(new Shortening(0.5), 5000).until(1e-6))
                .run(examples);
        assertThat(found.status()).isEqualTo(Status.CONVERGED);
        assertThat(found.steps()).isLessThan(5000);
    }

    /** A robust energy, log cosh: quadratic near 0, linear far off. */
    private record LogCosh() implements LocationEnergy {
        @Override
        public String name() {
            return "log cosh";
        }

        @Override
        public double rho(double difference) {
            return Math.log(Math.cosh(difference));
        }

        @Override
        public double psi(double difference) {
            return Math.tanh(difference);
        }
    }

    /** h is predicted to be 0 and seen, as h itself, at 2: tanh h = 2 - h at h = 1.1743411, by bisection. */
    @Test
    void anEnergyOfYourOwnIsInferredAndClamped() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 1);
        Node h = g.value("h", x, new LogCosh());
        Node y = g.value("y", h);
        Node far = g.value("far", g.scale(h, 0), new LogCosh());
        Observations seen = Observations.of(x, Tensor.wrap(new double[] {0}, 1, 1))
                .and(y, Tensor.wrap(new double[] {2}, 1, 1))
                .and(far, Tensor.wrap(new double[] {1}, 1, 1));
        GraphEquilibrium end = GraphInference.of(
                        g.build().initialise(0, Precision.DOUBLE),
                        Schedule.strict(0.2, 1000).until(1e-12))
                .run(seen);
        assertThat(end.values().get(h).get(0)).isCloseTo(1.1743411, within(1e-7));
        assertThat(end.energy().get(far)).isCloseTo(Math.log(Math.cosh(1)), within(1e-12));
    }

    @Test
    void anInitialiserOfYourOwnDraws() {
        GraphBuilder g = new GraphBuilder();
        Initialiser identity = (parameter, random) -> {
            for (int i = 0; i < parameter.extent(0); i++) {
                parameter.set(i * parameter.extent(1) + i, 1);
            }
        };
        Node x = g.input("x", 2);
        g.value("y", g.dense(x, g.parameter("w", identity, 2, 2)));
        Parameters drawn = g.build().initialise(0, Precision.FLOAT);
        assertThat(drawn.get("w").floats()).containsExactly(1, 0, 0, 1);
    }

    /** y = θ x², number by number; its pull-back is right or wrong. */
    private record WeighedSquare(double slope) implements Operation {
        @Override
        public String name() {
            return "weighedSquare";
        }

        @Override
        public int[] outputShape(List<int[]> inputs, List<int[]> with) {
            return inputs.get(0).clone();
        }

        @Override
        public Kernel prepare(Binding binding) {
            Tensor x = binding.inputs().get(0);
            Tensor theta = binding.parameters().get(0);
            Tensor y = binding.output();
            return new Kernel() {
                @Override
                public void compute(ExampleRange range) {
                    for (int i = range.begin(x); i < range.end(x); i++) {
                        y.set(i, theta.get(i % theta.size()) * x.get(i) * x.get(i));
                    }
                }

                @Override
                public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange range) {
                    mode.begin(into, range);
                    for (int i = range.begin(x); i < range.end(x); i++) {
                        double pulled = slope * theta.get(i % theta.size()) * x.get(i) * delta.get(i);
                        into.set(i, into.get(i) + pulled);
                    }
                }

                @Override
                public void addGradient(int parameter, Tensor delta, Tensor into) {
                    for (int i = 0; i < x.size(); i++) {
                        int k = i % theta.size();
                        into.set(k, into.get(k) + x.get(i) * x.get(i) * delta.get(i));
                    }
                }
            };
        }
    }

    @Test
    void aGradientCheckTellsRightPullBacksFromWrong() {
        List<int[]> four = List.of(new int[] {4});
        assertThat(GradientCheck.of(new WeighedSquare(2), four, four, 1).largest())
                .isLessThan(1e-8);
        GradientCheck.Result wrong = GradientCheck.of(new WeighedSquare(2.01), four, four, 1);
        assertThat(wrong.largest()).isGreaterThan(1e-3);
        assertThat(wrong.where()).startsWith("weighedSquare of input 0 [3, 4], at ");
        SplittableRandom random = new SplittableRandom(4);
        assertThat(GradientCheck.of(Operations.sqrt(), four, List.of(), random, () -> 0.5 + random.nextDouble())
                        .largest())
                .isLessThan(1e-6);
    }

    @Test
    void anElementwiseFunctionOfYourOwnIsALineInAGraph() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 3);
        Node h = g.value("h", g.elementwise(x, "softplus", a -> Math.log1p(Math.exp(a)), (a, b) -> 1 - Math.exp(-b)));
        Node y = g.value("y", g.dense(h, g.parameter("w", Initialiser.fanIn(), 1, 3)));
        Parameters drawn = g.build().initialise(0, Precision.DOUBLE);
        GraphEquilibrium found = GraphInference.of(drawn, Schedule.exact())
                .run(Observations.of(x, Tensor.wrap(new double[] {-1, 0, 2}, 1, 3))
                        .and(y, Tensor.wrap(new double[] {1}, 1, 1)));
        Map<Node, Tensor> errors = found.errors();
        assertThat(errors).containsKey(h);
        assertThat(GradientCheck.of(
                                Operations.elementwise(
                                        "softplus", a -> Math.log1p(Math.exp(a)), (a, b) -> 1 - Math.exp(-b)),
                                List.of(new int[] {5}),
                                List.of(),
                                2)
                        .largest())
                .isLessThan(1e-8);
    }
}
