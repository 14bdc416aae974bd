package dev.engram.playground;

import dev.engram.inference.InferenceStep;
import dev.engram.inference.Status;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.DamagedCues;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One recall: it runs, keeps its trajectory up to a bound, and tells the pages of it. */
final class Recollection {
    private static final long TRAJECTORY_BYTES = 48L << 20;
    private static final int FEWEST_FRAMES = 8;
    private static final int MOST_FRAMES = 300;
    private static final int LONGEST = 20_000; // steps; more than any inference here takes
    private static final int BYTES_A_VALUE = 3; // of a frame: picture and errors in base64, value nodes three times
    private static final double BILLION = 1e9;

    /** What became of it. */
    enum Phase {
        RUNNING,
        DONE,
        STOPPED,
        FAILED
    }

    /**
     * How it ended.
     *
     * @param status the library's word
     * @param meaning what that means, and what to do about it
     * @param mse between answer and undamaged original
     */
    record End(String status, String meaning, double residual, int steps, double energy, double mse, double seconds) {}

    /** What a page shows; {@code number} tells one recall from the next. */
    record View(
            long number,
            Phase phase,
            boolean completes,
            int pattern,
            List<Frame.Numbers> steps,
            Optional<End> end,
            Optional<String> message) {}

    /** A frame as it happens. */
    record Happening(long number, Frame.View frame) {}

    private final long number;
    private final PredictiveCodingMemory memory;
    private final DamagedPicture picture;
    private final DamagedCues cues;
    private final RecallRequest request;
    private final LinearAlgebra la;
    private final Audience pages;
    private final Thinned<Frame> trajectory;
    private volatile Phase phase = Phase.RUNNING;
    private volatile Optional<End> end = Optional.empty();
    private volatile Optional<String> message = Optional.empty();

    Recollection(
            long number,
            PredictiveCodingMemory memory,
            DamagedPicture picture,
            RecallRequest request,
            LinearAlgebra la,
            Audience pages) {
        this.number = number;
        this.memory = memory;
        this.picture = picture;
        this.cues = request.cues(picture);
        this.request = request;
        this.la = la;
        this.pages = pages;
        long fit = TRAJECTORY_BYTES / ((long) BYTES_A_VALUE * memory.values());
        this.trajectory = new Thinned<>((int) Math.max(FEWEST_FRAMES, Math.min(MOST_FRAMES, fit)), LONGEST);
    }

    void run(Job job) {
        if (job.isCancelled()) {
            phase = Phase.STOPPED;
            pages.tell("recall", view());
            return;
        }
        FramePainter painter =
                new FramePainter(la, memory.network(), picture.shape(), cue(), picture.original(), mask().clamp());
        long began = System.nanoTime();
        try {
            AtomicReference<Optional<InferenceStep>> passedOver = new AtomicReference<>(Optional.empty());
            PredictiveCodingMemory watched = request.prepare(memory, la, step -> {
                boolean kept = trajectory.offer(() -> painted(painter, step));
                passedOver.set(kept ? Optional.empty() : Optional.of(copy(step)));
                return job.goesOn();
            });
            Recall recall = cues.ask(watched);
            passedOver.get().ifPresent(last -> trajectory.end(painted(painter, last)));
            end = Optional.of(end(recall, (System.nanoTime() - began) / BILLION));
            phase = recall.count(Status.CANCELLED) > 0 ? Phase.STOPPED : Phase.DONE;
        } catch (IllegalArgumentException | ArithmeticException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            fail(Refusal.NO_MEMORY);
        }
        pages.tell("recall", view());
    }

    private void fail(String why) {
        message = Optional.of(why);
        phase = Phase.FAILED;
    }

    private Frame painted(FramePainter painter, InferenceStep step) {
        Frame frame = painter.paint(step);
        pages.tell("frame", new Happening(number, frame.view()));
        return frame;
    }

    private static InferenceStep copy(InferenceStep step) {
        double[][] energy = {step.energy()[0].clone()};
        return new InferenceStep(
                step.step(), step.priorPrecision(), energy, step.values().copyFrom(1));
    }

    private End end(Recall recall, double seconds) {
        Status status = recall.status().get(0);
        return new End(
                status.name(),
                (status.meaning() + " " + status.advice()).strip(),
                recall.residual()[0],
                recall.steps()[0],
                recall.energy()[0],
                Score.of(picture.original(), recall.patterns()).errors()[0],
                seconds);
    }

    boolean completes() {
        return cues.known().isPresent();
    }

    Matrix cue() {
        return cues.cues();
    }

    Mask mask() {
        return cues.known().orElseGet(() -> Mask.all(memory.values()));
    }

    PredictiveCodingMemory memory() {
        return memory;
    }

    DamagedPicture picture() {
        return picture;
    }

    Phase phase() {
        return phase;
    }

    List<Frame> frames() {
        return trajectory.items();
    }

    View view() {
        return new View(
                number,
                phase,
                completes(),
                picture.pattern(),
                frames().stream().map(Frame::numbers).toList(),
                end,
                message);
    }

    /** The frames {@code from} (inclusive) to {@code to} (exclusive) of those that are kept. */
    List<Frame.View> views(int from, int to) {
        List<Frame> frames = frames();
        int first = Math.max(0, Math.min(from, frames.size()));
        int last = Math.max(first, Math.min(to, frames.size()));
        return frames.subList(first, last).stream().map(Frame::view).toList();
    }
}
