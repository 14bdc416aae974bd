package dev.engram.graph.inference;

import static dev.engram.graph.inference.LinearGraph.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.Expression;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Layers;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.Term;
import dev.engram.graph.training.CreditAssignment;
import dev.engram.graph.training.GraphTrainer;
import dev.engram.graph.training.TrainingObserver;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.optimiser.Optimiser;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Attention made of operations, as a user would: softmax(Q Kᵀ / √d) V. */
class AttentionTest {
    private static final int TOKENS = 4;
    private static final int WIDTH = 3;

    /** q [m, d], k [n, d], v [n, e] to [m, e]. */
    private static Expression attention(GraphBuilder g, Term q, Term k, Term v) {
        double d = q.shape()[1];
        Term weights = g.softmax(g.scale(g.matrixProductTransposed(q, k), 1 / Math.sqrt(d)));
        return g.matrixProduct(weights, v);
    }

    private static Tensor wave(double step, int... shape) {
        Tensor tensor = Tensor.zeros(Precision.DOUBLE, shape);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.set(i, Math.sin(step * (i + 1)));
        }
        return tensor;
    }

    /**
     * <pre>
     *   import torch, torch.nn.functional as F
     *   def wave(s, *shape): n = torch.Size(shape).numel(); return torch.sin(s * torch.arange(1, n + 1).double()).reshape(shape)
     *   y = F.scaled_dot_product_attention(wave(.7, 2, 2, 3), wave(.3, 2, 4, 3), wave(.2, 2, 4, 2))
     *   print([round(v, 9) for v in y.flatten().tolist()])
     * </pre>
     */
    @Test
    void itIsThatOfPyTorch() {
        GraphBuilder g = new GraphBuilder();
        Node q = g.input("q", 2, 3);
        Node k = g.input("k", 4, 3);
        Node v = g.input("v", 4, 2);
        Node y = g.value("y", attention(g, q, k, v));
        Observations observations = Observations.of(q, wave(0.7, 2, 2, 3))
                .and(k, wave(0.3, 2, 4, 3))
                .and(v, wave(0.2, 2, 4, 2))
                .and(y, Tensor.zeros(Precision.DOUBLE, 2, 2, 2));
        Tensor errors = GraphInference.of(g.build().initialise(0, Precision.DOUBLE), Schedule.strict(0.1, 0))
                .run(observations)
                .errors()
                .get(y);
        errors.scale(-1);
        assertThat(errors.doubles())
                .containsExactly(
                        new double[] {
                            0.584053266,
                            0.718413728,
                            0.728187568,
                            0.818667724,
                            0.723223338,
                            0.593249027,
                            0.332879477,
                            0.153118056
                        },
                        within(1e-8));
    }

    /** Two layers, each with a value node for what it attends to; tokens [4, 3] and a class for each. */
    private static ComputationGraph transformer() {
        GraphBuilder g = new GraphBuilder();
        Layers layers = Layers.of(g);
        Node x = g.input("x", TOKENS, WIDTH);
        Node below = x;
        for (String name : new String[] {"1", "2"}) {
            Term normal = layers.layerNorm(name, below);
            Node attended = g.value(
                    "a" + name,
                    g.add(
                            below,
                            attention(
                                    g,
                                    layers.dense("q" + name, normal, WIDTH),
                                    layers.dense("k" + name, normal, WIDTH),
                                    layers.dense("v" + name, normal, WIDTH))));
            below = g.value("h" + name, g.add(attended, g.tanh(layers.dense("h" + name, attended, WIDTH))));
        }
        g.categorical("y", layers.dense("y", below, 2));
        return g.build();
    }

    @Test
    void itsForcesAreFiniteDifferencesOfTheEnergy() {
        ComputationGraph graph = transformer();
        Parameters parameters = graph.initialise(3, Precision.DOUBLE);
        Tensor labels = Tensor.zeros(Precision.DOUBLE, 2, TOKENS, 2);
        for (int i = 0; i < labels.size(); i += 2) {
            labels.set(i + i / 2 % 2, 1);
        }
        Observations observations = Observations.of(graph.node("x"), random(Precision.DOUBLE, 1, 2, TOKENS, WIDTH))
                .and(graph.node("y"), labels);
        Differences.check(
                parameters,
                observations,
                Map.of(
                        graph.node("a1"), random(Precision.DOUBLE, 2, 2, TOKENS, WIDTH),
                        graph.node("h1"), random(Precision.DOUBLE, 3, 2, TOKENS, WIDTH),
                        graph.node("a2"), random(Precision.DOUBLE, 4, 2, TOKENS, WIDTH),
                        graph.node("h2"), random(Precision.DOUBLE, 5, 2, TOKENS, WIDTH)));
    }

    /** The class of every token is the sign of the first number of the one token that is marked: none knows it without looking there. */
    @Test
    void itLearnsByPredictiveCodingToLookAtAnotherToken() {
        ComputationGraph graph = transformer();
        SplittableRandom random = new SplittableRandom(6);
        int examples = 200;
        Tensor x = Tensor.zeros(Precision.FLOAT, examples, TOKENS, WIDTH);
        Tensor y = Tensor.zeros(Precision.FLOAT, examples, TOKENS, 2);
        for (int e = 0; e < examples; e++) {
            int marked = random.nextInt(TOKENS);
            for (int t = 0; t < TOKENS; t++) {
                x.set((e * TOKENS + t) * WIDTH, random.nextBoolean() ? 1 : -1);
                x.set((e * TOKENS + t) * WIDTH + 1, t == marked ? 2 : 0);
            }
            boolean isPositive = x.get((e * TOKENS + marked) * WIDTH) > 0;
            for (int t = 0; t < TOKENS; t++) {
                y.set((e * TOKENS + t) * 2 + (isPositive ? 0 : 1), 1);
            }
        }
        Observations data = Observations.of(graph.node("x"), x).and(graph.node("y"), y);
        GraphTrainer trainer = GraphTrainer.of(
                CreditAssignment.predictiveCoding(Schedule.strict(0.1, 10)), Optimiser.adam(0.02), 20, 40);
        GraphTrainer.Result result =
                trainer.train(graph, trainer.begin(graph, Precision.FLOAT, 1), data, TrainingObserver.NONE);
        assertThat(trainer.evaluate(result.parameters(), data).accuracy())
                .as("a token that looks at itself alone is right 5 times in 8")
                .isGreaterThan(0.95);
    }
}
