package dev.engram.cli.demo;

import dev.engram.cli.console.Terminal;
import dev.engram.linalg.Matrix;
import java.util.List;
import java.util.Locale;

/**
 * A few cues and what came back, drawn with coloured half blocks: two pixels to a character. Only on a terminal that says it shows
 * 24-bit colour.
 */
final class Preview {
    private static final int SIDE = 12;
    private static final int PICTURES = 5;
    private static final int[] ORDER = {23, 71, 118, 164, 211};

    private Preview() {}

    static void show(Terminal terminal, List<DemoTrial> trials) {
        String colours = String.valueOf(System.getenv("COLORTERM"));
        if (!terminal.interactive() || !(colours.equals("truecolor") || colours.equals("24bit"))) {
            return;
        }
        for (DemoTrial trial : trials) {
            terminal.line("%s: cue above, recalled below".formatted(trial.name()));
            row(terminal, trial.cues());
            row(terminal, trial.engram().recall().patterns());
        }
    }

    private static void row(Terminal terminal, Matrix patterns) {
        int side = (int) Math.round(Math.sqrt(patterns.columns() / 3.0));
        for (int y = 0; y < SIDE; y += 2) {
            StringBuilder line = new StringBuilder("  ");
            for (int k = 0; k < PICTURES; k++) {
                for (int x = 0; x < SIDE; x++) {
                    int[] top = colour(patterns, ORDER[k] % patterns.rows(), x, y, side);
                    int[] bottom = colour(patterns, ORDER[k] % patterns.rows(), x, y + 1, side);
                    line.append(String.format(
                            Locale.ROOT,
                            "\033[38;2;%d;%d;%dm\033[48;2;%d;%d;%dm▀",
                            top[0],
                            top[1],
                            top[2],
                            bottom[0],
                            bottom[1],
                            bottom[2]));
                }
                line.append("\033[0m  ");
            }
            terminal.drawing(line.toString());
        }
    }

    /** The mean colour of the block of pixels under one small pixel. */
    private static int[] colour(Matrix patterns, int picture, int x, int y, int side) {
        double[] sums = new double[3];
        int x1 = (x + 1) * side / SIDE;
        int y1 = (y + 1) * side / SIDE;
        int count = 0;
        for (int row = y * side / SIDE; row < y1; row++) {
            for (int column = x * side / SIDE; column < x1; column++) {
                for (int c = 0; c < 3; c++) {
                    sums[c] += Math.max(0, Math.min(1, patterns.get(picture, (row * side + column) * 3 + c)));
                }
                count++;
            }
        }
        int[] colour = new int[3];
        for (int c = 0; c < 3; c++) {
            colour[c] = (int) Math.round(255 * sums[c] / Math.max(1, count));
        }
        return colour;
    }
}
