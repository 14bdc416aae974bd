package dev.engram.experiments.kit;

/** The names of what several experiments vary: the parts of their settings. */
public final class Parts {
    public static final String TASK = "task";
    public static final String DATA = "data";
    /** How many are stored. */
    public static final String PATTERNS = "patterns";
    /** How many hidden nodes a layer has. */
    public static final String HIDDEN = "hidden";

    public static final String MEMORY = "memory";
    /** The damage: noise on every value, by variance or standard deviation. */
    public static final String NOISE = "noise";
    /** The damage: only the upper part is known, this fraction of the picture. */
    public static final String KNOWN = "known";
    /** The damage: a square in the centre is missing, this fraction of the picture wide and high. */
    public static final String COVERED = "covered";
    /** The damage: a square in the centre shows something else, and nobody says so. */
    public static final String SQUARE = "square";

    private Parts() {}
}
