package dev.engram.io.memory;

import dev.engram.io.PatternSet;
import dev.engram.io.file.Digests;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Score;
import dev.engram.optimiser.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a memory came from: data, options, outcome and platform.
 *
 * <p>There is no time stamp unless one is given, so that the same inputs make the same bytes.
 *
 * @param patterns how many were stored
 * @param dataDigest {@link PatternSet#digest()} of them; after {@link #changed} a chain of digests
 * @param seed of everything random
 * @param options every learning option by name, in a fixed order; see {@link MemoryModel#describe}
 * @param outcome how learning ended
 * @param updates weight updates made
 * @param audit how well the memory regenerates what it stores
 * @param created when, in the words of the caller; empty by default
 */
public record Provenance(
        int patterns,
        String dataDigest,
        long seed,
        Map<String, String> options,
        Outcome outcome,
        int updates,
        Audit audit,
        Software software,
        Optional<String> created) {

    /**
     * How well the memory regenerates its patterns, or those drawn from many, when each is shown whole.
     *
     * @param audited how many patterns were shown
     * @param meanError mean of the patterns' mean squared errors
     * @param worstError the largest of them
     * @param recovered how many patterns have an error below the threshold
     */
    public record Audit(int audited, double meanError, double worstError, int recovered, double threshold) {
        public static Audit of(Score score, double threshold) {
            double worst = 0;
            for (double error : score.errors()) {
                worst = Math.max(worst, error);
            }
            return new Audit(score.errors().length, score.mean(), worst, score.recovered(threshold), threshold);
        }
    }

    public Provenance {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        if (patterns < 0 || updates < 0) {
            throw new IllegalArgumentException(
                    "The numbers of patterns (%d) and updates (%d) must be at least 0.".formatted(patterns, updates));
        }
    }

    /**
     * Of what was learned just now.
     *
     * @param digest of the patterns
     * @param threshold mean squared error below which the audit counts a pattern as recovered
     */
    public static Provenance of(
            Learned<?> learned,
            int patterns,
            String digest,
            long seed,
            Map<String, String> options,
            double threshold,
            Software software) {
        return new Provenance(
                patterns,
                digest,
                seed,
                options,
                learned.outcome(),
                learned.updates(),
                Audit.of(learned.audit(), threshold),
                software,
                Optional.empty());
    }

    /**
     * Of the memory after patterns were added to it or taken out.
     *
     * @param nowPatterns how many there are then
     * @param change what was done; the new digest is that of the old one and this
     */
    public Provenance changed(int nowPatterns, String change, Audit nowAudit, Software nowSoftware) {
        MessageDigest digest = Digests.sha256();
        digest.update((dataDigest + " " + change).getBytes(StandardCharsets.UTF_8));
        return new Provenance(
                nowPatterns, Digests.hex(digest), seed, options, outcome, updates, nowAudit, nowSoftware, created);
    }

    /** An enum constant as the command line spells it, for example {@code from-memory-vector}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
