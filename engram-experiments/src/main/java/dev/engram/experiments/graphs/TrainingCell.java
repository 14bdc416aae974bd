package dev.engram.experiments.graphs;

import dev.engram.experiments.frame.Workbench;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameter;
import dev.engram.graph.Parameters;
import dev.engram.graph.inference.Backpropagation;
import dev.engram.graph.inference.GraphInference;
import dev.engram.graph.training.GraphTrainer;
import dev.engram.graph.training.Metrics;
import dev.engram.graph.training.TrainingProgress;
import dev.engram.graph.training.TrainingState;
import dev.engram.linalg.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A network trained from a seed, its gradients by predictive coding or by backpropagation. */
final class TrainingCell {
    static final String ACCURACY = "test accuracy";
    static final String LOSS = "test loss per example";
    static final String START_LOSS = "test loss per example before training";
    static final String SPACING = "mini-batches between points";
    static final String DIVERGENCE = "divergence of ";
    static final int TIMED_BATCHES = 8;

    private final Workbench bench;
    private final TrainingTask task;
    private final Training training;
    private final Training.Credit credit;
    private final long seed;
    private final GraphTrainer trainer;
    private final Observations probe;
    private final Map<String, List<Double>> curves = new LinkedHashMap<>();

    TrainingCell(Workbench bench, TrainingTask task, Training training, Training.Credit credit, long seed) {
        this.bench = bench;
        this.task = task;
        this.training = training;
        this.credit = credit;
        this.seed = seed;
        this.trainer = trainer(training.epochs());
        this.probe = task.train().rows(first(training.batch()));
    }

    private GraphTrainer trainer(int epochs) {
        return GraphTrainer.of(training.by(credit), training.optimiser(), training.batch(), epochs)
                .withLinearAlgebra(bench.la());
    }

    private int[] first(int count) {
        return IntStream.range(0, Math.min(count, task.train().batch())).toArray();
    }

    void run() {
        TrainingState state = trainer.begin(task.network().graph(), Precision.FLOAT, seed);
        time(state);
        int batches = (task.train().batch() + training.batch() - 1) / training.batch() * training.epochs();
        int every = Math.max(1, batches / training.looks());
        Parameters fresh = Parameters.of(task.network().graph(), Precision.FLOAT, state.parameters());
        bench.measure(bench.setting(), START_LOSS, look(fresh).loss());
        GraphTrainer.Result result = trainer.train(task.network().graph(), state, task.train(), progress -> {
            bench.requireGoingOn();
            if (number(progress) % every == 0) {
                look(progress.parameters());
            }
            return true;
        });
        Metrics end = trainer.evaluate(result.parameters(), task.test());
        bench.measure(bench.setting(), ACCURACY, end.accuracy());
        bench.measure(bench.setting(), LOSS, end.loss());
        bench.measure(bench.setting(), SPACING, every);
        bench.curves(curves);
    }

    private static int number(TrainingProgress progress) {
        return (progress.epoch() - 1) * progress.batches() + progress.batch();
    }

    /** Mini-batches by themselves, with nothing looked at; the first, untimed ones warm up. */
    private void time(TrainingState state) {
        Observations few = task.train().rows(first(TIMED_BATCHES * training.batch()));
        trainer(1).train(task.network().graph(), state, few, progress -> goesOn());
        bench.timed(bench.setting(), "seconds for %d mini-batches".formatted(TIMED_BATCHES), () -> trainer(1)
                .train(task.network().graph(), state, few, progress -> goesOn()));
    }

    private boolean goesOn() {
        bench.requireGoingOn();
        return true;
    }

    private Metrics look(Parameters parameters) {
        Metrics metrics = trainer.evaluate(parameters, task.test());
        add(ACCURACY, metrics.accuracy());
        add(LOSS, metrics.loss());
        if (credit == Training.Credit.PREDICTIVE_CODING) {
            diverge(parameters);
        }
        return metrics;
    }

    /** Both gradients of the first mini-batch at the present weights. */
    private void diverge(Parameters parameters) {
        Parameters found = GraphInference.of(parameters, training.schedule())
                .withLinearAlgebra(bench.la())
                .run(probe)
                .parameterForces();
        Parameters reference = Backpropagation.of(bench.la(), parameters, probe).parameterForces();
        for (Parameter parameter : task.network().graph().parameters()) {
            add(DIVERGENCE + parameter.name(), Differences.relative(found, reference, parameter));
        }
    }

    private void add(String curve, double value) {
        curves.computeIfAbsent(curve, name -> new ArrayList<>()).add(value);
    }
}
