package dev.engram.experiments.twoway;

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
import dev.engram.graph.TwoWay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Digits both ways by one network: labels from pictures, pictures from labels, the rest of a picture and its label from a half. */
public final class BothWays implements Experiment {
    static final String PART = "part";
    static final String NETWORK = "network";
    static final String SEED = "seed";
    static final String ANCHORS = "after few mini-batches";
    static final String HALVES = "halves";
    static final String EQUAL = "both ways, 1 and 1";
    static final String DISCRIMINATIVE = "down 1e-3";
    static final String AMORTISED = "amortised, up 1e-3";
    static final String BACKPROPAGATION = "backpropagation";
    static final int[] LAYERS = {784, 256, 256, 10};
    static final int ANCHOR_BATCHES = 300;
    static final int UNSEEN = 1000;
    private static final int SEEDS = 3;
    private static final double RATE = 1e-3;
    private static final double COST_OF_A_BATCH = 0.03;

    /** The networks by name: what predictions up and down weigh. */
    static Map<String, TwoWay> networks() {
        TwoWay network = TwoWay.of(LAYERS);
        Map<String, TwoWay> networks = new LinkedHashMap<>();
        networks.put(EQUAL, network);
        networks.put(DISCRIMINATIVE, network.withWeights(1, 1e-3));
        networks.put(AMORTISED, network.withWeights(1e-3, 1));
        return networks;
    }

    @Override
    public About about() {
        return About.of(
                "twoway",
                "One network both ways",
                "Every layer of these networks is predicted from the one below and from the one above (bidirectional predictive coding, Oliviers, Tang and Bogacz 2025). Clamp a picture and the label settles, clamp a label and a picture settles, clamp half a picture and both settle.",
                "MNIST in [0, 1]; two hidden layers of 256 ReLU units, Adam 1e-3, mini-batches of 64, 8 steps of inference with η = 0.1 from the pass up. Where predictions up weigh next to nothing, inference forgets the pass up that it begins with: an amortised first guess (hybrid predictive coding, Tschantz et al. 2023). The anchors are those of jpc's notebooks, on standardised pictures; what they call forward is the prediction of pictures from labels, here down.",
                "The quick profile learns from fewer digits, for a shorter time, from one seed.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        boolean isFull = profile == Profile.FULL;
        int train = isFull ? 0 : 6000;
        Lesson few = new Lesson(isFull ? ANCHOR_BATCHES : 60, RATE);
        Lesson many = new Lesson(isFull ? 938 : 90, RATE);
        int seeds = isFull ? SEEDS : 1;
        List<Cell> cells = new ArrayList<>();
        networks().forEach((name, network) -> {
            for (int seed = 0; seed < seeds; seed++) {
                int number = seed;
                cells.add(read(
                        Cell.of(
                                        setting(ANCHORS, name).with(SEED, seed),
                                        bench -> new NetworkCell(bench, network, few, bench.seed() + number).labels())
                                .withOption("network", NetworkCell.options(network, few))
                                .withCost(COST_OF_A_BATCH * few.batches()),
                        train));
            }
        });
        TwoWay equal = TwoWay.of(LAYERS);
        for (int seed = 0; seed < seeds; seed++) {
            int number = seed;
            cells.add(read(
                    Cell.of(setting(HALVES, EQUAL).with(SEED, seed), bench -> {
                                NetworkCell cell = new NetworkCell(bench, equal, many, bench.seed() + number);
                                cell.labels();
                                cell.pictures();
                                cell.halves(UNSEEN);
                            })
                            .withOption("network", NetworkCell.options(equal, many))
                            .withCost(COST_OF_A_BATCH * many.batches()),
                    train));
            cells.add(read(
                    Cell.of(
                                    setting(HALVES, BACKPROPAGATION).with(SEED, seed),
                                    bench -> Rivals.backpropagate(bench, many, UNSEEN, bench.seed() + number))
                            .withOption("lesson", many)
                            .withCost(COST_OF_A_BATCH / 5 * many.batches()),
                    train));
        }
        for (String rival : Rivals.MEMORIES) {
            cells.add(read(Cell.of(setting(HALVES, rival), bench -> Rivals.complete(bench, rival, UNSEEN)), train)
                    .withCost(5));
        }
        return cells;
    }

    static CellSetting setting(String part, String network) {
        return CellSetting.of(PART, part).with(NETWORK, network);
    }

    private static Cell read(Cell cell, int train) {
        return cell.withData(DataSet.MNIST, train).withData(DataSet.MNIST_TEST, 0);
    }

    @Override
    public List<Claim> claims(Results results) {
        return new BothWaysClaims(results).all();
    }

    @Override
    public void render(HtmlPage page, Results results) {
        new BothWaysReport(page, results).render();
    }
}
