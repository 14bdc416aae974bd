package dev.engram.graph.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.Constraint;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One node of many units that nothing predicts but 0: E = ½ |x|², F = -x. */
class PartialMotionTest {
    private static final int UNITS = 2000;
    private final ComputationGraph graph = graph();
    private final Node x = graph.nodes().get(0);

    private static ComputationGraph graph() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.free("x", UNITS);
        g.predict(x, g.dense(x, g.parameter("w", Initialiser.zeros(), Constraint.NONE, UNITS, UNITS)));
        return g.build();
    }

    private List<double[]> run(Motion motion, int steps) {
        Tensor start = Tensor.zeros(Precision.FLOAT, 1, UNITS);
        start.fill(1);
        List<double[]> seen = new ArrayList<>();
        GraphInference.of(Parameters.zeros(graph, Precision.FLOAT), Schedule.strict(motion, steps))
                .withLinearAlgebra(LinearAlgebra.shared())
                .withObserver(step -> {
                    Tensor v = step.evaluation().value(x);
                    double[] values = new double[UNITS];
                    for (int i = 0; i < UNITS; i++) {
                        values[i] = v.get(i);
                    }
                    seen.add(values);
                    return true;
                })
                .run(Observations.none(1), Map.of(x, start));
        return seen;
    }

    /** A unit moves to 1 - η or waits at 1; of 2,000 coins the share is within five standard deviations. */
    @Test
    void onlyThatShareOfTheValuesMoves() {
        double[] after = run(Motion.inParts(0.5, 0.25, 3), 1).get(1);
        int moved = 0;
        for (double value : after) {
            assertThat(value).isIn(0.5, 1.0);
            moved += value == 0.5 ? 1 : 0;
        }
        assertThat(moved / (double) UNITS).isCloseTo(0.25, within(5 * Math.sqrt(0.25 * 0.75 / UNITS)));
        assertThat(run(Motion.inParts(0.5, 1, 3), 1).get(1)).containsOnly(0.5);
    }

    @Test
    void everyStepDrawsAgainAndTheSameSeedTheSame() {
        List<double[]> seen = run(Motion.inParts(1, 0.5, 3), 12);
        assertThat(seen).last().satisfies(end -> assertThat(end).containsOnly(0, 1));
        assertThat(sum(seen.get(12))).as("2000 / 2^12 of them have never moved").isLessThan(10);
        assertThat(run(Motion.inParts(1, 0.5, 3), 12).get(3)).isEqualTo(seen.get(3));
        assertThat(run(Motion.inParts(1, 0.5, 4), 12).get(3)).isNotEqualTo(seen.get(3));
    }

    /** With η = 3 a unit goes from 1 to -2: four times its energy. */
    @Test
    void aStepThatRaisesTheEnergyIsTakenBack() {
        assertThat(run(Motion.inParts(3, 0.5, 3), 4))
                .allSatisfy(values -> assertThat(values).containsOnly(1));
    }

    @Test
    void aShareMustBeOne() {
        assertThatThrownBy(() -> Motion.inParts(1, 1.5, 0)).hasMessageContaining("(1.5)");
        assertThatThrownBy(() -> Motion.inParts(-1, 0.5, 0)).hasMessageContaining("-1.0");
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
