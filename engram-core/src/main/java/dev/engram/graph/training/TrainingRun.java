package dev.engram.graph.training;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.inference.Backpropagation;
import dev.engram.graph.inference.GraphObserver;
import dev.engram.graph.inference.GraphSession;
import dev.engram.graph.inference.Schedule;
import java.util.HashMap;
import java.util.Map;

/** The working memory of one training: one evaluation for each size of mini-batch (the usual one, and that of an epoch's last). */
final class TrainingRun {
    private final GraphTrainer trainer;
    private final Parameters parameters;
    private final Parameters forces;
    private final GraphUpdate update;
    private final Map<Integer, Learner> learners = new HashMap<>();
    private boolean diverged;

    /** Learns from one mini-batch, with masks from a seed, and adds what it saw to both tallies. */
    private interface Learner {
        void learn(Observations batch, long masks, Tally mine, Tally epoch);
    }

    TrainingRun(GraphTrainer trainer, Parameters parameters, GraphUpdate update) {
        this.trainer = trainer;
        this.parameters = parameters;
        this.forces = Parameters.zeros(parameters.graph(), parameters.precision());
        this.update = update;
    }

    /** One mini-batch; where it {@link #diverged}, everything is as it was before. */
    Metrics learn(Observations batch, long masks, Tally epoch) {
        Tally mine = new Tally();
        update.remember();
        learners.computeIfAbsent(batch.batch(), size -> learner(batch)).learn(batch, masks, mine, epoch);
        diverged |= !update.isFinite();
        if (diverged) {
            update.goBack();
        }
        return mine.metrics();
    }

    private Learner learner(Observations like) {
        GraphEvaluation evaluation = new GraphEvaluation(trainer.la(), parameters, like);
        if (trainer.credit() instanceof CreditAssignment.PredictiveCoding pc) {
            return byInference(new GraphSession(evaluation, pc.schedule()), pc.schedule());
        }
        Backpropagation backpropagation = new Backpropagation(evaluation);
        return (observations, masks, mine, epoch) -> {
            evaluation.draw(masks);
            backpropagation.run(observations, forces);
            mine.addForward(evaluation);
            epoch.addForward(evaluation);
            mine.addEnergy(evaluation);
            epoch.addEnergy(evaluation);
            update(like.batch());
        };
    }

    private Learner byInference(GraphSession session, Schedule schedule) {
        GraphEvaluation evaluation = session.evaluation();
        boolean holdsPredictions = schedule.holdsPredictions();
        return (observations, masks, mine, epoch) -> {
            evaluation.draw(masks);
            Runnable look = () -> {
                mine.addForward(evaluation);
                epoch.addForward(evaluation);
            };
            session.run(
                    observations,
                    Map.of(),
                    holdsPredictions
                            ? GraphObserver.NONE
                            : step -> {
                                if (step.step() == 0) {
                                    look.run();
                                }
                                return true;
                            },
                    sweep -> {
                        sweep.parameterForces(forces);
                        update(evaluation.batch());
                    });
            if (holdsPredictions) { // still those of the feed-forward pass
                look.run();
            }
            mine.addEnergy(evaluation);
            epoch.addEnergy(evaluation);
            if (!schedule.movesParameters()) {
                session.parameterForces(forces);
                update(evaluation.batch());
            }
        };
    }

    private void update(int batch) {
        diverged |= !forces.isFinite();
        if (!diverged) {
            update.apply(forces, batch);
        }
    }

    /** Whether a force, or what became of a parameter, was not finite; nothing is updated from then on. */
    boolean diverged() {
        return diverged;
    }
}
