package dev.engram.experiments;

import dev.engram.experiments.answers.StatedRates;
import dev.engram.experiments.attractors.Attractors;
import dev.engram.experiments.frame.About;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.sequences.SequencesExperiment;
import java.util.List;

/** Beyond the paper, in one report: codes as the prior, what answers say, and sequences. */
final class Beyond implements Experiment {
    private static final List<Experiment> PARTS =
            List.of(new Attractors(), new StatedRates(), new SequencesExperiment());

    @Override
    public About about() {
        return new About(
                "beyond",
                "Beyond the paper: codes as the prior, answers at a stated rate, and sequences",
                PARTS.stream()
                        .flatMap(part -> part.about().introduction().stream())
                        .toList());
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        return PARTS.stream()
                .flatMap(part -> part.cells(profile, data).stream())
                .toList();
    }

    @Override
    public List<Claim> claims(Results results) {
        return PARTS.stream().flatMap(part -> part.claims(results).stream()).toList();
    }

    @Override
    public void render(HtmlPage page, Results results) {
        PARTS.forEach(part -> part.render(page, results));
    }
}
