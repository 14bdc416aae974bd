package dev.engram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Layers;
import dev.engram.graph.Node;
import dev.engram.graph.NodeEnergy;
import dev.engram.graph.Observations;
import dev.engram.graph.inference.Schedule;
import dev.engram.graph.training.CreditAssignment;
import dev.engram.graph.training.GraphTrainer;
import dev.engram.graph.training.TrainingObserver;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.memory.Surprise;
import dev.engram.memory.covariance.CovarianceMemory;
import dev.engram.memory.covariance.CovarianceOptions;
import dev.engram.optimiser.LearningRates;
import dev.engram.optimiser.Optimiser;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How unsure a column of a table is given the others: learned by a graph as a precision, and by algebra in a covariance memory. */
class ColumnPrecisionTest {
    private static final int ROWS = 400;
    private static final int COLUMNS = 4;

    /** Columns that lean on the one before, each with noise of its own. */
    private static double[][] table() {
        SplittableRandom random = new SplittableRandom(5);
        double[][] table = new double[ROWS][COLUMNS];
        for (double[] row : table) {
            row[0] = random.nextGaussian();
            for (int j = 1; j < COLUMNS; j++) {
                row[j] = 0.8 * row[j - 1] + 0.3 * j * random.nextGaussian();
            }
        }
        return table;
    }

    @Test
    void aLearnedPrecisionIsThatOfTheInverseCovariance() {
        double[][] table = table();
        float[] cells = new float[ROWS * COLUMNS];
        GraphBuilder g = new GraphBuilder();
        Observations data = Observations.none(ROWS);
        for (int j = 0; j < COLUMNS; j++) {
            Node others = g.input("others " + j, COLUMNS - 1);
            Node column = g.value(
                    "column " + j,
                    Layers.of(g).dense("from others " + j, others, 1),
                    NodeEnergy.learnedPrecision(g.parameter("log p " + j, Initialiser.zeros())));
            Tensor left = Tensor.zeros(Precision.DOUBLE, ROWS, COLUMNS - 1);
            Tensor one = Tensor.zeros(Precision.DOUBLE, ROWS, 1);
            for (int i = 0; i < ROWS; i++) {
                cells[i * COLUMNS + j] = (float) table[i][j];
                one.set(i, table[i][j]);
                for (int k = 1; k < COLUMNS; k++) {
                    left.set(i * (COLUMNS - 1) + k - 1, table[i][(j + k) % COLUMNS]);
                }
            }
            data = data.and(others, left).and(column, one);
        }
        ComputationGraph graph = g.build();
        int epochs = 1500;
        GraphTrainer trainer = GraphTrainer.of(
                CreditAssignment.predictiveCoding(Schedule.strict(0.1, 0)),
                Optimiser.adam(0.05).scheduled(LearningRates.cosine(epochs)),
                ROWS,
                epochs);
        GraphTrainer.Result trained =
                trainer.train(graph, trainer.begin(graph, Precision.DOUBLE, 1), data, TrainingObserver.NONE);
        Matrix patterns = Matrix.wrap(ROWS, COLUMNS, cells);
        CovarianceMemory memory = CovarianceMemory.learn(patterns, CovarianceOptions.defaults());
        for (Surprise surprise : memory.surprises(patterns).get(0)) {
            double deviation = Math.exp(-0.5
                    * trained.parameters().get("log p " + surprise.column()).get(0));
            assertThat(deviation).isCloseTo(surprise.deviation(), within(0.005 * surprise.deviation()));
        }
    }
}
