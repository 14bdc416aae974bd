package dev.engram.experiments.twoway;

import static dev.engram.experiments.report.Table.Entry.count;
import static dev.engram.experiments.report.Table.Entry.number;
import static dev.engram.experiments.report.Table.Entry.percent;
import static dev.engram.experiments.report.Table.Entry.text;

import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.Sheet;
import dev.engram.experiments.report.Table;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The page of networks both ways. */
record BothWaysReport(HtmlPage page, Results results) {
    void render() {
        anchors();
        pictures();
        halves();
    }

    private void anchors() {
        Results all = results.where(BothWays.PART, BothWays.ANCHORS);
        if (all.isEmpty()) {
            return;
        }
        Table table = new Table("")
                .texts("network")
                .numbers("seeds", NetworkCell.BY_THE_PASS, "least", "largest", NetworkCell.SETTLED);
        all.forEach(
                BothWays.NETWORK,
                (network, here) -> table.row(
                        text(network),
                        count(here.values(BothWays.SEED).size()),
                        percent(mean(here, NetworkCell.BY_THE_PASS)),
                        percent(here.numbers(NetworkCell.BY_THE_PASS).min()),
                        percent(here.numbers(NetworkCell.BY_THE_PASS).max()),
                        percent(mean(here, NetworkCell.SETTLED))));
        page.heading("Labels from pictures")
                .paragraph(
                        "The 10,000 test digits, after few mini-batches; means over the seeds. The pass up is where inference begins; the settled label is that of the values after 20 steps with the picture clamped and the label free.")
                .table("labels", table);
    }

    private void pictures() {
        Results all = halvesOf(BothWays.EQUAL);
        if (all.isEmpty()) {
            return;
        }
        Table table = new Table("")
                .texts("network")
                .numbers(NetworkCell.TO_MEANS, NetworkCell.MEANS_OF_THEMSELVES, NetworkCell.READ_BACK);
        table.row(
                text(BothWays.EQUAL),
                number(mean(all, NetworkCell.TO_MEANS)),
                number(mean(all, NetworkCell.MEANS_OF_THEMSELVES)),
                percent(mean(all, NetworkCell.READ_BACK)));
        page.heading("Pictures from labels")
                .sheet(
                        sheet(NetworkCell.PICTURES),
                        "pictures of the ten digits from their labels, and the mean picture of each class",
                        "What settles from a label alone, with the picture free, and the mean picture of the class.")
                .table("pictures", table);
    }

    private void halves() {
        Results all = results.where(BothWays.PART, BothWays.HALVES);
        if (all.isEmpty()) {
            return;
        }
        Table table = new Table("")
                .texts("what completes or names")
                .numbers(
                        "seeds",
                        NetworkCell.LOWER,
                        NetworkCell.FROM_HALF,
                        NetworkCell.BY_THE_PASS,
                        NetworkCell.SETTLED);
        all.forEach(
                BothWays.NETWORK,
                (network, here) -> table.row(List.of(
                        text(network),
                        count(Math.max(1, here.values(BothWays.SEED).size())),
                        orNothing(mean(here, NetworkCell.LOWER), false),
                        orNothing(mean(here, NetworkCell.FROM_HALF), true),
                        orNothing(mean(here, NetworkCell.BY_THE_PASS), true),
                        orNothing(mean(here, NetworkCell.SETTLED), true))));
        page.heading("From half a picture")
                .paragraph(
                        "The first 1,000 test digits with their upper halves known. The network clamps these, and lets lower half and label settle together; backpropagation's has the same layers, mini-batches and optimiser, and is shown zeros below, which it never saw in training. Memories know the digits that the networks learn from; the affine span is one of as many equations as patterns and has the first 2,000 of them. Means over the seeds.")
                .sheet(
                        sheet(NetworkCell.HALVES),
                        "upper halves of digits, their completions, the nearest neighbour's, and the originals",
                        "The first test digits: what is known, what settles, the completion by the nearest neighbour, and the original.")
                .table("halves", table);
    }

    private static Table.Entry orNothing(OptionalDouble value, boolean isFraction) {
        return value.isEmpty() ? text("") : isFraction ? percent(value) : number(value);
    }

    private Results halvesOf(String network) {
        return results.where(BothWays.PART, BothWays.HALVES).where(BothWays.NETWORK, network);
    }

    private Optional<Sheet> sheet(String name) {
        return results.sheet(BothWays.setting(BothWays.HALVES, BothWays.EQUAL).with(BothWays.SEED, 0), name);
    }

    private static OptionalDouble mean(Results here, String metric) {
        return BothWaysClaims.mean(here, metric);
    }
}
