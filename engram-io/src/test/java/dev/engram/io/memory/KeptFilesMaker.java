package dev.engram.io.memory;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.training.GraphTrainer;
import dev.engram.graph.training.TrainingState;
import dev.engram.io.PatternSet;
import dev.engram.learning.GradientRule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Precision;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.attractor.AttractorOptions;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import dev.engram.memory.baseline.AffineSpanOptions;
import dev.engram.memory.baseline.NearestNeighbourOptions;
import dev.engram.memory.covariance.CovarianceOptions;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.HopfieldRule;
import dev.engram.memory.hopfield.ModernHopfieldOptions;
import dev.engram.memory.hopfield.Separation;
import dev.engram.memory.hopfield.Similarity;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.memory.sequence.HiddenTemporalMemory;
import dev.engram.memory.sequence.HiddenTemporalOptions;
import dev.engram.memory.sequence.SequenceMemory;
import dev.engram.memory.sequence.Sequences;
import dev.engram.memory.sequence.TemporalMemory;
import dev.engram.memory.sequence.TemporalOptions;
import dev.engram.memory.sparse.SparseQuantisedOptions;
import dev.engram.network.Activation;
import dev.engram.optimiser.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Makes the kept files and what they answer. Run by hand, once for a version, when it is released; see the README beside the files. Never
 * to make a failing {@link KeptFilesTest} pass.
 */
final class KeptFilesMaker {
    private static final Shape GREY = Shape.of(4, 4);
    private static final Shape COLOURED = Shape.of(2, 4, 3);
    private static final Shape SQUARE = Shape.of(4, 4, 3);
    private static final int SEED = 11;
    private static final double RATE = 0.1;

    private final Path folder;

    private KeptFilesMaker(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the files where the folder has none, then adds what they answer with this machine's arithmetic, if that is not known yet.
     *
     * @param arguments the folder, then words that say what computes
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        KeptFilesMaker maker = new KeptFilesMaker(folder);
        if (KeptFiles.in(folder).isEmpty()) {
            maker.patterns();
            maker.codes();
            maker.sequences();
            maker.checkpoints();
        }
        for (Path file : KeptFiles.in(folder)) {
            addAnswers(file, arguments[1]);
        }
    }

    private static void addAnswers(Path file, String by) throws IOException {
        Path answers = KeptFiles.answersOf(file);
        if (!Files.exists(answers)) {
            Files.createFile(answers);
        }
        Map<String, Map<String, String>> known = KeptFiles.answers(file);
        String fingerprint = Arithmetic.fingerprint();
        if (known.containsKey(fingerprint)) {
            return;
        }
        Map<String, String> first =
                known.isEmpty() ? Map.of() : known.values().iterator().next();
        List<String> lines = new ArrayList<>();
        lines.add("%s %s %s".formatted(KeptFiles.ARITHMETIC, fingerprint, by));
        KeptAnswers.of(file).forEach((name, value) -> {
            if (!value.equals(first.get(name))) {
                lines.add(name + " " + value);
            }
        });
        Files.write(answers, lines, StandardOpenOption.APPEND);
    }

    private void patterns() {
        PredictiveCodingOptions pcn = PredictiveCodingOptions.defaults();
        keep("pcn-weights", 12, GREY, pcn);
        keep("pcn-span", 6, COLOURED, pcn.withHidden(12));
        keep(
                "pcn-three-layers-tanh",
                6,
                GREY,
                PredictiveCodingOptions.deep(3).withActivation(Activation.TANH).withHidden(12));
        keep(
                "pcn-linear-gradient",
                6,
                GREY,
                pcn.withActivation(Activation.LINEAR)
                        .withHidden(8)
                        .withRule(GradientRule.adam(0.01))
                        .withUpdates(30));
        keep("pcn-three-layers", 6, GREY, PredictiveCodingOptions.deep(3).withHidden(12));
        keep("hopfield-hebb", 6, GREY, HopfieldOptions.defaults().withRule(HopfieldRule.HEBB));
        keep(
                "hopfield-pseudo-inverse-synchronous",
                6,
                COLOURED,
                HopfieldOptions.defaults()
                        .withUpdates(HopfieldOptions.Updates.SYNCHRONOUS)
                        .withThreshold(0.4)
                        .withSweeps(9)
                        .withRule(HopfieldRule.PSEUDO_INVERSE));
        keep("modern-hopfield-dot-softmax", 6, GREY, modern(Similarity.DOT, Separation.softmax(3)));
        keep("modern-hopfield-l1-softmax", 6, GREY, modern(Similarity.MANHATTAN, Separation.softmax(3)));
        keep("modern-hopfield-cosine-sparsemax", 6, GREY, modern(Similarity.COSINE, Separation.sparsemax(8)));
        keep("modern-hopfield-euclidean-max", 6, GREY, modern(Similarity.EUCLIDEAN, Separation.max()));
        keep("modern-hopfield-dot-polynomial", 6, GREY, modern(Similarity.DOT, Separation.polynomial(9)));
        keep("modern-hopfield-cosine-identity", 6, GREY, modern(Similarity.COSINE, Separation.identity()));
        keep("sparse-quantised-hopfield-flat", 6, GREY, SparseQuantisedOptions.flat(GREY));
        keep("sparse-quantised-hopfield-tree", 6, SQUARE, SparseQuantisedOptions.tree(SQUARE, 4, 2, 1));
        keep(
                "sparse-quantised-hopfield-few-units",
                6,
                GREY,
                SparseQuantisedOptions.tree(GREY, 2, 1).withUnits(3));
        for (CovarianceOptions.Form form : CovarianceOptions.Form.values()) {
            keep(
                    "covariance-" + Provenance.word(form),
                    6,
                    GREY,
                    CovarianceOptions.defaults().withForm(form));
        }
        keep("affine-span", 6, GREY, new AffineSpanOptions());
        keep("nearest-neighbour", 6, GREY, new NearestNeighbourOptions());
        AutoencoderOptions autoencoder = AutoencoderOptions.defaults();
        keep("autoencoder", 6, GREY, autoencoder.withHidden(1, 8).withUpdates(200));
        keep(
                "autoencoder-three-layers-tanh",
                6,
                GREY,
                autoencoder
                        .withHidden(3, 6)
                        .withActivation(Activation.TANH)
                        .withUpdates(200)
                        .withRest(7, 1e-3));
    }

    private static MemoryModel modern(Similarity similarity, Separation separation) {
        return new ModernHopfieldOptions(similarity, separation);
    }

    private void keep(String name, int count, Shape shape, MemoryModel model) {
        keep(name, count, shape, model, memory -> memory);
    }

    /** Networks with codes in the place of the memory vector: as they are, in bytes, calibrated, and with the patterns beside them. */
    private void codes() {
        PredictiveCodingOptions options = PredictiveCodingOptions.defaults().withHidden(12);
        MemoryModel model = AttractorOptions.over(options);
        keep("pcn-codes-uncalibrated", 8, GREY, model, memory -> memory);
        keep("pcn-codes", 8, GREY, model, memory -> ((AttractorMemory) memory).calibrated(RATE));
        keep("pcn-codes-span-originals", 6, COLOURED, model, memory -> ((AttractorMemory) memory)
                .calibrated(RATE)
                .withOriginals(KeptAnswers.patterns(6, COLOURED)));
        keep("pcn-codes-bytes", 8, GREY, model, memory -> {
            AttractorMemory codes = (AttractorMemory) memory;
            return AttractorMemory.of(codes.network(), codes.codes().quantised())
                    .calibrated(RATE);
        });
        keep(
                "pcn-codes-three-layers",
                6,
                GREY,
                AttractorOptions.over(PredictiveCodingOptions.deep(3).withHidden(12)),
                memory -> ((AttractorMemory) memory).calibrated(RATE));
    }

    private void keep(String name, int count, Shape shape, MemoryModel model, UnaryOperator<AssociativeMemory> finish) {
        Matrix patterns = KeptAnswers.patterns(count, shape);
        Learned<? extends AssociativeMemory> learned = model.learn(patterns, shape, SEED, MemoryModel.Watch.NONE);
        Provenance provenance =
                provenance(patterns, shape, model.describe(), learned.outcome(), learned.updates(), learned.audit());
        MemoryFile.write(
                folder.resolve(name + ".engram"), new StoredMemory(finish.apply(learned.memory()), shape, provenance));
    }

    private static Provenance provenance(
            Matrix patterns, Shape shape, Map<String, String> options, Outcome outcome, int updates, Score audit) {
        return new Provenance(
                patterns.rows(),
                PatternSet.of(patterns, shape, PatternSet.indexNames(patterns.rows()), List.of())
                        .digest(),
                SEED,
                options,
                outcome,
                updates,
                Provenance.Audit.of(audit, Score.COMPLETION_THRESHOLD),
                Software.current(LinearAlgebra.shared().description()),
                Optional.empty());
    }

    /** Two sequences of the patterns; of many values in few frames the weights are kept in their span. */
    private void sequences() {
        TemporalOptions direct = TemporalOptions.defaults();
        HiddenTemporalOptions hidden =
                HiddenTemporalOptions.defaults().withHidden(12).withSeed(SEED);
        sequences("sequences-direct-weights", Shape.of(6), sequences -> direct(sequences, direct));
        sequences(
                "sequences-direct-span-tanh",
                COLOURED,
                sequences -> direct(sequences, direct.withActivation(Activation.TANH)));
        sequences("sequences-hidden-weights", Shape.of(6), sequences -> hidden(sequences, hidden));
        sequences("sequences-hidden-span", COLOURED, sequences -> hidden(sequences, hidden));
    }

    private record Made(Learned<? extends SequenceMemory> learned, Map<String, String> options) {}

    private static Made direct(Sequences sequences, TemporalOptions options) {
        return new Made(TemporalMemory.learn(sequences, options, LinearAlgebra.shared()), options.describe());
    }

    private static Made hidden(Sequences sequences, HiddenTemporalOptions options) {
        return new Made(HiddenTemporalMemory.learn(sequences, options, LinearAlgebra.shared()), options.describe());
    }

    private void sequences(String name, Shape shape, Function<Sequences, Made> learning) {
        Matrix frames = KeptAnswers.patterns(7, shape);
        Sequences sequences = Sequences.of(frames.slice(0, 4), frames.slice(4, 7));
        Made made = learning.apply(sequences);
        Provenance provenance = provenance(
                frames,
                shape,
                made.options(),
                made.learned().outcome(),
                made.learned().updates(),
                made.learned().audit());
        SequenceFile.write(
                folder.resolve(name + ".engram"),
                new StoredSequences(made.learned().memory(), shape, sequences.lengths(), provenance));
    }

    /** Stopped after the fourth of six updates. */
    private void checkpoints() {
        checkpoint("checkpoint-plain-double", Precision.DOUBLE);
        checkpoint("checkpoint-momentum-float", Precision.FLOAT);
        checkpoint("checkpoint-adam-double", Precision.DOUBLE);
    }

    private void checkpoint(String name, Precision precision) {
        ComputationGraph graph = KeptAnswers.graph();
        GraphTrainer trainer = KeptAnswers.trainer(KeptAnswers.optimiser(name));
        int[] seen = new int[1];
        TrainingState stopped = trainer.train(
                        graph,
                        trainer.begin(graph, precision, SEED),
                        KeptAnswers.observations(graph, precision),
                        progress -> ++seen[0] < 4)
                .state();
        CheckpointFile.write(folder.resolve(name + KeptAnswers.CHECKPOINT), stopped);
    }
}
