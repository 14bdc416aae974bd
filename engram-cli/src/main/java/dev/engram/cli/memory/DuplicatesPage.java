package dev.engram.cli.memory;

import dev.engram.experiments.report.ContactSheet;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.io.NumberText;
import dev.engram.io.file.AtomicFiles;
import dev.engram.linalg.Matrix;
import dev.engram.memory.LookAlikes;
import dev.engram.memory.Shape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/** Pairs of look-alikes as one HTML file that needs nothing else: the pictures of each side by side. */
final class DuplicatesPage {
    private static final int MOST_PAIRS = 200;

    /** Pictures a row has room for, of which a pair takes two. */
    private static final int COLUMNS = 8;

    private final Matrix patterns;
    private final Shape shape;
    private final IntFunction<String> names;

    /** @param names what a pattern is called */
    DuplicatesPage(Matrix patterns, Shape shape, IntFunction<String> names) {
        this.patterns = patterns;
        this.shape = shape;
        this.names = names;
    }

    void write(Path file, List<LookAlikes> pairs, String lead) {
        HtmlPage page = new HtmlPage("Look-alikes").lead(lead);
        boolean arePictures = shape.isPicture() && (shape.channels() == 1 || shape.channels() == 3);
        if (pairs.size() > MOST_PAIRS) {
            page.note("Shown are the %d most alike; --json lists all.".formatted(MOST_PAIRS));
        }
        for (int k = 0; k < Math.min(MOST_PAIRS, pairs.size()); k++) {
            LookAlikes pair = pairs.get(k);
            String both = "%s and %s".formatted(names.apply(pair.first()), names.apply(pair.second()));
            String caption = "%d. %s: distance %s".formatted(k + 1, both, NumberText.brief(pair.distance()));
            if (arePictures) {
                page.sheet(
                        new ContactSheet(shape, COLUMNS)
                                .row("", patterns.rows(pair.first(), pair.second()))
                                .sheet(),
                        both,
                        caption);
            } else {
                page.paragraph(caption);
            }
        }
        AtomicFiles.write(file, out -> out.write(page.html().getBytes(StandardCharsets.UTF_8)));
    }
}
