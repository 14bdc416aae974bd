package dev.engram.graph.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Layers;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.inference.GraphSession;
import dev.engram.graph.inference.Motion;
import dev.engram.graph.inference.Schedule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.optimiser.Optimiser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Masks of dropout are drawn for every mini-batch of a training, hold while it is inferred, and are not there when a graph is evaluated. */
class DropoutTest {
    private static ComputationGraph graph(double probability) {
        GraphBuilder g = new GraphBuilder();
        Layers layers = Layers.of(g);
        Node x = g.input("x", 6);
        Node h1 = g.value("h1", g.tanh(layers.dense("1", x, 40)));
        Node h2 = g.value("h2", g.tanh(layers.dense("2", g.dropout(h1, probability), 40)));
        g.categorical("y", layers.dense("y", g.dropout(h2, probability), 3));
        return g.build();
    }

    private static Observations data(ComputationGraph graph, int examples) {
        SplittableRandom random = new SplittableRandom(2);
        Tensor x = Tensor.zeros(Precision.FLOAT, examples, 6);
        Tensor y = Tensor.zeros(Precision.FLOAT, examples, 3);
        for (int i = 0; i < x.size(); i++) {
            x.set(i, random.nextGaussian());
        }
        for (int e = 0; e < examples; e++) {
            y.set(3 * e + random.nextInt(3), 1);
        }
        return Observations.of(graph.node("x"), x).and(graph.node("y"), y);
    }

    private static GraphEvaluation evaluation(Parameters parameters, Observations data, int threads) {
        GraphEvaluation evaluation =
                new GraphEvaluation(LinearAlgebra.openBlas(threads), parameters, data.batch(), data.nodes());
        evaluation.clamp(data);
        evaluation.begin(Map.of());
        return evaluation;
    }

    @Test
    void theEnergyOfOneInferenceIsOneFunction() {
        ComputationGraph graph = graph(0.5);
        Observations data = data(graph, 30);
        GraphEvaluation evaluation = evaluation(graph.initialise(1, Precision.FLOAT), data, 1);
        List<Double> ends = new ArrayList<>();
        for (long seed : new long[] {8, 9, 8}) {
            evaluation.draw(seed);
            List<Double> energies = new ArrayList<>();
            new GraphSession(evaluation, Schedule.strict(Motion.byCurvature(), 60))
                    .run(data, Map.of(), step -> energies.add(step.totalEnergy()));
            for (int t = 1; t < energies.size(); t++) {
                assertThat(energies.get(t)).isLessThanOrEqualTo(energies.get(t - 1) * (1 + 1e-6));
            }
            ends.add(energies.get(60));
        }
        assertThat(ends.get(1)).isNotEqualTo(ends.get(0));
        assertThat(ends.get(2)).isEqualTo(ends.get(0));
    }

    @Test
    void masksDoNotDependOnHowManyThreadsThereAre() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 100);
        Node y = g.value("y", g.dropout(x, 0.5));
        Parameters none = g.build().initialise(1, Precision.FLOAT);
        Tensor ones = Tensor.zeros(Precision.FLOAT, 400, 100);
        ones.fill(1);
        Observations data = Observations.of(x, ones).and(y, Tensor.zeros(Precision.FLOAT, 400, 100));
        List<Tensor> outputs = new ArrayList<>();
        for (int threads : new int[] {1, 2, 3}) {
            GraphEvaluation evaluation = evaluation(none, data, threads);
            evaluation.draw(4);
            evaluation.inLanes(evaluation::feedForwardAndMeasure);
            outputs.add(evaluation.prediction(y).copy());
        }
        assertThat(outputs.get(1)).isEqualTo(outputs.get(0));
        assertThat(outputs.get(2)).isEqualTo(outputs.get(0));
        assertThat(outputs.get(0).rows(0)).isNotEqualTo(outputs.get(0).rows(399));
    }

    /** The loss of a mini-batch, before its update, and that of the same examples evaluated. */
    @Test
    void trainingDrawsAndEvaluationDoesNot() {
        ComputationGraph dropping = graph(0.5);
        ComputationGraph whole = graph(0);
        Observations data = data(dropping, 40);
        Observations same = data(whole, 40);
        CreditAssignment credit = CreditAssignment.predictiveCoding(Schedule.exact());
        GraphTrainer trainer = GraphTrainer.of(credit, Optimiser.sgd(1e-12), 40, 1);
        TrainingState begin = trainer.begin(dropping, Precision.FLOAT, 1);
        double inTraining = trainer.train(dropping, begin, data, TrainingObserver.NONE)
                .metrics()
                .loss();
        double evaluated =
                trainer.evaluate(dropping.initialise(1, Precision.FLOAT), data).loss();
        double without =
                trainer.evaluate(whole.initialise(1, Precision.FLOAT), same).loss();
        assertThat(evaluated).isEqualTo(without);
        assertThat(inTraining).isNotEqualTo(without);
    }

    @Test
    void trainingStoppedAnywhereResumesToTheSameBits() {
        ComputationGraph graph = graph(0.3);
        Observations data = data(graph, 41);
        for (CreditAssignment credit : List.of(
                CreditAssignment.backpropagation(),
                CreditAssignment.predictiveCoding(Schedule.strict(0.1, 5)),
                CreditAssignment.predictiveCoding(Schedule.incremental(0.1, 3)))) {
            GraphTrainer trainer = GraphTrainer.of(credit, Optimiser.adam(0.01), 8, 3);
            TrainingState begin = trainer.begin(graph, Precision.FLOAT, 5);
            TrainingState all =
                    trainer.train(graph, begin, data, TrainingObserver.NONE).state();
            for (int stop : new int[] {1, 5, 6, 8}) {
                int[] seen = new int[1];
                GraphTrainer.Result first = trainer.train(graph, begin, data, progress -> ++seen[0] < stop);
                assertThat(trainer.train(graph, first.state(), data, TrainingObserver.NONE)
                                .state())
                        .isEqualTo(all);
            }
        }
    }
}
