package dev.engram.linalg.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which kernels were chosen, and by what.
 *
 * @param kernels as OPENBLAS_CORETYPE calls them; empty for OpenBLAS's own choice
 * @param measured for people: what each candidate took, in words
 * @param finished false before the candidates were timed
 * @param tries how many starts have begun to time them
 */
record Choice(Optional<String> kernels, String measured, boolean finished, int tries) {
    /** Two that differ by less are equally fast: the first of them is chosen, so that noise does not choose between them. */
    private static final double TIE = 1.05;

    private static final int MOST_TRIES = 2;

    /**
     * The fastest, or the first of those that are as fast.
     *
     * @param candidates in the order in which they are preferred
     * @param nanos what each took, for those that could be measured
     * @param otherwise what to take where none could
     */
    static Choice among(List<String> candidates, Map<String, Long> nanos, Optional<String> otherwise, int tries) {
        double best = nanos.values().stream().mapToLong(Long::longValue).min().orElse(0);
        Optional<String> fastest = candidates.stream()
                .filter(nanos::containsKey)
                .filter(name -> nanos.getOrDefault(name, Long.MAX_VALUE) <= TIE * best)
                .findFirst();
        String measured = candidates.stream()
                .map(name -> nanos.containsKey(name)
                        ? String.format(Locale.ROOT, "%s %.2f ms", name, nanos.get(name) / 1e6)
                        : name + " not usable")
                .collect(Collectors.joining(", "));
        return new Choice(fastest.or(() -> otherwise), measured, true, tries);
    }

    /** What holds until the candidates have been timed. */
    static Choice unfinished(Optional<String> kernels, int tries) {
        return new Choice(kernels, "not finished", false, tries);
    }

    /** Whether the candidates need not be timed: they were, or each time it was begun the process ended. */
    boolean isFinal() {
        return finished || tries >= MOST_TRIES;
    }
}
