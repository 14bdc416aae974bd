package dev.engram.experiments.training;

import dev.engram.experiments.frame.About;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import java.util.ArrayList;
import java.util.List;

/** Predictive coding beside backpropagation: the same networks, mini-batches and first weights, by every method, over seeds. */
public final class TrainingSuite implements Experiment {
    static final String PART = "part";
    static final String NETWORK = "network";
    static final String METHOD = "method";
    static final String SEED = "seed";
    static final String TRAINING = "methods";
    static final String STEPS = "gradients by steps";
    static final String DEPTH = "depth";
    static final String CURVATURE = "curvature";

    @Override
    public About about() {
        return About.of(
                "training",
                "Training by predictive coding beside backpropagation",
                "One network, the same first weights and mini-batches from every seed, and one thing that differs: where the gradients come from. Beside each accuracy stand its standard error over the seeds, a paired test of a difference from backpropagation and one of equivalence, the angle and length of each layer's gradient, and what it costs.",
                "MNIST. Of the examples read, 15 % are drawn to choose the epoch by; test examples are looked at once, in the end. The steps of inference are counted as moves of the values: implementations that count the step which only sets the first error call 9 of ours 10. What Torch2PC calls strict takes the mean loss of a mini-batch against sums of the other energies; here that is a loss which counts 1/batch times (strict, mean loss), beside strict inference with the loss as it is.",
                "The quick profile has fewer examples and updates, and does not reach what is said of whole trainings.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        List<Cell> cells = new ArrayList<>();
        Plans.steps()
                .forEach((name, schedule) -> cells.add(read(
                                Cell.of(
                                        CellSetting.of(PART, STEPS)
                                                .with(NETWORK, Plans.LENET)
                                                .with(METHOD, name),
                                        bench -> new StepsCell(bench, LeNet::build, Digits::draw, Plans.LENET_BATCH)
                                                .run(schedule)),
                                2000)
                        .withCost(4)));
        List<Plans.Seeded> plans = Plans.of(profile);
        int seeds = plans.stream().mapToInt(Plans.Seeded::seeds).max().orElse(0);
        for (int number = 0;
                number < seeds;
                number++) { // so that a run that is stopped has as many seeds of every method
            for (Plans.Seeded seeded : plans) {
                if (number < seeded.seeds()) {
                    cells.add(cell(seeded.plan(), number));
                }
            }
        }
        return cells;
    }

    private static Cell cell(Plan plan, int number) {
        CellSetting setting = CellSetting.of(PART, plan.part())
                .with(NETWORK, plan.network())
                .with(METHOD, plan.method())
                .with(SEED, number);
        int examples = plan.train() == 0 ? 60_000 : plan.train();
        int updates = plan.batches() > 0 ? plan.batches() : plan.epochs() * examples / plan.batch();
        return read(Cell.of(setting, bench -> new TrialCell(bench, plan, Digits::draw, number).run()), plan.train())
                .withOption("plan", plan.options())
                .withCost(1e-4 * updates * plan.batch() * (2 + plan.method().passes()));
    }

    private static Cell read(Cell cell, int train) {
        return cell.withData(DataSet.MNIST, train).withData(DataSet.MNIST_TEST, 0);
    }

    @Override
    public List<Claim> claims(Results results) {
        return new TrainingClaims(results).all();
    }

    @Override
    public void render(HtmlPage page, Results results) {
        new TrainingReport(page, results).render();
    }
}
