package dev.engram.io.memory;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.inference.Schedule;
import dev.engram.graph.training.CreditAssignment;
import dev.engram.graph.training.GraphTrainer;
import dev.engram.graph.training.TrainingObserver;
import dev.engram.graph.training.TrainingState;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Precision;
import dev.engram.memory.Answer;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Calibration;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Shape;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.sequence.SequenceMemory;
import dev.engram.optimiser.Optimiser;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All that a kept file says, as lines of text: a name, and a kind with values.
 *
 * <table>
 * <caption>Kinds</caption>
 * <tr><td>{@code text}</td><td>does not depend on what computes</td></tr>
 * <tr><td>{@code f32}, {@code f64}</td><td>the bits of floats and doubles, hexadecimal</td></tr>
 * <tr><td>{@code end}</td><td>how an inference ended and after how many steps: another rounding may take a step more</td></tr>
 * </table>
 */
final class KeptAnswers {
    static final String CHECKPOINT = ".safetensors";

    private final Map<String, String> lines = new LinkedHashMap<>();

    private KeptAnswers() {}

    /** What the file says now. */
    static Map<String, String> of(Path file) {
        KeptAnswers answers = new KeptAnswers();
        if (file.toString().endsWith(CHECKPOINT)) {
            answers.addTraining(file.getFileName().toString(), CheckpointFile.read(file));
        } else {
            Stored stored = Stored.read(file);
            answers.add(stored);
            if (stored instanceof StoredMemory patterns) {
                answers.add(patterns.memory(), patterns(patterns.provenance().patterns(), patterns.shape()));
            } else if (stored instanceof StoredSequences sequences) {
                answers.text("lengths", sequences.lengths());
                answers.add(sequences.memory(), patterns(sequences.provenance().patterns(), sequences.shape()));
            }
        }
        return answers.lines;
    }

    /** Random values in [0, 1]; but the first half of the last pattern is that of the first, so that it alone cannot tell them apart. */
    static Matrix patterns(int count, Shape shape) {
        Matrix patterns = random(1, count, shape.values(), 0, 1);
        int last = (count - 1) * shape.values();
        System.arraycopy(patterns.data(), 0, patterns.data(), last, shape.values() / 2);
        return patterns;
    }

    /** The first two patterns with noise on every value, and one that is not stored. */
    private static Matrix cues(Matrix patterns) {
        Matrix cues = random(2, 3, patterns.columns(), 0, 1);
        Matrix noise = random(3, 2, patterns.columns(), -0.2, 0.2);
        for (int i = 0; i < noise.data().length; i++) {
            cues.data()[i] = patterns.data()[i] + noise.data()[i];
        }
        return cues;
    }

    private static Matrix random(long seed, int rows, int columns, double from, double to) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (float) (from + (to - from) * random.nextDouble());
        }
        return matrix;
    }

    private static Mask firstHalf(int values) {
        boolean[] known = new boolean[values];
        Arrays.fill(known, 0, values / 2, true);
        return Mask.known(known);
    }

    /** Two values of three, others in every cue. */
    private static Mask oneForEach(Matrix cues) {
        boolean[][] known = new boolean[cues.rows()][cues.columns()];
        for (int cue = 0; cue < cues.rows(); cue++) {
            for (int j = 0; j < cues.columns(); j++) {
                known[cue][j] = (cue + j) % 3 != 0;
            }
        }
        return Mask.known(known);
    }

    private void add(Stored stored) {
        text("model", stored.model());
        text("bytes", stored.bytes());
        text("shape", stored.shape().dimensions());
        Provenance p = stored.provenance();
        text("patterns", p.patterns());
        text("digest", p.dataDigest());
        text("seed", p.seed());
        text("options", p.options());
        text("outcome", p.outcome());
        text("updates", p.updates());
        Provenance.Audit audit = p.audit();
        text("audit", List.of(audit.meanError(), audit.worstError(), audit.recovered(), audit.threshold()));
        Software by = p.software();
        text("software", List.of(by.engram(), by.java(), by.os(), by.blas()));
        text("created", p.created().orElse("not said"));
    }

    private void add(AssociativeMemory memory, Matrix patterns) {
        Matrix cues = cues(patterns);
        Mask half = firstHalf(memory.values());
        text("values", memory.values());
        add("recall.1", memory.recall(cues, 1));
        add("recall.2", memory.recall(cues, 2));
        add("complete.half", memory.complete(patterns.slice(0, 2), half));
        add("complete.each", memory.complete(cues, oneForEach(cues)));
        if (memory instanceof AttractorMemory codes) {
            Calibration calibration = codes.calibration();
            text("calibration", List.of(calibration.threshold(), calibration.falseAlarmRate(), calibration.heldOut()));
            text("originals", codes.originals().map(kept -> kept.equals(patterns)));
            addSaid("identify", codes.recall(cues));
            addSaid("identify.half", codes.complete(patterns.slice(0, 2), half));
            f64("novelty", codes.familiarity(cues).novelty());
        }
    }

    private void add(SequenceMemory memory, Matrix frames) {
        text("values", memory.values());
        add("follow", memory.follow(cues(frames)));
        add("replay", memory.replay(frames.slice(0, 1), 3));
        add("replay.noisy", memory.replay(cues(frames).slice(0, 2), 2));
    }

    private void add(String name, Recall recall) {
        f32(name, recall.patterns().data());
        f64(name + ".energy", recall.energy());
        lines.put(
                name + ".ended",
                IntStream.range(0, recall.steps().length)
                        .mapToObj(cue -> "%s after %d".formatted(recall.status().get(cue), recall.steps()[cue]))
                        .collect(Collectors.joining(", ", "end ", "")));
    }

    private void addSaid(String name, Recall identified) {
        text(name, identified.answers().stream().map(KeptAnswers::word).toList());
        f64(
                name + ".by",
                identified.answers().stream().mapToDouble(KeptAnswers::number).toArray());
    }

    private static String word(Answer answer) {
        if (answer instanceof Answer.Recalled recalled) {
            return "recalled " + recalled.index();
        }
        return answer instanceof Answer.Ambiguous ambiguous ? "ambiguous " + ambiguous.indices() : "unfamiliar";
    }

    private static double number(Answer answer) {
        if (answer instanceof Answer.Recalled recalled) {
            return recalled.margin();
        }
        return answer instanceof Answer.Unfamiliar unfamiliar ? unfamiliar.score() : 0;
    }

    /** The state as it stands, and the one that training goes on to from there. */
    private void addTraining(String name, TrainingState state) {
        add("stopped", state);
        Precision precision = state.parameters().values().iterator().next().precision();
        ComputationGraph graph = graph();
        add(
                "ended",
                trainer(optimiser(name))
                        .train(graph, state, observations(graph, precision), TrainingObserver.NONE)
                        .state());
    }

    private void add(String when, TrainingState state) {
        text(when, "epoch %d, batch %d, seed %d".formatted(state.epoch(), state.batch(), state.seed()));
        new TreeMap<>(state.parameters()).forEach((name, parameter) -> add(when + "." + name, parameter));
        new TreeMap<>(state.optimiser()).forEach((name, remembered) -> {
            text(when + "." + name + ".updates", remembered.updates());
            for (int i = 0; i < remembered.averages().size(); i++) {
                add(
                        "%s.%s.average.%d".formatted(when, name, i),
                        remembered.averages().get(i));
            }
        });
    }

    private void add(String name, dev.engram.linalg.Tensor tensor) {
        text(name + ".shape", Arrays.toString(tensor.shape()));
        if (tensor.precision() == Precision.FLOAT) {
            f32(name, tensor.floats());
        } else {
            f64(name, tensor.doubles());
        }
    }

    /** The optimiser that a checkpoint's name says. */
    static Optimiser optimiser(String name) {
        if (name.contains("adam")) {
            return Optimiser.adam(0.01);
        }
        return name.contains("momentum") ? Optimiser.momentum(0.1, 0.9) : Optimiser.sgd(0.1);
    }

    static GraphTrainer trainer(Optimiser optimiser) {
        return GraphTrainer.of(CreditAssignment.predictiveCoding(Schedule.strict(0.1, 10)), optimiser, 3, 2);
    }

    static ComputationGraph graph() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 4);
        Node h = g.value("h", g.relu(g.dense(x, g.parameter("first", Initialiser.fanIn(), 5, 4))));
        g.value("y", g.dense(h, g.parameter("second", Initialiser.fanIn(), 2, 5)));
        return g.build();
    }

    /** Seven examples: three mini-batches an epoch. */
    static Observations observations(ComputationGraph graph, Precision precision) {
        return Observations.of(graph.node("x"), tensor(precision, 4, 7, 4))
                .and(graph.node("y"), tensor(precision, 5, 7, 2));
    }

    private static dev.engram.linalg.Tensor tensor(Precision precision, long seed, int rows, int columns) {
        Matrix values = random(seed, rows, columns, -1, 1);
        dev.engram.linalg.Tensor tensor = dev.engram.linalg.Tensor.zeros(precision, rows, columns);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.set(i, values.data()[i]);
        }
        return tensor;
    }

    private void text(String name, Object value) {
        lines.put(name, "text " + value);
    }

    private void f32(String name, float[] values) {
        lines.put(
                name,
                IntStream.range(0, values.length)
                        .mapToObj(i -> Integer.toHexString(Float.floatToRawIntBits(values[i])))
                        .collect(Collectors.joining(" ", "f32 ", "")));
    }

    private void f64(String name, double[] values) {
        lines.put(
                name,
                Arrays.stream(values)
                        .mapToObj(v -> Long.toHexString(Double.doubleToRawLongBits(v)))
                        .collect(Collectors.joining(" ", "f64 ", "")));
    }
}
