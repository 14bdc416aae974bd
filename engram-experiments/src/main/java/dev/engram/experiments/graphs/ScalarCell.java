package dev.engram.experiments.graphs;

import dev.engram.experiments.frame.Workbench;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameter;
import dev.engram.graph.Parameters;
import dev.engram.graph.inference.Backpropagation;
import dev.engram.graph.inference.GraphInference;
import dev.engram.graph.inference.Schedule;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.List;
import java.util.Objects;

/** The paper's graph of single numbers: y1 = 2 y0, y2 = √y1, y3 = y0², y4 = tan y2 + sin y3 at y0 = 5, target 1; in double precision. */
final class ScalarCell {
    static final String VALUE = "y4";
    static final String SLOPE = "dL/dy0 by reverse mode";
    static final String DIFFERENCE = "|PC - BP| of dL/dy0";
    static final String ETA = "eta";
    static final String STEPS = "steps";
    static final List<Double> ETAS = List.of(0.02, 0.1, 1.0);
    static final List<Integer> STEP_COUNTS = List.of(3, 100, 500);

    private ScalarCell() {}

    static void run(Workbench bench) {
        GraphBuilder g = new GraphBuilder();
        Parameter y0 = g.parameter("y0", Initialiser.constant(5));
        Node y1 = g.value("y1", g.scale(g.broadcast(y0), 2));
        Node y2 = g.value("y2", g.sqrt(y1));
        Node y3 = g.value("y3", g.square(g.broadcast(y0)));
        Node y4 = g.value("y4", g.add(g.tan(y2), g.sin(y3)));
        Parameters parameters = g.build().initialise(bench.seed(), Precision.DOUBLE);
        Observations target = Observations.of(y4, Tensor.wrap(new double[] {1}, 1));
        GraphInference forward =
                GraphInference.of(parameters, Schedule.fixedPrediction(1, 0)).withLinearAlgebra(bench.la());
        bench.measure(
                bench.setting(),
                VALUE,
                1 - Objects.requireNonNull(forward.run(target).errors().get(y4)).get(0));
        double force = Backpropagation.of(bench.la(), parameters, target)
                .parameterForces()
                .get(y0)
                .get(0);
        bench.measure(bench.setting(), SLOPE, -force);
        for (double eta : ETAS) {
            for (int steps : STEP_COUNTS) {
                double found = GraphInference.of(parameters, Schedule.stepwiseFixedPrediction(eta, steps))
                        .withLinearAlgebra(bench.la())
                        .run(target)
                        .parameterForces()
                        .get(y0)
                        .get(0);
                bench.measure(bench.setting().with(ETA, eta).with(STEPS, steps), DIFFERENCE, Math.abs(found - force));
            }
        }
    }
}
