package dev.engram.experiments;

import dev.engram.experiments.frame.About;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Run;
import dev.engram.experiments.frame.RunOptions;
import dev.engram.experiments.frame.Runner;
import dev.engram.experiments.frame.Watch;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.io.numpy.NpyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An experiment whose cells are given: made-up numbers, or a few of its own. */
public record Small(Experiment experiment, List<Cell> given) implements Experiment {
    /** The experiment with one cell that records what it is told to. */
    public static Small measuring(Experiment experiment, Consumer<Workbench> numbers) {
        return new Small(experiment, List.of(Cell.of(CellSetting.of("made", "up"), numbers::accept)));
    }

    /** What the experiment claims of such numbers. */
    public static List<Claim> claims(Experiment experiment, Path folder, Consumer<Workbench> numbers) {
        return measuring(experiment, numbers).run(folder, folder.resolve("out")).claims();
    }

    /** The first of those claims with such words. */
    public static Claim claim(Experiment experiment, Path folder, String words, Consumer<Workbench> numbers) {
        return claims(experiment, folder, numbers).stream()
                .filter(c -> c.claim().contains(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No claim has \"%s\".".formatted(words)));
    }

    @Override
    public About about() {
        return experiment.about();
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        return given;
    }

    @Override
    public List<Claim> claims(Results results) {
        return experiment.claims(results);
    }

    @Override
    public void render(HtmlPage page, Results results) {
        experiment.render(page, results);
    }

    public Run run(Path data, Path out) {
        return run(data, out, new Silent());
    }

    private Run run(Path data, Path out, Watch watch) {
        return new Runner(RunOptions.of(Profile.QUICK, Optional.of(data), 0, "test"), watch).run(this, out);
    }

    /** Runs and stops in the middle of the second cell. */
    public void runInterrupted(Path data, Path out) {
        run(data, out, new Impatient());
    }

    /** Pictures of evenly distributed noise under the name that the frame looks for. */
    public static void pictures(Path folder, String name, int count, int... shape) throws IOException {
        int values = 1;
        for (int side : shape) {
            values *= side;
        }
        SplittableRandom random = new SplittableRandom(7);
        float[] pixels = new float[count * values];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextDouble();
        }
        int[] all = new int[shape.length + 1];
        all[0] = count;
        System.arraycopy(shape, 0, all, 1, shape.length);
        write(folder.resolve(name), all, pixels);
    }

    private static void write(Path file, int[] shape, float[] pixels) throws IOException {
        Path npy = file.resolveSibling("images.npy");
        NpyWriter.write(npy, shape, pixels);
        try (OutputStream stream = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(stream)) {
            zip.putNextEntry(new ZipEntry("images.npy"));
            Files.copy(npy, zip);
            zip.closeEntry();
        }
        Files.delete(npy);
    }

    /** Has enough after a while in the second cell. */
    private static final class Impatient extends Silent {
        private static final int PATIENCE = 20;
        private boolean second;
        private int asked;

        @Override
        public boolean goesOn() {
            return !second || asked++ < PATIENCE;
        }

        @Override
        public void at(int cells, int of, double share, String next) {
            second = cells == 1;
        }
    }
}
