package dev.engram.experiments.training;

import dev.engram.experiments.frame.Workbench;
import dev.engram.graph.FeedForwardGraph;
import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.inference.Backpropagation;
import dev.engram.graph.inference.Curvature;
import dev.engram.graph.inference.GraphInference;
import dev.engram.graph.inference.GraphObserver;
import dev.engram.graph.inference.GraphSession;
import dev.engram.graph.inference.Schedule;
import dev.engram.graph.training.GraphTrainer;
import dev.engram.graph.training.TrainingProgress;
import dev.engram.graph.training.TrainingState;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One training from one seed: how well it does on the test examples, what it costs, and how its gradients lie in the end. */
final class TrialCell {
    static final String ACCURACY = "test accuracy";
    static final String MACRO_F1 = "test macro-F1";
    static final String EPOCHS = "epochs";
    static final String UPDATES = "updates";
    static final String EXAMPLES = "examples to learn from";
    static final String PASSES = "passes over the graph";
    static final String COSINE = "cosine to backpropagation";
    static final String RATIO = "norm over backpropagation's";
    static final String LAYER = "layer";
    static final String CHOSEN = "macro-F1 on the examples to choose by";
    static final String CURVATURE = "largest curvature";
    static final String RISE = "largest rise of the energy in a step";
    static final String LEFT = "energy left";
    static final int TIMED = 4;
    static final String BATCHES = "seconds for %d mini-batches".formatted(TIMED);
    static final String INFERENCES = "seconds for inference on %d mini-batches".formatted(TIMED);
    private static final int PROBE = 64;
    private static final int ITERATIONS = 30;
    private static final int LOOKS = 10; // where there is but one epoch
    private static final int CHOSEN_BY = 2000; // examples, at a look within an epoch

    private final Workbench bench;
    private final Plan plan;
    private final int number;
    private final long seed;
    private final FeedForwardGraph net;
    private final Digits digits;
    private final GraphTrainer trainer;
    private final Map<String, List<Double>> curves = new LinkedHashMap<>();
    private Map<String, Tensor> best = Map.of();
    private double bestChosen = -1;
    private int sinceBest;

    /** @param number of the seed; with the first one mini-batches are timed */
    TrialCell(Workbench bench, Plan plan, Digits.Source source, int number) {
        this.bench = bench;
        this.plan = plan;
        this.number = number;
        this.seed = bench.seed() + number;
        this.net = plan.graph().get();
        this.digits = source.draw(bench, net, plan.look(), plan.chosenBy(), seed);
        this.trainer = trainer(plan.epochs());
    }

    private GraphTrainer trainer(int epochs) {
        return GraphTrainer.of(plan.method().credit(), plan.optimiser(), plan.batch(), epochs)
                .withLinearAlgebra(bench.la());
    }

    void run() {
        TrainingState start = trainer.begin(net.graph(), Precision.FLOAT, seed);
        if (number == 0) {
            time(start);
        }
        GraphTrainer.Result result = trainer.train(net.graph(), start, digits.train(), progress -> {
            bench.requireGoingOn();
            return goesOn(progress);
        });
        Parameters end = best.isEmpty() ? result.parameters() : Parameters.of(net.graph(), Precision.FLOAT, best);
        Confusion confusion = Confusion.of(bench.la(), net, end, digits.test());
        bench.measure(bench.setting(), ACCURACY, confusion.accuracy());
        bench.measure(bench.setting(), MACRO_F1, confusion.macroF1());
        int updates =
                result.state().epoch() * batchesOfAnEpoch() + result.state().batch();
        bench.measure(bench.setting(), UPDATES, updates);
        bench.measure(bench.setting(), EXAMPLES, digits.train().batch());
        bench.measure(bench.setting(), EPOCHS, (double) updates / batchesOfAnEpoch());
        bench.measure(bench.setting(), PASSES, (double) updates * plan.method().passes());
        compareGradients(end);
        if (curves.containsKey(RISE)) {
            bench.measure(bench.setting(), RISE, Collections.max(curves.get(RISE)));
        }
        bench.curves(curves);
    }

    private int batchesOfAnEpoch() {
        return (digits.train().batch() + plan.batch() - 1) / plan.batch();
    }

    private boolean goesOn(TrainingProgress progress) {
        int done = (progress.epoch() - 1) * progress.batches() + progress.batch();
        boolean isLast = done == plan.batches();
        if (progress.batch() == progress.batches() && plan.patience() > 0) {
            look(progress.parameters(), digits.validation());
            return sinceBest < plan.patience() && !isLast;
        }
        int all = plan.batches() > 0 ? plan.batches() : plan.epochs() * progress.batches();
        if (plan.patience() == 0 && (done % Math.max(1, all / LOOKS) == 0 || isLast)) {
            look(progress.parameters(), some(digits.validation(), CHOSEN_BY));
        }
        return !isLast;
    }

    private void look(Parameters parameters, Observations chosenBy) {
        double chosen = Confusion.of(bench.la(), net, parameters, chosenBy).macroF1();
        add(CHOSEN, chosen);
        if (plan.curvatures()) {
            add(CURVATURE, curvature(parameters));
            watch(parameters);
        }
        if (plan.patience() > 0) {
            sinceBest++;
            if (chosen > bestChosen) {
                bestChosen = chosen;
                best = parameters.snapshot();
                sinceBest = 0;
            }
        }
    }

    /** The largest of some examples, after the feed-forward pass: of E over its values, with the output clamped. */
    private double curvature(Parameters parameters) {
        Observations probe = some(digits.train(), PROBE);
        GraphEvaluation evaluation = new GraphEvaluation(bench.la(), parameters, probe.batch(), probe.nodes());
        new GraphSession(evaluation, Schedule.strict(1, 0)).run(probe, Map.of(), GraphObserver.NONE);
        return Arrays.stream(Curvature.largest(evaluation, ITERATIONS)).max().orElse(Double.NaN);
    }

    /** Whether the energy of some examples falls in inference, step by step. */
    private void watch(Parameters parameters) {
        plan.method().schedule().ifPresent(schedule -> {
            List<Double> energies = new ArrayList<>();
            GraphInference.of(parameters, schedule)
                    .withLinearAlgebra(bench.la())
                    .withObserver(step -> energies.add(step.totalEnergy()))
                    .run(some(digits.train(), PROBE));
            double rise = 0;
            for (int t = 1; t < energies.size(); t++) {
                rise = Math.max(rise, energies.get(t) / energies.get(t - 1) - 1);
            }
            add(RISE, rise);
            add(LEFT, energies.get(energies.size() - 1) / energies.get(0));
        });
    }

    private static Observations some(Observations data, int count) {
        return data.rows(IntStream.range(0, Math.min(count, data.batch())).toArray());
    }

    /** On the first examples to learn from, as many as a mini-batch has. */
    private void compareGradients(Parameters parameters) {
        plan.method().schedule().ifPresent(schedule -> {
            Observations probe = some(digits.train(), plan.batch());
            Parameters reference =
                    Backpropagation.of(bench.la(), parameters, probe).parameterForces();
            Parameters found = GraphInference.of(parameters, schedule)
                    .withLinearAlgebra(bench.la())
                    .run(probe)
                    .parameterForces();
            LayerGradients.of(found, reference).forEach((layer, gradients) -> {
                bench.measure(bench.setting().with(LAYER, layer), COSINE, gradients.cosine());
                bench.measure(bench.setting().with(LAYER, layer), RATIO, gradients.ratio());
            });
        });
    }

    /** Mini-batches by themselves, and the inference on them; the first, untimed ones warm up. */
    private void time(TrainingState start) {
        Observations few = some(digits.train(), TIMED * plan.batch());
        trainer(1).train(net.graph(), start, few, progress -> bench.goesOn());
        bench.timed(
                bench.setting(), BATCHES, () -> trainer(1).train(net.graph(), start, few, progress -> bench.goesOn()));
        plan.method().schedule().ifPresent(schedule -> {
            Parameters parameters = Parameters.of(net.graph(), Precision.FLOAT, start.parameters());
            Observations one = some(few, plan.batch());
            GraphSession session =
                    new GraphSession(new GraphEvaluation(bench.la(), parameters, one.batch(), one.nodes()), schedule);
            bench.timed(bench.setting(), INFERENCES, () -> {
                for (int i = 0; i < TIMED; i++) {
                    session.run(one, Map.of(), GraphObserver.NONE);
                }
                return session;
            });
        });
    }

    private void add(String curve, double value) {
        curves.computeIfAbsent(curve, name -> new ArrayList<>()).add(value);
    }
}
