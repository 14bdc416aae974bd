package dev.engram.experiments.sequences;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.report.ContactSheet;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Score;
import dev.engram.memory.sequence.SequenceMemory;
import dev.engram.memory.sequence.Sequences;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Sequences of 50 pictures that have the 10 pictures in their middle in common. */
final class SharedFrames {
    static final String TASK = "sequences that share frames";
    static final String SEQUENCES = "sequences";
    static final String OFFLINE = "recalled after the shared frames, offline";
    static final String ONLINE = "recalled after the shared frames, online";
    static final String SHEET = "where they part";
    static final DataSet DATA = DataSet.TINY_IMAGENET;

    private static final int LENGTH = 50;
    private static final int SHARED_FROM = 20;
    private static final int SHARED_TO = 30;
    private static final int SHARED = SHARED_TO - SHARED_FROM;
    private static final int SHOWN_BEFORE = 3;
    private static final int SHOWN_AFTER = 3;

    private final Workbench bench;
    private final PatternSet pictures;
    private final Sequences sequences;

    SharedFrames(Workbench bench, int count) {
        this.bench = bench;
        this.pictures = bench.patterns(DATA);
        this.sequences = new Sequences(IntStream.range(0, count)
                .mapToObj(s -> pictures.patterns()
                        .rows(IntStream.range(0, LENGTH).map(t -> picture(s, t)).toArray()))
                .toList());
    }

    /** How many pictures a number of such sequences is made of. */
    static int pictures(int sequences) {
        return SHARED + sequences * (LENGTH - SHARED);
    }

    /** The shared ones come first, then those that each has for itself. */
    private static int picture(int sequence, int t) {
        if (t >= SHARED_FROM && t < SHARED_TO) {
            return t - SHARED_FROM;
        }
        return SHARED + sequence * (LENGTH - SHARED) + (t < SHARED_FROM ? t : t - SHARED);
    }

    void run() {
        SequenceModels models = new SequenceModels(bench);
        Map<String, SequenceMemory> memories = models.learn(sequences);
        memories.forEach((name, memory) -> {
            int offline = 0;
            int online = 0;
            for (Matrix frames : sequences.frames()) {
                bench.requireGoingOn();
                offline += recalled(frames.slice(SHARED_TO, LENGTH), after(replay(memory, frames)));
                // Online up to the last shared frame, where nothing but the past tells what comes.
                Matrix followed = memory.follow(frames.slice(0, SHARED_TO)).patterns();
                online += recalled(frames.slice(SHARED_TO, SHARED_TO + 1), followed.slice(SHARED_TO - 1, SHARED_TO));
            }
            int count = sequences.frames().size();
            bench.measure(models.asked(name), OFFLINE, (double) offline / (count * (LENGTH - SHARED_TO)));
            bench.measure(models.asked(name), ONLINE, (double) online / count);
        });
        keepSheet(memories);
    }

    /** All frames but the first, from the first. */
    private static Matrix replay(SequenceMemory memory, Matrix frames) {
        return memory.replay(frames.slice(0, 1), LENGTH - 1).patterns();
    }

    /** Row t of a replay is frame t + 1. */
    private static Matrix after(Matrix replayed) {
        return replayed.slice(SHARED_TO - 1, LENGTH - 1);
    }

    private static int recalled(Matrix right, Matrix answers) {
        return Score.of(right, answers).recovered(Score.COMPLETION_THRESHOLD);
    }

    private void keepSheet(Map<String, SequenceMemory> memories) {
        int from = SHARED_FROM - SHOWN_BEFORE;
        int to = SHARED_TO + SHOWN_AFTER;
        ContactSheet sheet = new ContactSheet(pictures.shape(), to - from);
        for (int s = 0; s < 2; s++) {
            Matrix frames = sequences.frames().get(s);
            sheet.row("sequence %d".formatted(s + 1), frames.slice(from, to));
            for (String name : new String[] {SequenceModels.DIRECT, SequenceModels.HIDDEN}) {
                sheet.row(
                        name,
                        replay(Objects.requireNonNull(memories.get(name)), frames)
                                .slice(from - 1, to - 1));
            }
        }
        bench.sheet(SHEET, sheet.sheet());
    }
}
