package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.Contest.ANNEALED;
import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.PAPER;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.Fractions.HALF;
import static dev.engram.experiments.kit.Fractions.QUARTER;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.PATTERNS;
import static dev.engram.experiments.report.Table.Entry.number;
import static dev.engram.experiments.report.Table.Entry.text;
import static dev.engram.experiments.salvatori.Figure9.MODERN;
import static dev.engram.experiments.salvatori.Figure9.MODERN_EUCLIDEAN;

import dev.engram.experiments.frame.About;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.Case;
import dev.engram.experiments.kit.Contest;
import dev.engram.experiments.kit.Question;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Finding;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.Table;
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Table 1: how few pictures a modern Hopfield network retrieves, and why. */
public final class Table1 implements Experiment {
    /** A row of the paper's table: pictures retrieved from a half, from a quarter, through noise. */
    private record Row(int patterns, List<Integer> retrieved) {}

    private static final List<Row> PAPER_TABLE = List.of(
            new Row(50, List.of(5, 4, 4)),
            new Row(100, List.of(4, 3, 3)),
            new Row(250, List.of(1, 1, 9)),
            new Row(500, List.of(1, 1, 3)));
    /** The paper's columns; its η is read as a variance. */
    private static final List<Question> COLUMNS =
            List.of(Question.known(HALF), Question.known(QUARTER), Question.ofVariance(0.2));

    private static final List<String> HEADS = List.of("p = 1/2", "p = 1/4", "η = 0.2");
    private static final Question DEVIATION = Question.ofStandardDeviation(0.2);
    private static final int HIDDEN = 1024;
    private static final int CLOSE = 5;

    @Override
    public About about() {
        return About.of(
                "table1",
                "Table 1: pictures retrieved by a modern Hopfield network",
                "A modern Hopfield network with β = 2 stores 50, 100, 250 or 500 pictures of CIFAR-10 and retrieves them from a half, from a quarter, and through noise of \"η = 0.2\", which is read as a variance as elsewhere in the paper; a standard deviation of 0.2 stands beside it. The thresholds are 0.001 and 0.005.",
                "The similarity of the paper's network is the dot product, by which bright pictures win whatever the cue is. The same network with the Euclidean distance stands beside it, as do the baselines and a predictive-coding network with 1024 hidden nodes.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        return PAPER_TABLE.stream()
                .map(row -> new Case(DataSet.CIFAR10, row.patterns(), HIDDEN).cell(Table1::run))
                .toList();
    }

    private static void run(Workbench bench) {
        Contest contest = new Contest(bench, bench.patterns(DataSet.CIFAR10));
        Figure9.enterModern(contest).enterBaselines().enterNetwork(HIDDEN);
        COLUMNS.forEach(contest::ask);
        contest.ask(DEVIATION);
    }

    @Override
    public List<Claim> claims(Results results) {
        List<Claim> claims = new ArrayList<>();
        for (Row row : PAPER_TABLE) {
            for (int column = 0; column < COLUMNS.size(); column++) {
                int paper = row.retrieved().get(column);
                claims.add(new Finding(
                                "N = %d, %s: %s retrieved."
                                        .formatted(
                                                row.patterns(), HEADS.get(column), NumberText.count(paper, "picture")),
                                "CIFAR-10, dot product, β = 2",
                                "recovered pictures",
                                count -> Math.abs(count - paper) <= CLOSE,
                                "Met within %d: which pictures is not known.".formatted(CLOSE))
                        .beside(count(results, row.patterns(), COLUMNS.get(column), MODERN), Finding::pictures));
            }
        }
        Results euclidean = results.where(MEMORY, MODERN_EUCLIDEAN).metric(RECOVERED);
        claims.add(new Finding(
                        "(Ours) The dot product is to blame: with the Euclidean distance all pictures come back.",
                        "CIFAR-10, all N, all damages, β = 2",
                        "least recovered fraction",
                        least -> least == 1,
                        euclidean.all().stream()
                                .filter(m -> m.value() < 1)
                                .map(m -> "%s: %s.".formatted(m.setting(), NumberText.percent(m.value())))
                                .collect(Collectors.joining(" ")))
                .beside(euclidean.numbers(RECOVERED).min(), Finding::atLeast));
        return claims;
    }

    private static OptionalDouble count(Results results, int patterns, Question question, String memory) {
        Results here = question.in(results).where(PATTERNS, patterns).where(MEMORY, memory);
        return Contest.count(patterns, here);
    }

    @Override
    public void render(HtmlPage page, Results results) {
        Table table = new Table("Pictures retrieved, ours (and the paper's)")
                .numbers("N")
                .texts(MEMORY);
        HEADS.forEach(table::numbers);
        table.numbers("std 0.2");
        for (Row row : PAPER_TABLE) {
            for (String memory : List.of(MODERN, MODERN_EUCLIDEAN, NEAREST, SPAN, PAPER, ANNEALED)) {
                List<Table.Entry> entries = new ArrayList<>();
                entries.add(Table.Entry.count(row.patterns()));
                entries.add(text(memory));
                for (int column = 0; column < COLUMNS.size(); column++) {
                    String paper = memory.equals(MODERN)
                            ? " (%d)".formatted(row.retrieved().get(column))
                            : "";
                    entries.add(entry(count(results, row.patterns(), COLUMNS.get(column), memory), paper));
                }
                entries.add(entry(count(results, row.patterns(), DEVIATION, memory), ""));
                table.row(entries);
            }
        }
        page.heading("Retrieved").table("retrieved", table);
        new ContestTables(results).render(page);
    }

    private static Table.Entry entry(OptionalDouble count, String paper) {
        return count.isEmpty() ? text("") : number(count.getAsDouble(), Math.round(count.getAsDouble()) + paper);
    }
}
