package dev.engram.experiments.hopfield;

/**
 * Counts of how the energies of cues changed during recall: how many steps, how many of them rises.
 *
 * @param steps in which the energy of a cue changed, over all cues
 * @param rises how many of them were upwards by more than rounding
 * @param largest rise of all, as a fraction of the energy's scale; 0 if there was none, however small
 */
record Descent(long steps, long rises, double largest) {
    static final Descent NONE = new Descent(0, 0, 0);

    Descent and(Descent other) {
        return new Descent(steps + other.steps, rises + other.rises, Math.max(largest, other.largest));
    }
}
