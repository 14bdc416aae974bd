package dev.engram.experiments.graphs;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameter;
import dev.engram.graph.Parameters;
import dev.engram.graph.inference.Backpropagation;
import dev.engram.graph.inference.GraphInference;
import dev.engram.graph.inference.GraphStep;
import dev.engram.graph.inference.Schedule;
import dev.engram.linalg.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weight gradients of predictive coding over inference steps, against those of backpropagation, in a network with its first weights. */
final class GradientCell {
    static final String DIFFERENCE = "largest relative difference";
    static final String CONVERGED = "steps to 1e-3";
    static final String SPACING = "steps between points";
    static final String SCHEDULE = "schedule";
    static final String PAPER = "fixed prediction, the paper's steps";
    static final String EXACT = "exact";
    static final String ONE_BY_ONE = "fixed prediction, eta 1, depth steps";
    static final String STRICT = "strict, the paper's steps";
    static final double ETA = 0.1;
    static final double CLOSE = 1e-3;
    private static final int MOST_STEPS = 3000;

    /**
     * What is compared.
     *
     * @param paperSteps as many inference steps as the paper takes with η = 0.1
     * @param every how many steps from one comparison to the next
     */
    record Subject(Network network, Observations examples, int paperSteps, int every) {}

    private final Workbench bench;
    private final Subject subject;
    private final Parameters parameters;
    private final Parameters reference;

    GradientCell(Workbench bench, Subject subject) {
        this.bench = bench;
        this.subject = subject;
        this.parameters = subject.network().graph().initialise(bench.seed(), Precision.FLOAT);
        this.reference =
                Backpropagation.of(bench.la(), parameters, subject.examples()).parameterForces();
    }

    void run() {
        overSteps();
        compare(EXACT, infer(Schedule.exact()));
        int depth = subject.network().graph().nodes().size() - 2;
        compare(ONE_BY_ONE, infer(Schedule.stepwiseFixedPrediction(1, depth)));
        compare(STRICT, infer(Schedule.strict(ETA, subject.paperSteps())));
    }

    private Parameters infer(Schedule schedule) {
        return new GraphInference(parameters, schedule, step -> goesOn(), bench.la())
                .run(subject.examples())
                .parameterForces();
    }

    private void overSteps() {
        Map<String, List<Double>> curves = new LinkedHashMap<>();
        GraphInference.of(parameters, Schedule.stepwiseFixedPrediction(ETA, MOST_STEPS))
                .withLinearAlgebra(bench.la())
                .withObserver(step -> {
                    if (step.step() % subject.every() == 0 || step.step() == subject.paperSteps()) {
                        return look(step, curves);
                    }
                    return goesOn();
                })
                .run(subject.examples());
        bench.curves(curves);
        bench.measure(bench.setting(), SPACING, subject.every());
    }

    /** Whether to continue: until the paper's steps are done and all parameters are close. */
    private boolean look(GraphStep step, Map<String, List<Double>> curves) {
        Parameters found = step.parameterForces();
        if (step.step() == subject.paperSteps()) {
            compare(PAPER, found);
        }
        for (Parameter parameter : reference.graph().parameters()) {
            curves.computeIfAbsent(parameter.name(), name -> new ArrayList<>())
                    .add(Differences.relative(found, reference, parameter));
        }
        boolean isClose = Differences.relative(found, reference) <= CLOSE;
        if (isClose && step.step() >= subject.paperSteps()) {
            bench.measure(bench.setting(), CONVERGED, step.step());
            return false;
        }
        return goesOn();
    }

    private boolean goesOn() {
        bench.requireGoingOn();
        return true;
    }

    private void compare(String schedule, Parameters found) {
        CellSetting setting = bench.setting().with(SCHEDULE, schedule);
        for (Parameter parameter : reference.graph().parameters()) {
            bench.measure(
                    setting.with("weights", parameter.name()),
                    DIFFERENCE,
                    Differences.relative(found, reference, parameter));
        }
    }
}
