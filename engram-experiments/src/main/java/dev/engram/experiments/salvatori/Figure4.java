package dev.engram.experiments.salvatori;

import static dev.engram.experiments.salvatori.Contest.ERROR;
import static dev.engram.experiments.salvatori.Contest.MEMORY;
import static dev.engram.experiments.salvatori.Contest.NEAREST;
import static dev.engram.experiments.salvatori.Contest.PAPER;
import static dev.engram.experiments.salvatori.Contest.SPAN;

import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Setting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.io.NumberText;
import dev.engram.memory.Score;
import dev.engram.memory.baseline.NearestNeighbour;
import java.util.List;

/** Figure 4: pictures before, with, and after noise. */
public final class Figure4 implements Experiment {
    static final String RECOGNISED = "nearest stored picture is the right one";
    static final List<Damage.Noisy> NOISES =
            List.of(Damage.Noisy.ofVariance(0.2), Damage.Noisy.ofVariance(0.7), Damage.Noisy.ofVariance(0.9));
    private static final int PATTERNS = 100;
    private static final int HIDDEN = 1024;
    private static final int SHOWN = 10;
    private static final Setting CELL = Setting.of("data", DataSet.TINY_IMAGENET.title())
            .with("patterns", PATTERNS)
            .with("hidden", HIDDEN);

    @Override
    public String name() {
        return "fig4";
    }

    @Override
    public String title() {
        return "Figure 4: reconstructions from noise of variance 0.2, 0.7 and 0.9";
    }

    @Override
    public List<String> introduction() {
        return List.of(
                "A network of two layers stores 100 pictures of Tiny ImageNet and is shown them with noise. The paper shows pictures and gives no numbers; here the mean squared error stands beside them. The paper does not give the number of hidden nodes of this figure; 1024 are used.",
                "\"Recognisable\" is counted: the stored picture nearest to the reconstruction is the right one.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        return List.of(Sizes.fit(
                Cell.of(CELL, Figure4::run).withData(DataSet.TINY_IMAGENET, PATTERNS),
                DataSet.TINY_IMAGENET,
                PATTERNS,
                HIDDEN));
    }

    private static void run(Workbench bench) {
        Contest contest = new Contest(bench, bench.patterns(DataSet.TINY_IMAGENET), PATTERNS);
        contest.enterBaselines().enterNetwork(HIDDEN);
        NearestNeighbour judge = new NearestNeighbour(contest.stored());
        for (Damage.Noisy noise : NOISES) {
            Answers answers = contest.ask(noise);
            for (String memory : answers.answers().keySet()) {
                Score score = Score.of(
                        contest.originals(), judge.recall(answers.of(memory)).patterns());
                bench.measure(
                        noise.on(bench.setting()).with(MEMORY, memory),
                        RECOGNISED,
                        score.recoveredFraction(Double.MIN_VALUE));
            }
            bench.sheet(noise.name(), answers.sheet(SHOWN, List.of(PAPER, SPAN)));
        }
    }

    @Override
    public List<Claim> claims(Results results) {
        return NOISES.stream().map(noise -> claim(results, noise)).toList();
    }

    private static Claim claim(Results results, Damage.Noisy noise) {
        Results here = results.where(Damage.NOISE, noise.name());
        return new Finding(
                        "The network retrieves the original picture from noise of %s.".formatted(noise.name()),
                        "%s, noise of %s".formatted(CELL, noise.name()),
                        RECOGNISED,
                        fraction -> fraction == 1,
                        "MSE %s; affine span %s, nearest neighbour %s. Judge by the pictures as well."
                                .formatted(error(here, PAPER), error(here, SPAN), error(here, NEAREST)))
                .beside(here.where(MEMORY, PAPER).value(RECOGNISED));
    }

    private static String error(Results here, String memory) {
        return NumberText.brief(here.where(MEMORY, memory).value(ERROR).orElse(Double.NaN));
    }

    @Override
    public void render(HtmlPage page, Results results) {
        if (results.isEmpty()) {
            return;
        }
        page.heading("Pictures");
        for (Damage.Noisy noise : NOISES) {
            Results here = results.where(Damage.NOISE, noise.name());
            results.sheet(CELL, noise.name())
                    .ifPresent(sheet -> page.sheet(
                            sheet,
                            "Pictures in rows: original, with noise of %s, from the network, from the affine span"
                                    .formatted(noise.name()),
                            "Noise of %s. Mean squared error over all 100: network %s, affine span %s."
                                    .formatted(noise.name(), error(here, PAPER), error(here, SPAN))));
        }
        new ContestTables(results).render(page);
    }
}
