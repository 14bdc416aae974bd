package dev.engram.playground;

import dev.engram.io.PatternSet;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.DamagedCues;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import dev.engram.memory.baseline.AffineSpanOptions;
import dev.engram.memory.baseline.NearestNeighbourOptions;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.HopfieldRule;
import dev.engram.memory.hopfield.ModernHopfieldOptions;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Other memories of the same patterns, and what each makes of the same cue. They are made when first asked, and kept while there is room
 * for them.
 */
final class OtherMemories {
    private static final long HEAP_SHARE = 3; // a third of the heap for one candidate, and no more
    private static final double BETA = 2; // Table 1 of Salvatori et al. 2021
    private static final int PATIENCE = 8; // seconds
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

    /** A memory that may be asked, and how it is learned; the page's own is learned already. */
    private record Candidate(String key, String name, String idea, Optional<MemoryModel> model) {
        Candidate(String key, String name, String idea, MemoryModel model) {
            this(key, name, idea, Optional.of(model));
        }

        Attempt attempt(String picture, double mse, double milliseconds, String message) {
            return new Attempt(key, name, idea, picture, mse, milliseconds, message);
        }
    }

    private static final List<Candidate> CANDIDATES = List.of(
            new Candidate(
                    "pcn",
                    "Predictive coding",
                    "A network that generates the patterns; this page's memory.",
                    Optional.empty()),
            new Candidate(
                    "modern-hopfield",
                    "Modern Hopfield, dot product",
                    "Keeps every pattern; answers with the one whose product with the cue is largest.",
                    ModernHopfieldOptions.ramsauer(BETA)),
            new Candidate(
                    "modern-hopfield-distance",
                    "Modern Hopfield, distance",
                    "The same with squared distances in place of products.",
                    ModernHopfieldOptions.euclidean(BETA)),
            new Candidate(
                    "affine-span",
                    "Affine span",
                    "The weighted sum of all patterns that fits the cue best: what a linear network can do.",
                    new AffineSpanOptions()),
            new Candidate(
                    "nearest-neighbour",
                    "Nearest neighbour",
                    "Keeps every pattern and looks up the most similar one.",
                    new NearestNeighbourOptions()),
            new Candidate(
                    "hopfield",
                    "Classical Hopfield",
                    "Black and white units that pull at each other; pseudo-inverse weights.",
                    HopfieldOptions.defaults().withRule(HopfieldRule.PSEUDO_INVERSE)),
            new Candidate(
                    "autoencoder",
                    "Autoencoder",
                    "Backpropagation taught it, for %d s at most, to return what it is shown.".formatted(PATIENCE),
                    AutoencoderOptions.defaults()));

    private final LinearAlgebra la;
    private final PatternSet set;
    private final Map<String, SoftReference<AssociativeMemory>> made = new LinkedHashMap<>();
    private volatile Optional<View> view = Optional.empty();

    OtherMemories(PatternSet set, LinearAlgebra la) {
        this.la = la;
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
        for (Candidate candidate : CANDIDATES) {
            if (job.isCancelled()) {
                break;
            }
            tell(pages, new View(true, completes, shown.picture(), shown.erased(), List.copyOf(answers)));
            answers.add(ask(candidate, ours, cues, picture.original(), job));
        }
        tell(pages, new View(false, completes, shown.picture(), shown.erased(), List.copyOf(answers)));
    }

    private void tell(Audience pages, View now) {
        view = Optional.of(now);
        pages.tell("comparison", now);
    }

    /** The candidate's memory; one whose learning was cancelled is not kept. */
    private AssociativeMemory memory(MemoryModel model, String key, Job job) {
        Optional<AssociativeMemory> known = Optional.ofNullable(made.get(key)).map(SoftReference::get);
        if (known.isPresent()) {
            return known.get();
        }
        model.obstacle(set.count(), set.shape(), Runtime.getRuntime().maxMemory() / HEAP_SHARE)
                .ifPresent(why -> {
                    throw Refusal.unusable(
                            "%s. Maybe use smaller pictures, or start with ENGRAM_JAVA_OPTS=-Xmx8g.".formatted(why));
                });
        AssociativeMemory memory = model.learn(set.patterns(), set.shape(), 0, new Patience(job), la)
                .memory();
        if (!job.isCancelled()) {
            made.put(key, new SoftReference<>(memory));
        }
        return memory;
    }

    /** Ends a learning that is cancelled or takes long; nobody looks at an audit. */
    private static final class Patience implements MemoryModel.Watch {
        private final Job job;
        private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);

        Patience(Job job) {
            this.job = job;
        }

        @Override
        public boolean onUpdate(int update, int updates, double trainingError) {
            return !job.isCancelled() && System.nanoTime() < end;
        }

        @Override
        public boolean onAudit(int audited, int patterns) {
            return false;
        }
    }

    private Attempt ask(Candidate candidate, AssociativeMemory ours, DamagedCues cues, Matrix original, Job job) {
        try {
            AssociativeMemory memory =
                    candidate.model().map(m -> memory(m, candidate.key(), job)).orElse(ours);
            long began = System.nanoTime();
            Recall recall = cues.ask(memory);
            double milliseconds = (System.nanoTime() - began) / MILLION;
            String picture = Pixels.picture(recall.patterns().data());
            return candidate.attempt(
                    picture, Score.of(original, recall.patterns()).errors()[0], milliseconds, "");
        } catch (Refusal | IllegalArgumentException | ArithmeticException e) {
            return candidate.attempt("", -1, 0, String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            return candidate.attempt("", -1, 0, Refusal.NO_MEMORY);
        }
    }
}
