package dev.engram.experiments.sequences;

import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.TASK;

import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Finding;
import dev.engram.io.NumberText;
import dev.engram.memory.Score;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** What is expected of sequence memories, checked against the numbers found here. */
record SequencesClaims(Results results) {
    List<Claim> all() {
        return List.of(
                capacity(),
                replayed(SequenceModels.DIRECT),
                replayed(SequenceModels.HIDDEN),
                noisy(),
                shared(),
                together(),
                forgotten(Forgetting.EARLIER, "offline"),
                forgotten(Forgetting.FOLLOWED, "online"));
    }

    private Claim capacity() {
        Results random = results.where(TASK, Capacity.TASK);
        DoubleStream.Builder ratios = DoubleStream.builder();
        DoubleStream.Builder denser = DoubleStream.builder();
        random.forEach(
                Capacity.UNITS,
                (units, sized) -> sized.forEach(Capacity.DRAW, (draw, here) -> {
                    double tpc = longest(here, Capacity.TPC);
                    ratios.add(tpc / longest(here, Capacity.HEBB));
                    denser.add(tpc / longest(here, Capacity.QUADRATIC));
                }));
        OptionalDouble least = denser.build().min();
        return new Finding(
                        "Of random binary frames, temporal predictive coding stores at least as long a sequence as the asymmetric Hopfield network, in every draw.",
                        "N = " + String.join(", ", random.values(Capacity.UNITS)),
                        "least ratio of the longest sequences",
                        ratio -> ratio >= 1,
                        least.isEmpty()
                                ? ""
                                : "Beside the quadratic one, which keeps the frames: %s times at least."
                                        .formatted(NumberText.brief(least.getAsDouble())))
                .beside(ratios.build().min(), ratio -> "%s times as long at least".formatted(NumberText.brief(ratio)));
    }

    private static double longest(Results here, String memory) {
        return here.where(MEMORY, memory).value(Capacity.LONGEST).orElse(Double.NaN);
    }

    private Claim replayed(String memory) {
        Results pictures = results.where(TASK, PicturesInOrder.TASK);
        return new Finding(
                        "A sequence of 100 pictures is replayed from its first without drift: every frame at MSE < 0.001.",
                        "%s, %s".formatted(String.join(", ", pictures.values("data")), memory),
                        PicturesInOrder.WORST_OFFLINE,
                        worst -> worst < Score.COMPLETION_THRESHOLD,
                        "")
                .beside(numbers(pictures, memory, PicturesInOrder.WORST_OFFLINE).max(), worst -> "MSE %s at most"
                        .formatted(NumberText.brief(worst)));
    }

    private Claim noisy() {
        Results pictures = results.where(TASK, PicturesInOrder.TASK);
        OptionalDouble later = numbers(pictures, SequenceModels.STRONG, PicturesInOrder.NOISY_LATER)
                .min();
        return new Finding(
                        "From a noisy present (standard deviation 0.2) the next picture is foretold: every frame at MSE < 0.005.",
                        "%s, %s".formatted(String.join(", ", pictures.values("data")), SequenceModels.STRONG),
                        PicturesInOrder.NOISY_RECALLED,
                        fraction -> fraction == 1,
                        later.isEmpty()
                                ? ""
                                : "From the second frame on %s at least: a first frame has no past to correct its noise. Nearest frame %s."
                                        .formatted(
                                                NumberText.percent(later.getAsDouble()),
                                                NumberText.percent(
                                                        numbers(pictures, NEAREST, PicturesInOrder.NOISY_RECALLED)
                                                                .min())))
                .beside(numbers(pictures, SequenceModels.STRONG, PicturesInOrder.NOISY_RECALLED)
                        .min());
    }

    private Claim shared() {
        Results shared = results.where(TASK, SharedFrames.TASK);
        return new Finding(
                        "With a hidden layer, sequences that share frames in their middle go on rightly after them, offline: every frame at MSE < 0.001.",
                        "%s sequences".formatted(String.join(", ", shared.values(SharedFrames.SEQUENCES))),
                        SharedFrames.OFFLINE,
                        fraction -> fraction == 1,
                        shared.isEmpty()
                                ? ""
                                : "Without one %s at best, nearest frame %s."
                                        .formatted(
                                                NumberText.percent(
                                                        numbers(shared, SequenceModels.DIRECT, SharedFrames.OFFLINE)
                                                                .max()),
                                                NumberText.percent(numbers(shared, NEAREST, SharedFrames.OFFLINE)
                                                        .max())))
                .beside(numbers(shared, SequenceModels.HIDDEN, SharedFrames.OFFLINE)
                        .min());
    }

    private Claim together() {
        Results nearer = results.where(TASK, OccurredTogether.TASK)
                .where(OccurredTogether.SHIFT, OccurredTogether.NEARER_THE_COPY);
        return new Finding(
                        "A hidden layer recalls what occurred together, not what is alike: after a frame more like that of another sequence than its own it goes on with its own, for every cue of every draw.",
                        "%d units, three quarters of the way to the near-copy, %s"
                                .formatted(OccurredTogether.UNITS, SequenceModels.STRONG),
                        OccurredTogether.RECALLED,
                        fraction -> fraction == 1,
                        nearer.isEmpty()
                                ? ""
                                : "With λ = 1 %s at least. Without a hidden layer %s at best, nearest frame %s."
                                        .formatted(
                                                NumberText.percent(numbers(
                                                                nearer,
                                                                SequenceModels.HIDDEN,
                                                                OccurredTogether.RECALLED)
                                                        .min()),
                                                NumberText.percent(numbers(
                                                                nearer,
                                                                SequenceModels.DIRECT,
                                                                OccurredTogether.RECALLED)
                                                        .max()),
                                                NumberText.percent(numbers(nearer, NEAREST, OccurredTogether.RECALLED)
                                                        .max())))
                .beside(numbers(nearer, SequenceModels.STRONG, OccurredTogether.RECALLED)
                        .min());
    }

    /** The mean over the draws after the last sequence. */
    private Claim forgotten(String metric, String how) {
        Results here = results.where(TASK, Forgetting.TASK);
        List<String> counts = here.values(Forgetting.LEARNED);
        String most = counts.isEmpty() ? "0" : counts.get(counts.size() - 1);
        Results last = here.where(Forgetting.LEARNED, most);
        OptionalDouble tpc = numbers(last, Capacity.TPC, metric).average();
        OptionalDouble hebb = numbers(last, Capacity.HEBB, metric).average();
        return new Finding(
                        "Learned one after the other, without rehearsal, earlier sequences are recalled %s with fewer wrong bits by temporal predictive coding than by the asymmetric Hopfield network, in the mean of the draws."
                                .formatted(how),
                        "%s sequences of %d frames, %d units".formatted(most, Forgetting.FRAMES, Forgetting.UNITS),
                        "wrong bits of the Hopfield network less those of temporal predictive coding",
                        difference -> difference > 0,
                        tpc.isEmpty() || hebb.isEmpty()
                                ? ""
                                : "%s of the bits are wrong, those of the Hopfield network %s; of temporal predictive coding taught all at once %s."
                                        .formatted(
                                                NumberText.percent(tpc),
                                                NumberText.percent(hebb),
                                                NumberText.percent(numbers(last, Forgetting.AT_ONCE, metric)
                                                        .average())))
                .beside(Finding.difference(hebb, tpc), difference -> "%s percentage points fewer"
                        .formatted(NumberText.brief(100 * difference)));
    }

    private static DoubleStream numbers(Results here, String memory, String metric) {
        return here.where(MEMORY, memory).numbers(metric);
    }
}
