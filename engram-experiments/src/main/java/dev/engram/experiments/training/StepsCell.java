package dev.engram.experiments.training;

import dev.engram.experiments.frame.Workbench;
import dev.engram.graph.FeedForwardGraph;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.inference.Backpropagation;
import dev.engram.graph.inference.GraphEquilibrium;
import dev.engram.graph.inference.GraphInference;
import dev.engram.graph.inference.Schedule;
import dev.engram.linalg.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The gradients of a method on one mini-batch, at a network's first weights, by how many steps inference takes, beside backpropagation's. */
final class StepsCell {
    static final String STEPS = "steps";
    static final String RESIDUAL = "residual";
    static final List<Integer> COUNTS = List.of(1, 2, 5, 9, 19, 50, 100);

    private final Workbench bench;
    private final FeedForwardGraph net;
    private final Digits digits;
    private final int batch;

    StepsCell(Workbench bench, Supplier<FeedForwardGraph> graph, Digits.Source source, int batch) {
        this.bench = bench;
        this.net = graph.get();
        this.digits = source.draw(bench, net, Digits.Look.PADDED, Digits.CHOSEN_BY, bench.seed());
        this.batch = batch;
    }

    void run(IntFunction<Schedule> withSteps) {
        Observations probe = digits.train().rows(IntStream.range(0, batch).toArray());
        Parameters parameters = net.graph().initialise(bench.seed(), Precision.FLOAT);
        Parameters reference = Backpropagation.of(bench.la(), parameters, probe).parameterForces();
        Map<String, List<Double>> curves = new LinkedHashMap<>();
        for (int steps : COUNTS) {
            bench.requireGoingOn();
            GraphEquilibrium found = GraphInference.of(parameters, withSteps.apply(steps))
                    .withLinearAlgebra(bench.la())
                    .run(probe);
            bench.measure(bench.setting().with(STEPS, steps), RESIDUAL, found.residual());
            LayerGradients.of(found.parameterForces(), reference).forEach((layer, gradients) -> {
                curves.computeIfAbsent(TrialCell.COSINE + " " + layer, name -> new ArrayList<>())
                        .add(gradients.cosine());
                curves.computeIfAbsent(TrialCell.RATIO + " " + layer, name -> new ArrayList<>())
                        .add(gradients.ratio());
                bench.measure(
                        bench.setting().with(STEPS, steps).with(TrialCell.LAYER, layer),
                        TrialCell.COSINE,
                        gradients.cosine());
                bench.measure(
                        bench.setting().with(STEPS, steps).with(TrialCell.LAYER, layer),
                        TrialCell.RATIO,
                        gradients.ratio());
            });
        }
        bench.curves(curves);
    }
}
