package dev.engram.playground;

import dev.engram.io.PatternSet;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.DamagedCues;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.autoencoder.Autoencoder;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.hopfield.HopfieldNetwork;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.HopfieldRule;
import dev.engram.memory.hopfield.ModernHopfield;
import dev.engram.memory.hopfield.ModernHopfieldOptions;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Other memories of the same patterns, and what each makes of the same cue. They are made when first asked, and kept while there is room
 * for them.
 */
final class OtherMemories {
    private static final double BETA = 2; // Table 1 of Salvatori et al. 2021
    private static final String OURS = "pcn";
    private static final int AUTOENCODER_SECONDS = 8;
    private static final long HEAP_SHARE = 3; // a third of the heap for one memory's weights, and no more
    private static final double MILLION = 1e6;

    /**
     * What one memory made of the cue.
     *
     * @param picture empty where there is none, and {@code message} says why
     * @param milliseconds of the recall alone
     */
    record Attempt(
            String model, String name, String idea, String picture, double mse, double milliseconds, String message) {}

    /** What a page shows. */
    record View(boolean running, boolean completes, String cue, String erased, List<Attempt> answers) {}

    /** A memory that may be asked. */
    private record Candidate(String model, String name, String idea, Function<Job, AssociativeMemory> made) {
        Attempt failed(String message) {
            return new Attempt(model, name, idea, "", -1, 0, message);
        }
    }

    private final PatternSet set;
    private final Map<String, SoftReference<AssociativeMemory>> made = new LinkedHashMap<>();
    private volatile Optional<View> view = Optional.empty();

    OtherMemories(PatternSet set) {
        this.set = set;
    }

    Optional<View> view() {
        return view;
    }

    /** Asks all, one after the other. */
    void ask(AssociativeMemory ours, DamagedPicture picture, DamagedCues cues, Job job, Audience pages) {
        boolean completes = cues.known().isPresent();
        DamagedPicture.View shown = picture.view();
        List<Attempt> answers = new ArrayList<>();
        for (Candidate candidate : candidates(ours)) {
            if (job.isCancelled()) {
                break;
            }
            tell(pages, new View(true, completes, shown.picture(), shown.erased(), List.copyOf(answers)));
            answers.add(ask(candidate, cues, picture.original(), job));
        }
        tell(pages, new View(false, completes, shown.picture(), shown.erased(), List.copyOf(answers)));
    }

    private void tell(Audience pages, View now) {
        view = Optional.of(now);
        pages.tell("comparison", now);
    }

    private List<Candidate> candidates(AssociativeMemory ours) {
        LinearAlgebra la = LinearAlgebra.shared();
        Matrix patterns = set.patterns();
        return List.of(
                new Candidate(
                        OURS,
                        "Predictive coding",
                        "A network that generates the patterns; this page's memory.",
                        job -> ours),
                new Candidate(
                        "modern-hopfield",
                        "Modern Hopfield, dot product",
                        "Keeps every pattern; answers with the one whose product with the cue is largest.",
                        job -> ModernHopfield.learn(patterns, ModernHopfieldOptions.ramsauer(BETA))),
                new Candidate(
                        "modern-hopfield-distance",
                        "Modern Hopfield, distance",
                        "The same with squared distances in place of products.",
                        job -> ModernHopfield.learn(patterns, ModernHopfieldOptions.euclidean(BETA))),
                new Candidate(
                        "affine-span",
                        "Affine span",
                        "The weighted sum of all patterns that fits the cue best: what a linear network can do.",
                        job -> new AffineSpan(la, patterns)),
                new Candidate(
                        "nearest-neighbour",
                        "Nearest neighbour",
                        "Keeps every pattern and looks up the most similar one.",
                        job -> new NearestNeighbour(patterns)),
                new Candidate(
                        "hopfield",
                        "Classical Hopfield",
                        "Black and white units that pull at each other; pseudo-inverse weights.",
                        job -> hopfield()),
                new Candidate(
                        "autoencoder",
                        "Autoencoder",
                        "Backpropagation taught it, for %d s at most, to return what it is shown."
                                .formatted(AUTOENCODER_SECONDS),
                        this::autoencoder));
    }

    private AssociativeMemory hopfield() {
        long units = set.shape().values();
        long bytes = Float.BYTES * units * units;
        if (bytes > Math.min(Runtime.getRuntime().maxMemory() / HEAP_SHARE, (long) Float.BYTES * Integer.MAX_VALUE)) {
            throw Refusal.unusable(
                    "Its weights alone would take %,d MB for pictures of %s. Maybe use smaller ones, or start with ENGRAM_JAVA_OPTS=-Xmx8g."
                            .formatted(bytes >> 20, set.shape()));
        }
        return HopfieldNetwork.learn(set.patterns(), HopfieldOptions.defaults().withRule(HopfieldRule.PSEUDO_INVERSE));
    }

    private AssociativeMemory autoencoder(Job job) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(AUTOENCODER_SECONDS);
        return Autoencoder.learn(
                        set.patterns(),
                        AutoencoderOptions.defaults(),
                        progress -> !job.isCancelled() && System.nanoTime() < end)
                .memory();
    }

    /** The candidate's memory; one whose learning was cancelled is not kept. */
    private AssociativeMemory memory(Candidate candidate, Job job) {
        Optional<AssociativeMemory> known =
                Optional.ofNullable(made.get(candidate.model())).map(SoftReference::get);
        if (known.isPresent()) {
            return known.get();
        }
        AssociativeMemory memory = candidate.made().apply(job);
        if (!candidate.model().equals(OURS) && !job.isCancelled()) {
            made.put(candidate.model(), new SoftReference<>(memory));
        }
        return memory;
    }

    private Attempt ask(Candidate candidate, DamagedCues cues, Matrix original, Job job) {
        try {
            AssociativeMemory memory = memory(candidate, job);
            long began = System.nanoTime();
            Recall recall = cues.ask(memory);
            double milliseconds = (System.nanoTime() - began) / MILLION;
            return new Attempt(
                    candidate.model(),
                    candidate.name(),
                    candidate.idea(),
                    Pixels.picture(recall.patterns().data()),
                    Score.of(original, recall.patterns()).errors()[0],
                    milliseconds,
                    "");
        } catch (Refusal | IllegalArgumentException | ArithmeticException e) {
            return candidate.failed(String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            return candidate.failed("There is not enough memory for it.");
        }
    }
}
