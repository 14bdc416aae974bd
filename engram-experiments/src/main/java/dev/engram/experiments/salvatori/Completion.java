package dev.engram.experiments.salvatori;

import static dev.engram.experiments.salvatori.Contest.ANNEALED;
import static dev.engram.experiments.salvatori.Contest.MEMORY;
import static dev.engram.experiments.salvatori.Contest.NEAREST;
import static dev.engram.experiments.salvatori.Contest.PAPER;
import static dev.engram.experiments.salvatori.Contest.RECOVERED;
import static dev.engram.experiments.salvatori.Contest.SPAN;

import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Setting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Series;
import dev.engram.io.NumberText;
import java.util.List;

/** Completion by two layers, which figures 6 and 7 share. */
final class Completion {
    static final String SHEET = "completed from ";
    private static final int SHOWN = 10;

    private Completion() {}

    /** A network and the baselines, asked for parts of the pictures. */
    static Cell cell(DataSet set, int patterns, int hidden, int cues, List<Double> parts, List<Double> shown) {
        return Sizes.fit(
                Cell.of(setting(set, patterns, hidden), bench -> run(bench, set, hidden, cues, parts, shown))
                        .withData(set, patterns)
                        .withOption("cues", cues)
                        .withOption("parts", parts)
                        .withOption("shown", shown),
                set,
                patterns,
                hidden);
    }

    static Setting setting(DataSet set, int patterns, int hidden) {
        return Setting.of("data", set.title()).with("patterns", patterns).with("hidden", hidden);
    }

    private static void run(
            Workbench bench, DataSet set, int hidden, int cues, List<Double> parts, List<Double> shown) {
        Contest contest = new Contest(bench, bench.patterns(set), cues);
        contest.enterBaselines().enterNetwork(hidden);
        for (double part : parts) {
            Answers answers = contest.ask(new Damage.Part(part));
            if (shown.contains(part)) {
                bench.sheet(SHEET + Fractions.words(part), answers.sheet(SHOWN, List.of(PAPER, ANNEALED)));
            }
        }
    }

    /** The cell's numbers for one part. */
    static Results at(Results results, DataSet set, int patterns, int hidden, double part) {
        return results.where("data", set.title())
                .where("patterns", patterns)
                .where("hidden", hidden)
                .where(Damage.KNOWN, part);
    }

    /** A claim about one part, held against the network with the paper's λ; the others go into the remark. */
    static Claim claim(Results results, DataSet set, int patterns, int hidden, double part, Finding finding) {
        Results here = at(results, set, patterns, hidden, part);
        String remark = here.isEmpty() ? finding.remark() : (finding.remark() + " " + others(here)).strip();
        String where =
                "%s, N = %d, n = %d, %s known, λ = 1".formatted(set.title(), patterns, hidden, Fractions.words(part));
        return new Finding(finding.claim(), where, finding.metric(), finding.holds(), remark)
                .beside(here.where(MEMORY, PAPER).value(RECOVERED));
    }

    /** The same claim, held against the network whose λ is annealed. */
    static Claim annealed(Results results, DataSet set, int patterns, int hidden, double part, Finding finding) {
        Results here = at(results, set, patterns, hidden, part);
        String where = "%s, N = %d, n = %d, %s known, λ annealed"
                .formatted(set.title(), patterns, hidden, Fractions.words(part));
        return new Finding(finding.claim(), where, finding.metric(), finding.holds(), finding.remark())
                .beside(here.where(MEMORY, ANNEALED).value(RECOVERED));
    }

    static String others(Results here) {
        return "λ annealed %s, affine span %s, nearest neighbour %s."
                .formatted(percent(here, ANNEALED), percent(here, SPAN), percent(here, NEAREST));
    }

    private static String percent(Results here, String memory) {
        return NumberText.percent(here.where(MEMORY, memory).value(RECOVERED).orElse(Double.NaN));
    }

    /** Recovered over the part that is known, for networks of every size; the results are of one data set and one N. */
    static LineChart chart(Results here, List<Double> parts) {
        LineChart chart = new LineChart(Fractions.axis(parts), Axis.percent("recovered"));
        List<String> sizes = here.values("hidden");
        for (String hidden : sizes) {
            Results network = here.where("hidden", hidden);
            chart.add(network.where(MEMORY, PAPER).series("λ = 1, n = " + hidden, Damage.KNOWN, RECOVERED));
        }
        Results any = here.where("hidden", sizes.get(sizes.size() - 1));
        String annealed = "λ annealed, n = " + sizes.get(sizes.size() - 1);
        chart.add(any.where(MEMORY, ANNEALED).series(annealed, Damage.KNOWN, RECOVERED));
        chart.add(any.where(MEMORY, SPAN).series(SPAN, Damage.KNOWN, RECOVERED).withLine(Series.Line.DASHED));
        return chart.add(any.where(MEMORY, NEAREST)
                .series(NEAREST, Damage.KNOWN, RECOVERED)
                .withLine(Series.Line.DASHED));
    }
}
