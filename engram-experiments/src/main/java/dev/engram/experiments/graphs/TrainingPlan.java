package dev.engram.experiments.graphs;

import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Workbench;
import dev.engram.graph.NodeEnergy;
import dev.engram.optimiser.Optimiser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A plan of trainings: which network on which data, from how many seeds, by predictive coding and by backpropagation.
 *
 * @param network as the report names it
 * @param named the data set the report names
 * @param data how many examples of each data set are read; 0 for all
 * @param cost of one training compared with others, about
 */
record TrainingPlan(
        String network,
        DataSet named,
        Map<DataSet, Integer> data,
        int seeds,
        Training training,
        double cost,
        Function<Workbench, TrainingTask> task) {
    private static final double ADAM = 1e-3;
    private static final double PAPER_RATE = 2.5e-4 * Graphs.BATCH;

    static List<TrainingPlan> of(Profile profile) {
        return profile == Profile.FULL ? full() : quick();
    }

    private static List<TrainingPlan> quick() {
        Optimiser adam = Optimiser.adam(ADAM);
        List<TrainingPlan> plans = new ArrayList<>();
        Training cifar = new Training(adam, Graphs.BATCH, 4, Graphs.CNN_STEPS, 8);
        plans.add(cifar(Graphs.CNN, Graphs.SEEDS, cifar, 1500, 500, NodeEnergy.GAUSSIAN));
        plans.add(cifar(Graphs.CNN_CROSS_ENTROPY, 1, cifar, 1500, 500, NodeEnergy.CATEGORICAL));
        Training mnist = new Training(adam, Graphs.BATCH, 1, Graphs.CNN_STEPS, 8);
        plans.add(mnist(Graphs.CNN, Graphs.SEEDS, mnist, 20_000, 5_000, NodeEnergy.GAUSSIAN));
        Training names = new Training(adam, Graphs.BATCH, 2, Graphs.RNN_STEPS, 8);
        plans.add(names(names, 6_000));
        Training text = new Training(Optimiser.adam(1e-2), Graphs.BATCH, 1, Graphs.LSTM_STEPS, 8);
        plans.add(shakespeare(Graphs.LSTM, text, 96 * Graphs.BATCH, 128, 128));
        return plans;
    }

    private static List<TrainingPlan> full() {
        Optimiser adam = Optimiser.adam(ADAM);
        List<TrainingPlan> plans = new ArrayList<>();
        Training cifar = new Training(adam, Graphs.BATCH, 20, Graphs.CNN_STEPS, 20);
        plans.add(cifar(Graphs.CNN, Graphs.SEEDS, cifar, 2500, 500, NodeEnergy.GAUSSIAN));
        plans.add(cifar(Graphs.CNN_CROSS_ENTROPY, Graphs.SEEDS, cifar, 2500, 500, NodeEnergy.CATEGORICAL));
        Training mnist = new Training(adam, Graphs.BATCH, 4, Graphs.CNN_STEPS, 20);
        plans.add(mnist(Graphs.CNN, Graphs.SEEDS, mnist, 60_000, 10_000, NodeEnergy.GAUSSIAN));
        plans.add(mnist(Graphs.CNN_CROSS_ENTROPY, Graphs.SEEDS, mnist, 60_000, 10_000, NodeEnergy.CATEGORICAL));
        Training plain = new Training(Optimiser.sgd(PAPER_RATE), Graphs.BATCH, 4, Graphs.CNN_STEPS, 20);
        plans.add(mnist(Graphs.CNN_PAPER, 1, plain, 60_000, 10_000, NodeEnergy.GAUSSIAN));
        Training names = new Training(adam, 16, 10, Graphs.RNN_STEPS, 20);
        plans.add(names(names, 0));
        Training text = new Training(adam, Graphs.BATCH, 1, Graphs.LSTM_STEPS, 10);
        plans.add(shakespeare(Graphs.LSTM, text, 200 * Graphs.BATCH, 500, 256));
        plans.add(shakespeare(Graphs.LSTM_PAPER, text, 50 * Graphs.BATCH, 500, Graphs.LSTM_HIDDEN));
        return plans;
    }

    private static TrainingPlan cifar(
            String name, int seeds, Training training, int train, int test, NodeEnergy output) {
        return new TrainingPlan(
                name,
                DataSet.CIFAR10,
                Map.of(DataSet.CIFAR10, train + test),
                seeds,
                training,
                1e-4 * train * training.epochs(),
                bench -> TrainingTask.cifar(bench, train, test, output));
    }

    private static TrainingPlan mnist(
            String name, int seeds, Training training, int train, int test, NodeEnergy output) {
        return new TrainingPlan(
                name,
                DataSet.MNIST,
                Map.of(DataSet.MNIST, train, DataSet.MNIST_TEST, test),
                seeds,
                training,
                1e-4 * train * training.epochs(),
                bench -> TrainingTask.mnist(bench, output));
    }

    private static TrainingPlan names(Training training, int train) {
        return new TrainingPlan(
                Graphs.RNN,
                DataSet.NAMES,
                Map.of(DataSet.NAMES, 0),
                1,
                training,
                2e-4 * (train == 0 ? 18_000 : train) * training.epochs(),
                bench -> TrainingTask.names(bench, train, 2_000, Graphs.RNN_HIDDEN));
    }

    private static TrainingPlan shakespeare(String name, Training training, int train, int test, int hidden) {
        return new TrainingPlan(
                name,
                DataSet.SHAKESPEARE,
                Map.of(DataSet.SHAKESPEARE, 0),
                1,
                training,
                1e-6 * train * training.epochs() * hidden * hidden,
                bench -> TrainingTask.shakespeare(bench, Graphs.SEQUENCE, train, test, hidden));
    }

    void addTo(List<Cell> cells) {
        for (int i = 0; i < seeds; i++) {
            for (Training.Credit credit : Training.Credit.values()) {
                cells.add(cell(i, credit));
            }
        }
    }

    private Cell cell(int number, Training.Credit credit) {
        CellSetting setting = CellSetting.of(Graphs.PART, Graphs.TRAINING)
                .with(Graphs.NETWORK, network)
                .with(Graphs.DATA, named.title())
                .with(Graphs.SEED, number)
                .with(Graphs.CREDIT, credit);
        Cell cell = Cell.of(setting, bench -> new TrainingCell(
                                bench, task.apply(bench), training, credit, bench.seed() + number)
                        .run())
                .withOption("training", training)
                .withCost(cost);
        for (Map.Entry<DataSet, Integer> used : data.entrySet()) {
            cell = cell.withData(used.getKey(), used.getValue());
        }
        return cell;
    }
}
