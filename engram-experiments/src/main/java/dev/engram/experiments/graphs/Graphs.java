package dev.engram.experiments.graphs;

import dev.engram.experiments.frame.About;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.graph.NodeEnergy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The computation graphs of Millidge, Tschantz and Buckley 2022: how near the gradients of predictive coding are to those of
 * backpropagation, and what networks learn by either.
 */
public final class Graphs implements Experiment {
    static final String PART = "part";
    static final String SCALAR = "scalar graph";
    static final String GRADIENTS = "gradients";
    static final String TRAINING = "training";
    static final String NETWORK = "network";
    static final String DATA = "data";
    static final String SEED = "seed";
    static final String CREDIT = "credit";
    static final String CNN = "CNN";
    static final String CNN_CROSS_ENTROPY = "CNN, cross-entropy";
    static final String CNN_PAPER = "CNN, the paper's plain steps";
    static final String RNN = "RNN";
    static final String LSTM = "LSTM";
    static final String LSTM_PAPER = "LSTM, the paper's size";
    static final int SEQUENCE = 50;
    static final int SEEDS = 3;
    static final int CNN_STEPS = 100;
    static final int RNN_STEPS = 100;
    static final int LSTM_STEPS = 200;
    static final int BATCH = 64;
    static final int RNN_HIDDEN = 256;
    static final int LSTM_HIDDEN = 1056;
    private static final int ALPHABET = 65;

    @Override
    public About about() {
        return About.of(
                "graphs",
                "Predictive coding on the computation graphs of Millidge, Tschantz and Buckley 2022",
                "Millidge et al. 2022 give every vertex of a computation graph a value and an error, hold predictions and derivatives at their feed-forward values, and let the errors settle. Where they end, they are the derivatives of the loss, and weights move as in backpropagation. Here that is done for a graph of single numbers, a convolutional network on pictures, a recurrent network on names and an LSTM on the characters of Shakespeare, all but the first in 32-bit floats.",
                "An error advances by one prediction in 1/η steps on average, so that a chain of depth D needs about D/η steps: after the paper's 100 steps of η = 0.1 the gradients of early layers are still on their way. In training, the steps are summed (the same errors up to rounding, in one backward pass where all paths to a node have one length); under \"gradients\" they are taken one by one. Backpropagation runs on the same graph with the same derivatives of the operations.",
                "Left open by the paper and chosen here: Adam instead of plain steps of 2.5e-4 but where the paper's are named (those summed over the mini-batch, so 0.016 for its mean); the recurrent networks' first weights even within 1/√hidden, no biases but those in the LSTM's gates; names in mini-batches, with rows of zeros before the shorter ones, which a network without biases does not see. MNIST is 28 by 28 in one channel, so that 1024 values enter the first full layer instead of 1600. The LSTM is trained with 256 units, 128 in the quick profile, and in the full one a few mini-batches more with the paper's 1056, where one of predictive coding takes many seconds. The quick profile has fewer examples and updates, and does not reach what is said of whole data sets.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        boolean isFull = profile == Profile.FULL;
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(CellSetting.of(PART, SCALAR), ScalarCell::run));
        int lstmHidden = isFull ? LSTM_HIDDEN : 128;
        cells.add(gradients(CNN, 5, bench -> {
            Network network = Network.cnn(3, 32, 10, NodeEnergy.GAUSSIAN);
            return new GradientCell.Subject(
                    network, RandomExamples.pictures(network, BATCH, bench.seed()), CNN_STEPS, 1);
        }));
        cells.add(gradients(RNN, 10, bench -> {
            Network network = Network.rnn(SEQUENCE, ALPHABET, RNN_HIDDEN, ALPHABET);
            return new GradientCell.Subject(network, RandomExamples.text(network, 16, bench.seed()), RNN_STEPS, 10);
        }));
        cells.add(gradients(LSTM, isFull ? 300 : 30, bench -> {
            Network network = Network.lstm(SEQUENCE, ALPHABET, lstmHidden);
            return new GradientCell.Subject(
                    network, RandomExamples.sequences(network, 8, bench.seed()), LSTM_STEPS, 20);
        }));
        TrainingPlan.of(profile).forEach(plan -> plan.addTo(cells));
        return cells;
    }

    private static Cell gradients(String network, double cost, Function<Workbench, GradientCell.Subject> subject) {
        return Cell.of(
                        CellSetting.of(PART, GRADIENTS).with(NETWORK, network),
                        bench -> new GradientCell(bench, subject.apply(bench)).run())
                .withCost(cost);
    }

    @Override
    public List<Claim> claims(Results results) {
        return new GraphsClaims(results).all();
    }

    @Override
    public void render(HtmlPage page, Results results) {
        new GraphsReport(page, results).render();
    }
}
