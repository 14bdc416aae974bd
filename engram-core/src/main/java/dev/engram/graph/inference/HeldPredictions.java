package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Parameters;
import dev.engram.graph.Sweep;
import dev.engram.graph.op.ExampleRange;
import dev.engram.inference.Status;
import dev.engram.linalg.Cancellation;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@link FixedPrediction} at work: the errors move, values and predictions stay. Steps are summed in fewer passes where that is possible
 * ({@link SummedSteps}), with the same result up to rounding.
 */
final class HeldPredictions implements Settling {
    private final GraphEvaluation evaluation;
    private final FixedPrediction schedule;
    private final Sweep toNodes;
    private final LastSweep last;
    private final Relaxation relaxation;
    private final Optional<SummedSteps> summed;

    HeldPredictions(GraphEvaluation evaluation, FixedPrediction schedule) {
        Checks.feedForward(evaluation, "Fixed predictions");
        Checks.gaussian(evaluation, "Fixed predictions");
        this.evaluation = evaluation;
        this.schedule = schedule;
        this.toNodes = evaluation.sweepTo(Set.copyOf(evaluation.inferred()));
        this.relaxation = new Relaxation(evaluation);
        this.last = new LastSweep(evaluation, relaxation);
        this.summed = schedule.isStepwise()
                ? Optional.empty()
                : Optional.of(new SummedSteps(evaluation, schedule, toNodes)).filter(SummedSteps::pays);
    }

    @Override
    public Settled run(GraphObserver observer, Consumer<Sweep> onForces) {
        Optional<SummedSteps> all = summed.filter(steps -> !evaluation.beginsElsewhere());
        if (all.isEmpty() || observer != GraphObserver.NONE) {
            return oneByOne(all.filter(SummedSteps::canBeWatched), observer);
        }
        evaluation.inLanes(examples -> {
            evaluation.feedForwardAndMeasure(examples);
            all.get().run(examples);
        });
        return last.finish(schedule.steps(), Status.STEPS_USED);
    }

    private Settled oneByOne(Optional<SummedSteps> watched, GraphObserver observer) {
        evaluation.inLanes(evaluation::feedForwardAndMeasure);
        watched.ifPresent(SummedSteps::rewind);
        watched.ifPresent(all -> evaluation.inLanes(all::begin));
        int done = 0;
        boolean goesOn = last.observe(observer, 0);
        if (observer == GraphObserver.NONE) {
            evaluation.inLanes(examples -> {
                for (int t = 0; t < schedule.steps(); t++) {
                    step(examples);
                }
            });
            done = schedule.steps();
        }
        while (goesOn && done < schedule.steps()) {
            watched.ifPresent(SummedSteps::advance);
            evaluation.inLanes(
                    watched.<Consumer<ExampleRange>>map(all -> all::show).orElse(this::step));
            done++;
            goesOn = last.observe(observer, done);
        }
        return last.finish(done, goesOn ? Status.STEPS_USED : Status.CANCELLED);
    }

    private void step(ExampleRange examples) {
        Cancellation.requireGoingOn();
        toNodes.run(examples);
        relaxation.moveErrors(schedule.eta(), examples);
    }

    @Override
    public void parameterForces(Parameters forces) {
        last.parameterForces(forces);
    }

    @Override
    public void adoptValues() {
        evaluation.inLanes(relaxation::adoptErrors);
    }
}
