package dev.engram.experiments.twoway;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Workbench;
import dev.engram.graph.FeedForwardGraph;
import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Mlp;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.training.CreditAssignment;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.covariance.CovarianceMemory;
import dev.engram.memory.covariance.CovarianceOptions;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the networks are set beside: memories that complete pictures, and a network that is trained to name them. */
final class Rivals {
    static final String NEAREST = "nearest neighbour";
    static final String SPAN = "affine span of 2,000";
    static final String COVARIANCE = "covariance";
    static final String MEAN = "mean of the lower halves";
    static final List<String> MEMORIES = List.of(NEAREST, SPAN, COVARIANCE, MEAN);
    private static final int SPANNED = 2000;

    private Rivals() {}

    static Mask upperHalf(LabelledPictures pictures) {
        BitSet known = new BitSet();
        known.set(0, pictures.upperHalf());
        return Mask.known(pictures.values(), List.of(known));
    }

    /** Completes unseen pictures by a memory of all that the networks learn from. */
    static void complete(Workbench bench, String name, int count) {
        LabelledPictures train = LabelledPictures.read(bench, DataSet.MNIST);
        LabelledPictures asked =
                LabelledPictures.read(bench, DataSet.MNIST_TEST).first(count);
        Matrix answers = name.equals(MEAN)
                ? means(train, asked)
                : memory(bench, name, train.pictures())
                        .complete(asked.pictures(), upperHalf(asked))
                        .patterns();
        bench.measure(bench.setting(), NetworkCell.LOWER, asked.lowerError(answers));
    }

    private static AssociativeMemory memory(Workbench bench, String name, Matrix train) {
        return switch (name) {
            case NEAREST -> new NearestNeighbour(bench.la(), train);
            case SPAN ->
                new AffineSpan(
                        bench.la(),
                        train.rows(IntStream.range(0, Math.min(SPANNED, train.rows()))
                                .toArray()));
            default -> CovarianceMemory.learn(train, CovarianceOptions.defaults(), bench.la());
        };
    }

    private static Matrix means(LabelledPictures train, LabelledPictures asked) {
        double[] mean = train.pictures().toDouble().meanRow();
        Matrix answers = Matrix.zeros(asked.count(), asked.values());
        for (int i = 0; i < asked.count(); i++) {
            for (int j = 0; j < asked.values(); j++) {
                answers.set(i, j, (float) mean[j]);
            }
        }
        return answers;
    }

    /** A perceptron of the same layers by backpropagation, shown whole pictures and then upper halves above zeros. */
    static void backpropagate(Workbench bench, Lesson lesson, int count, long seed) {
        LabelledPictures train = LabelledPictures.read(bench, DataSet.MNIST);
        LabelledPictures test = LabelledPictures.read(bench, DataSet.MNIST_TEST);
        FeedForwardGraph net = Mlp.of(BothWays.LAYERS).build();
        Parameters learned = lesson.learn(
                bench, net.graph(), CreditAssignment.backpropagation(), train.clamped(net.input(), net.output()), seed);
        bench.measure(bench.setting(), NetworkCell.BY_THE_PASS, test.accuracy(name(bench, net, learned, test.batch())));
        LabelledPictures asked = test.first(count);
        Tensor zeros = Tensor.wrap(asked.upperHalves().data(), asked.count(), asked.values());
        bench.measure(bench.setting(), NetworkCell.FROM_HALF, asked.accuracy(name(bench, net, learned, zeros)));
    }

    private static Tensor name(Workbench bench, FeedForwardGraph net, Parameters learned, Tensor pictures) {
        Tensor any = Tensor.zeros(pictures.precision(), pictures.extent(0), LabelledPictures.CLASSES);
        Observations known = Observations.of(net.input(), pictures).and(net.output(), any);
        GraphEvaluation evaluation = new GraphEvaluation(bench.la(), learned, known);
        evaluation.clamp(known);
        evaluation.begin(Map.of());
        evaluation.inLanes(evaluation::feedForward);
        return evaluation.prediction(net.output());
    }
}
