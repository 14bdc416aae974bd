package dev.engram.playground;

import dev.engram.inference.Inference;
import dev.engram.inference.StopRule;
import dev.engram.io.PatternSet;
import dev.engram.io.memory.Provenance;
import dev.engram.io.memory.Software;
import dev.engram.io.memory.StoredMemory;
import dev.engram.learning.LearningProgress;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.Score;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.network.GenerativeNetwork;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** Patterns being learned: it runs, keeps its history up to a bound, and tells the pages of it. */
final class Lesson {
    private static final int MOST_POINTS = 400;
    private static final int SAMPLES = 6;
    private static final int SAMPLE_STEPS = 100;
    private static final int LOOK_SELDOM = 4; // pictures may take a quarter of the time
    private static final double BILLION = 1e9;

    /** What became of it. */
    enum Phase {
        RUNNING,
        HELD,
        DONE,
        STOPPED,
        FAILED
    }

    /** The energies of all patterns before an update, per layer. */
    record Point(int update, double[] energy, double error) {}

    /** A pattern as the network generates it at present. */
    record Sample(int pattern, String picture) {}

    /**
     * What a page shows.
     *
     * @param points empty where only news is told
     * @param audited whether {@code recovered} is known
     */
    record View(
            Phase phase,
            int update,
            int updates,
            List<Integer> sizes,
            List<Point> points,
            List<Sample> samples,
            boolean audited,
            int recovered,
            double seconds,
            Optional<String> message) {}

    private final PatternSet set;
    private final PredictiveCodingOptions options;
    private final LinearAlgebra la;
    private final Audience pages;
    private final BiConsumer<StoredMemory, Runnable> whenLearned;
    private final int[] sampled;
    private final Thinned<Point> points = new Thinned<>(MOST_POINTS, LearningRequest.MOST_UPDATES);
    private final List<Integer> sizes = new ArrayList<>();

    private final long began = System.nanoTime();
    private long nextLook;
    private volatile Phase phase = Phase.RUNNING;
    private volatile int update;
    private volatile List<Sample> samples = List.of();
    private volatile Optional<Score> audit = Optional.empty();
    private volatile double seconds;
    private volatile Optional<String> message = Optional.empty();

    /**
     * @param whenLearned takes the memory, at the end and whenever the learning is held, and runs what it is given in the same moment, so that nobody
     *     sees the one without the other
     */
    Lesson(
            PatternSet set,
            PredictiveCodingOptions options,
            LinearAlgebra la,
            Audience pages,
            BiConsumer<StoredMemory, Runnable> whenLearned) {
        this.set = set;
        this.options = options;
        this.la = la;
        this.pages = pages;
        this.whenLearned = whenLearned;
        int count = Math.min(SAMPLES, set.count());
        this.sampled = IntStream.range(0, count)
                .map(i -> (int) ((2L * i + 1) * set.count() / (2L * count)))
                .toArray();
        sizes.add(set.shape().values());
        IntStream.range(1, options.layers())
                .forEach(l ->
                        sizes.add(options.hiddenFor(set.count(), set.shape().values())));
    }

    void run(Job job) {
        if (job.isCancelled()) {
            phase = Phase.STOPPED;
            pages.tell("learning", view(points.items()));
            return;
        }
        pages.tell("learning", view(points.items()));
        try {
            Learned<PredictiveCodingMemory> learned =
                    PredictiveCodingMemory.learn(set.patterns(), options, progress -> onUpdate(progress, job), la);
            finish(learned);
        } catch (IllegalArgumentException | ArithmeticException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            fail(Refusal.NO_MEMORY);
        }
        pages.tell("learning", view(points.items()));
    }

    private void fail(String why) {
        message = Optional.of(why);
        phase = Phase.FAILED;
    }

    private void finish(Learned<PredictiveCodingMemory> learned) {
        seconds = (System.nanoTime() - began) / BILLION;
        if (learned.outcome() == Outcome.DIVERGED) {
            fail(
                    "The learning diverged: the numbers left the range of floats. Maybe choose local least squares, or fewer layers.");
            return;
        }
        look(learned.memory().network());
        keep(
                learned.outcome() == Outcome.COMPLETED ? Phase.DONE : Phase.STOPPED,
                learned.memory(),
                learned.outcome(),
                learned.updates(),
                Score.of(set.patterns(), learned.memory().recall(set.patterns()).patterns()));
    }

    /** From one moment on the memory is there and the phase is this. */
    private void keep(Phase now, PredictiveCodingMemory memory, Outcome outcome, int updates, Score score) {
        Provenance provenance = new Provenance(
                set.count(),
                set.digest(),
                options.seed(),
                options.describe(),
                outcome,
                updates,
                Provenance.Audit.of(score, Score.COMPLETION_THRESHOLD),
                Software.current(la.description()),
                Optional.empty());
        whenLearned.accept(new StoredMemory(memory, set.shape(), provenance), () -> {
            audit = Optional.of(score);
            phase = now;
        });
    }

    private boolean onUpdate(LearningProgress progress, Job job) {
        update = progress.update();
        Point point = new Point(progress.update(), progress.energyPerLayer().clone(), progress.trainingError());
        points.offer(() -> point);
        long now = System.nanoTime();
        boolean holds = job.isHeld();
        if (now >= nextLook || holds) {
            look(progress.network().get());
            long after = System.nanoTime();
            nextLook = after + LOOK_SELDOM * (after - now);
        }
        if (holds) {
            hold(progress, job);
        } else {
            pages.tell("learning", view(List.of(point)));
        }
        return !job.isCancelled(); // who asks for a hold from here on is heard at the next update, where it is told
    }

    /** While it is held, what has been learned so far can be used. */
    private void hold(LearningProgress progress, Job job) {
        PredictiveCodingMemory soFar =
                PredictiveCodingMemory.of(progress.network().get().copy(), la);
        Score score = Score.of(set.patterns(), soFar.recall(set.patterns()).patterns());
        keep(Phase.HELD, soFar, Outcome.CANCELLED, progress.update(), score);
        pages.tell("learning", view(points.items()));
        if (job.goesOn()) {
            phase = Phase.RUNNING;
            audit = Optional.empty();
        }
    }

    /** What the network makes of a few patterns that it is shown. */
    private void look(GenerativeNetwork network) {
        PredictiveCodingMemory memory = PredictiveCodingMemory.of(network, la);
        if (network.hiddenLayers() > 1) { // here the library's own inference takes long
            Inference inference = Inference.accelerated()
                    .withStop(StopRule.steps(SAMPLE_STEPS))
                    .withLinearAlgebra(la);
            memory = memory.withInference(inference, inference);
        }
        Matrix recalled = memory.recall(set.patterns().rows(sampled)).patterns();
        samples = IntStream.range(0, sampled.length)
                .mapToObj(i -> new Sample(sampled[i], Pixels.picture(recalled.row(i))))
                .toList();
    }

    Phase phase() {
        return phase;
    }

    View view() {
        return view(points.items());
    }

    private View view(List<Point> shown) {
        return new View(
                phase,
                update,
                options.updates(),
                sizes,
                shown,
                samples,
                audit.isPresent(),
                audit.map(score -> score.recovered(Score.COMPLETION_THRESHOLD)).orElse(0),
                seconds,
                message);
    }
}
