package dev.engram.experiments.frame;

import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import java.util.List;

/**
 * A figure or table, ours or a paper's: cells that are computed one at a time, and what is made of their numbers.
 *
 * <p>An experiment holds no state: the same profile, data and seed give the same cells and the same numbers.
 */
public interface Experiment {
    /** Its name, its title, and what it is. */
    About about();

    default String name() {
        return about().name();
    }

    /** What is to be computed, in order. Cells whose data are missing are among them; they are skipped with the reason. */
    List<Cell> cells(Profile profile, DataFolder data);

    /** The paper's claims beside what was found; those whose numbers are missing are {@code NOT_RUN}. */
    List<Claim> claims(Results results);

    /** The body of the report, where there are any numbers. Whatever was skipped or failed is missing among them. */
    void render(HtmlPage page, Results results);
}
