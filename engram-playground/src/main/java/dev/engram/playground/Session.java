package dev.engram.playground;

import dev.engram.io.PatternSet;
import dev.engram.io.memory.StoredMemory;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.DamagedCues;
import dev.engram.memory.Shape;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The state of one visitor of the page: patterns, a memory, a picture being damaged, and the work on them. Everything is here, nothing in the page, so
 * that a page can be reloaded at any time.
 */
final class Session {
    /** The patterns a page shows. */
    record PatternsView(
            int count,
            int width,
            int height,
            int channels,
            String source,
            String digest,
            List<String> names,
            List<String> notes) {}

    /**
     * The memory a page shows.
     *
     * @param ofThesePatterns whether it is they that were learned
     */
    record MemoryView(
            List<Integer> sizes,
            String activation,
            int width,
            int height,
            int channels,
            int patterns,
            int updates,
            int recovered,
            long bytes,
            boolean ofThesePatterns) {}

    /** All a page needs to draw itself. */
    record View(
            String id,
            boolean loading,
            Optional<String> problem,
            Optional<PatternsView> patterns,
            Optional<MemoryView> memory,
            Optional<Lesson.View> learning,
            Optional<DamagedPicture.View> damage,
            Optional<Recollection.View> recall,
            Optional<OtherMemories.View> comparison,
            Optional<Landscape.View> landscape) {}

    private final String id;
    private final LinearAlgebra la;
    private final Audience pages = new Audience();
    private final NewestJob loadingJob;
    private final NewestJob learningJob;
    private final NewestJob recallJob;
    private final NewestJob questionJob;

    private boolean loading;
    private Optional<String> problem = Optional.empty();
    private Optional<PatternSet> patterns = Optional.empty();
    private String source = "";
    private Optional<StoredMemory> memory = Optional.empty();
    private Optional<Lesson> lesson = Optional.empty();
    private Optional<DamagedPicture> damage = Optional.empty();
    private Optional<Recollection> recollection = Optional.empty();
    private Optional<OtherMemories> others = Optional.empty();
    private Optional<Landscape> landscape = Optional.empty();
    private long recalls;
    private long seen = System.nanoTime();

    Session(String id, Executor pool, LinearAlgebra la) {
        this.id = id;
        this.la = la;
        this.loadingJob = new NewestJob(pool);
        this.learningJob = new NewestJob(pool);
        this.recallJob = new NewestJob(pool);
        this.questionJob = new NewestJob(pool);
    }

    String id() {
        return id;
    }

    // --- pages that look at it ---------------------------------------------------------------------------------------

    Listener join() {
        Listener listener = pages.join();
        touch();
        return listener;
    }

    void leave(Listener listener) {
        pages.leave(listener);
        touch();
    }

    synchronized void touch() {
        seen = System.nanoTime();
    }

    /** Nanoseconds since a page looked at it; 0 while one does. */
    synchronized long unseen(long now) {
        return pages.hasListeners() ? 0 : now - seen;
    }

    /** Ends the work that nobody looks at; what there is stays. */
    void rest() {
        List.of(learningJob, recallJob, questionJob).forEach(NewestJob::cancel);
    }

    boolean isWorking() {
        return List.of(learningJob, recallJob, questionJob).stream().anyMatch(NewestJob::isBusy);
    }

    void close() {
        rest();
        pages.close();
    }

    // --- patterns and memory -----------------------------------------------------------------------------------------

    /** Takes patterns that are yet to be read or drawn. */
    void load(String from, Supplier<PatternSet> read) {
        synchronized (this) {
            loading = true;
            problem = Optional.empty();
        }
        loadingJob.start(job -> {
            if (job.isCancelled()) {
                return; // others are to be loaded in their place
            }
            try {
                PatternSet set = read.get();
                take(set, from);
            } catch (RuntimeException e) {
                notLoaded(String.valueOf(e.getMessage()));
            } catch (OutOfMemoryError e) {
                notLoaded(Refusal.NO_MEMORY);
            }
            changed();
        });
    }

    private synchronized void notLoaded(String why) {
        loading = false;
        problem = Optional.of(why);
    }

    /** Takes patterns; what was made of others goes. */
    synchronized void take(PatternSet set, String from) {
        rest();
        loading = false;
        patterns = Optional.of(set);
        source = from;
        lesson = Optional.empty();
        memory = memory.filter(m -> m.provenance().dataDigest().equals(set.digest()));
        recollection = Optional.empty();
        others = Optional.of(new OtherMemories(set, la));
        landscape = Optional.empty();
        damage = Optional.of(damageOf(set, 0));
    }

    private static DamagedPicture damageOf(PatternSet set, int pattern) {
        return new DamagedPicture(
                set.shape(), pattern, set.names().get(pattern), set.patterns().row(pattern));
    }

    synchronized PatternSet patterns() {
        return patterns.orElseThrow(() -> Refusal.notNow("There are no patterns yet."));
    }

    synchronized StoredMemory memory() {
        return memory.orElseThrow(() -> Refusal.notNow("There is no memory yet. Maybe press Learn first."));
    }

    synchronized void take(StoredMemory loaded) {
        if (!(loaded.memory() instanceof PredictiveCodingMemory)) {
            throw Refusal.unusable("This is a memory of the model %s; this page shows predictive-coding networks, pcn."
                    .formatted(loaded.memory().model()));
        }
        learningJob.cancel();
        recallJob.cancel();
        lesson = Optional.empty();
        recollection = Optional.empty();
        landscape = Optional.empty();
        memory = Optional.of(loaded);
        if (damage.filter(d -> d.shape().equals(loaded.shape())).isEmpty()) {
            damage = Optional.empty();
        }
        changed();
    }

    private PredictiveCodingMemory network() {
        if (memory().memory() instanceof PredictiveCodingMemory network) {
            return network;
        }
        throw Refusal.notNow("This page works with predictive-coding memories only.");
    }

    synchronized void learn(LearningRequest request) {
        PatternSet set = patterns();
        Lesson next = new Lesson(set, request.options(), la, pages, this::learned);
        recallJob.cancel();
        recollection = Optional.empty();
        landscape = Optional.empty();
        memory = Optional.empty();
        lesson = Optional.of(next);
        learningJob.start(next::run);
        changed();
    }

    private void learned(StoredMemory made, Runnable atOnce) {
        synchronized (this) {
            atOnce.run();
            if (patterns.filter(set -> set.digest().equals(made.provenance().dataDigest()))
                    .isEmpty()) {
                return; // others have been taken meanwhile
            }
            memory = Optional.of(made);
        }
        changed();
    }

    void holdLearning() {
        learningJob.current().hold();
    }

    void goOnLearning() {
        learningJob.current().release();
    }

    // --- damage and recall -------------------------------------------------------------------------------------------

    synchronized DamagedPicture.View choose(int pattern) {
        PatternSet set = patterns();
        if (pattern < 0 || pattern >= set.count()) {
            throw Refusal.unusable("There is no pattern %d; there are %d, from 0.".formatted(pattern, set.count()));
        }
        return show(damageOf(set, pattern));
    }

    /** The size a picture must have to be shown as a cue. */
    synchronized Shape shape() {
        return memory.map(StoredMemory::shape).orElseGet(() -> patterns().shape());
    }

    synchronized DamagedPicture.View choose(PatternSet picture) {
        Shape shape = shape();
        float[] values = picture.patterns().row(0);
        if (picture.shape().channels() == 1 && shape.channels() == 3 && 3 * values.length == shape.values()) {
            float[] coloured = new float[shape.values()];
            for (int i = 0; i < coloured.length; i++) {
                coloured[i] = values[i / 3];
            }
            values = coloured;
        }
        if (values.length != shape.values()) {
            throw Refusal.unusable("The picture is %s, the stored ones are %s. Maybe it has colours and they have none."
                    .formatted(picture.shape(), shape));
        }
        return show(new DamagedPicture(shape, -1, picture.names().get(0), values));
    }

    private DamagedPicture.View show(DamagedPicture next) {
        damage = Optional.of(next);
        changed();
        return next.view();
    }

    synchronized DamagedPicture.View damage(DamagedPicture.Change change) {
        DamagedPicture current = currentDamage();
        current.apply(change, patterns.map(PatternSet::patterns).orElseGet(() -> Matrix.zeros(0, 0)));
        changed();
        return current.view();
    }

    private DamagedPicture currentDamage() {
        return damage.orElseThrow(() -> Refusal.notNow("There is no picture yet. Maybe choose or bring one."));
    }

    synchronized long recall(RecallRequest request) {
        Recollection next = new Recollection(recalls + 1, network(), currentDamage(), request, la, pages);
        recalls++;
        recollection = Optional.of(next);
        recallJob.start(next::run);
        changed();
        return recalls;
    }

    void stopRecall() {
        recallJob.cancel();
    }

    synchronized Recollection recollection() {
        return recollection.orElseThrow(() -> Refusal.notNow("Nothing has been recalled yet."));
    }

    synchronized void compare(RecallRequest request) {
        OtherMemories asked = others.orElseThrow(() -> Refusal.notNow("There are no patterns to compare with."));
        PredictiveCodingMemory ours = network();
        DamagedPicture picture = currentDamage();
        DamagedCues cues = request.cues(picture);
        questionJob.start(job -> asked.ask(ours, picture, cues, job, pages));
    }

    synchronized void survey() {
        Recollection of = recollection();
        if (of.phase() == Recollection.Phase.RUNNING || of.frames().isEmpty()) {
            throw Refusal.notNow("The recall has not come to rest yet. Maybe wait a moment, or recall again.");
        }
        Landscape next = new Landscape(la, of, patterns());
        landscape = Optional.of(next);
        questionJob.start(job -> next.run(job, pages));
    }

    // --- what pages are told -----------------------------------------------------------------------------------------

    /** Tells the pages that something is different; they ask what. */
    private void changed() {
        pages.tell("changed", List.of());
    }

    synchronized View view() {
        return new View(
                id,
                loading,
                problem,
                patterns.map(this::view),
                memory.map(this::view),
                lesson.map(Lesson::view),
                damage.map(DamagedPicture::view),
                recollection.map(Recollection::view),
                others.flatMap(OtherMemories::view),
                landscape.map(Landscape::view));
    }

    private PatternsView view(PatternSet set) {
        Shape shape = set.shape();
        return new PatternsView(
                set.count(),
                shape.width(),
                shape.height(),
                shape.channels(),
                source,
                set.digest(),
                set.names(),
                set.notes());
    }

    private MemoryView view(StoredMemory stored) {
        PredictiveCodingMemory network = (PredictiveCodingMemory) stored.memory();
        Shape shape = stored.shape();
        return new MemoryView(
                network.network().sizes(),
                network.network().activation().word(),
                shape.width(),
                shape.height(),
                shape.channels(),
                stored.provenance().patterns(),
                stored.provenance().updates(),
                stored.provenance().audit().recovered(),
                network.bytes(),
                patterns.filter(set -> set.digest().equals(stored.provenance().dataDigest()))
                        .isPresent());
    }
}
