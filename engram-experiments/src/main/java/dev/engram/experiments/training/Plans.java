package dev.engram.experiments.training;

import dev.engram.experiments.frame.Profile;
import dev.engram.graph.FeedForwardGraph;
import dev.engram.graph.Mlp;
import dev.engram.graph.NodeEnergy;
import dev.engram.graph.inference.AugmentedLagrangian;
import dev.engram.graph.inference.Motion;
import dev.engram.graph.inference.Nudged;
import dev.engram.graph.inference.Schedule;
import dev.engram.graph.op.Operations;
import dev.engram.optimiser.Optimiser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** What is trained, in either profile. */
final class Plans {
    static final String LENET = "LeNet";
    static final String DEEP = "30 x 128, residual";
    static final String DEEP_MU_PC = "30 x 128, μPC";
    static final String TEN = "10 x 128";
    static final String THREE = "3 x 300";
    static final String SMALL = "784-256-64-10";
    static final String MULTIPLIERS = "32 x 32, μPC";
    static final String DEEPEST = "128 x 64, residual";
    static final String DEEPEST_MU_PC = "128 x 64, μPC";
    static final String STEEP = "784-128-128-10";
    static final int LENET_BATCH = 256;
    static final double FIXED_ETA = 0.1;
    static final int FIXED_STEPS = 9;
    static final double STRICT_ETA = 0.05;
    static final int STRICT_STEPS = 19;
    private static final int DEEP_BATCH = 64;
    private static final double DEEP_ETA =
            0.5 / DEEP_BATCH; // jpc's 0.5 is of an energy that is a mean over 64 examples
    static final int DEEPEST_BATCHES = 3 * 51_000 / DEEP_BATCH;
    private static final int INPUTS = 784;

    /** A plan, and from how many seeds. */
    record Seeded(Plan plan, int seeds) {}

    private final boolean isFull;
    private final List<Seeded> plans = new ArrayList<>();

    private Plans(Profile profile) {
        this.isFull = profile == Profile.FULL;
    }

    static List<Seeded> of(Profile profile) {
        Plans plans = new Plans(profile);
        plans.depth();
        plans.curvature();
        plans.methods();
        return plans.plans;
    }

    static Method fixedPrediction() {
        return Method.fixedPrediction(FIXED_ETA, FIXED_STEPS);
    }

    static Method strictOfMeanLoss() {
        return Method.strictOfMeanLoss(STRICT_ETA, STRICT_STEPS, LENET_BATCH);
    }

    private void methods() {
        for (Method method : List.of(Method.BACKPROPAGATION, Method.EXACT, fixedPrediction(), strictOfMeanLoss())) {
            lenet(method, isFull ? 10 : 5);
        }
        lenet(Method.strict(STRICT_ETA, STRICT_STEPS), 5);
        lenet(Method.errorBased(FIXED_ETA, FIXED_STEPS), 5);
        lenet(Method.incremental(STRICT_ETA, STRICT_STEPS), isFull ? 5 : 0);
    }

    private void lenet(Method method, int seeds) {
        Plan plan = new Plan(
                TrainingSuite.TRAINING,
                LENET,
                LeNet::build,
                Digits.Look.PADDED,
                method,
                Optimiser.adam(1e-3),
                LENET_BATCH,
                isFull ? 10 : 2,
                isFull ? 0 : 1600,
                Digits.CHOSEN_BY,
                0,
                3,
                false);
        plans.add(new Seeded(plan, seeds));
    }

    private void depth() {
        Optimiser adam = Optimiser.adam(1e-3);
        Optimiser muPcAdam = Optimiser.adam(0.1);
        Mlp deep = Mlp.residual(INPUTS, 128, 30, Digits.CLASSES);
        int batches = isFull ? 900 : 60;
        deep(DEEP_MU_PC, deep.muPc()::build, Method.strict(DEEP_ETA, 30), muPcAdam, batches);
        deep(DEEP, deep::build, Method.strict(DEEP_ETA, 30), adam, batches);
        Supplier<FeedForwardGraph> ten = Mlp.of(INPUTS, 128, 128, 128, 128, 128, 128, 128, 128, 128, Digits.CLASSES)
                .withValues(Mlp.Values.BEFORE_ACTIVATION)::build;
        int tenBatches = isFull ? 300 : 100;
        deep(TEN, ten, Method.BACKPROPAGATION, adam, tenBatches);
        deep(TEN, ten, Method.errorBased(0.5, 10), adam, tenBatches);
        deep(TEN, ten, Method.strict(0.5, 10), adam, tenBatches);
        Supplier<FeedForwardGraph> three =
                Mlp.of(INPUTS, 300, 300, Digits.CLASSES).withValues(Mlp.Values.BEFORE_ACTIVATION)::build;
        deep(THREE, three, Method.BACKPROPAGATION, adam, tenBatches);
        deep(THREE, three, Method.strict(0.1, 20), adam, tenBatches);
        multipliers();
        if (isFull) {
            Mlp deepest = Mlp.residual(INPUTS, 64, 128, Digits.CLASSES);
            Method errorBased = Method.errorBased(0.005, 5);
            deep(DEEPEST_MU_PC, deepest.muPc()::build, errorBased, Optimiser.adam(0.005), DEEPEST_BATCHES);
            deep(DEEPEST, deepest::build, errorBased, adam, DEEPEST_BATCHES);
            small();
        }
    }

    private void multipliers() {
        Mlp net = Mlp.residual(INPUTS, 32, 32, Digits.CLASSES).muPc();
        Optimiser adam = Optimiser.adam(0.03);
        int rounds = 64;
        int batches = isFull ? 51_000 / DEEP_BATCH : 40;
        deep(MULTIPLIERS, net::build, Method.BACKPROPAGATION, adam, batches);
        deep(MULTIPLIERS, net::build, Method.strict(0.1, rounds), adam, batches);
        Schedule multipliers = new AugmentedLagrangian(Motion.gradient(0.1), rounds, 1, 0.3);
        deep(MULTIPLIERS, net::build, Method.of("augmented Lagrangian", multipliers, rounds + 1), adam, batches);
    }

    private void deep(
            String network, Supplier<FeedForwardGraph> graph, Method method, Optimiser optimiser, int batches) {
        Plan plan = new Plan(
                TrainingSuite.DEPTH,
                network,
                graph,
                Digits.Look.STANDARDISED,
                method,
                optimiser,
                DEEP_BATCH,
                4,
                isFull ? 0 : 8000,
                Digits.CHOSEN_BY,
                batches,
                0,
                false);
        plans.add(new Seeded(plan, 1));
    }

    /** As FabricPC trains it: by all examples but a thousand to look at meanwhile, to the last epoch. */
    private void small() {
        Mlp net = Mlp.of(INPUTS, 256, 64, Digits.CLASSES)
                .withActivation(Operations.sigmoid())
                .withOutput(NodeEnergy.CATEGORICAL);
        for (Method method : List.of(Method.BACKPROPAGATION, Method.strict(0.05, 20))) {
            Plan plan = new Plan(
                    TrainingSuite.DEPTH,
                    SMALL,
                    net::build,
                    Digits.Look.STANDARDISED,
                    method,
                    Optimiser.adamW(1e-3, 0.1),
                    200,
                    20,
                    0,
                    1.0 / 60,
                    0,
                    0,
                    false);
            plans.add(new Seeded(plan, 1));
        }
    }

    /** Weights that grow fast, and steps of the values that were short enough at first. */
    private void curvature() {
        Supplier<FeedForwardGraph> net =
                Mlp.of(INPUTS, 128, 128, Digits.CLASSES).withValues(Mlp.Values.BEFORE_ACTIVATION)::build;
        Method adaptive = Method.of("step from the curvature", Schedule.strict(Motion.byCurvature(), 20), 32);
        for (Method method : List.of(Method.strict(0.3, 20), adaptive)) {
            Plan plan = new Plan(
                    TrainingSuite.CURVATURE,
                    STEEP,
                    net,
                    Digits.Look.STANDARDISED,
                    method,
                    Optimiser.adam(1e-2),
                    DEEP_BATCH,
                    4,
                    isFull ? 0 : 8000,
                    Digits.CHOSEN_BY,
                    isFull ? 2000 : 150,
                    0,
                    true);
            plans.add(new Seeded(plan, 1));
        }
    }

    /** Schedules by the number of their steps, to be set beside backpropagation at the first weights. */
    static Map<String, IntFunction<Schedule>> steps() {
        Map<String, IntFunction<Schedule>> schedules = new LinkedHashMap<>();
        schedules.put("fixed prediction", steps -> Schedule.fixedPrediction(FIXED_ETA, steps));
        schedules.put("strict", steps -> Schedule.strict(STRICT_ETA, steps));
        schedules.put(
                "strict, mean loss",
                steps -> Schedule.nudged(1.0 / LENET_BATCH, Nudged.Side.POSITIVE, Schedule.strict(STRICT_ETA, steps)));
        schedules.put("error-based", steps -> Schedule.errorBased(FIXED_ETA, steps));
        schedules.put(
                "augmented Lagrangian", steps -> new AugmentedLagrangian(Motion.gradient(FIXED_ETA), steps, 1, 0.5));
        return schedules;
    }
}
