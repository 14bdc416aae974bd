package dev.engram.experiments.twoway;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.ClassLabels;
import dev.engram.experiments.report.ContactSheet;
import dev.engram.graph.FeedForwardGraph;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.TwoWay;
import dev.engram.graph.inference.GraphEquilibrium;
import dev.engram.graph.inference.GraphInference;
import dev.engram.graph.inference.Motion;
import dev.engram.graph.inference.Schedule;
import dev.engram.graph.training.CreditAssignment;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.memory.baseline.NearestNeighbour;
import java.util.stream.IntStream;

/** One network both ways, from one seed: learned, and asked from below, from above and from a part. */
final class NetworkCell {
    static final String BY_THE_PASS = "accuracy of the pass up";
    static final String SETTLED = "accuracy of the settled label";
    static final String FROM_HALF = "accuracy from the upper half";
    static final String LOWER = "MSE of the lower half";
    static final String TO_MEANS = "MSE to the class means";
    static final String MEANS_OF_THEMSELVES = "MSE of the class means to each other";
    static final String READ_BACK = "labels read back from their pictures";
    static final String PICTURES = "pictures from labels";
    static final String HALVES = "lower halves";
    private static final int SHOWN = 12;
    private static final double ETA = 0.1;
    private static final int LEARNING_STEPS = 8;
    private static final Schedule LEARNING = Schedule.strict(ETA, LEARNING_STEPS);
    private static final Schedule NAMING = Schedule.strict(ETA, 20);
    private static final Schedule SETTLING = Schedule.strict(Motion.nesterov(ETA / 2, 0.9), 100);

    private final Workbench bench;
    private final LabelledPictures train;
    private final LabelledPictures test;
    private final FeedForwardGraph below;
    private final FeedForwardGraph above;
    private final Parameters learned;
    private final Parameters learnedAbove;

    NetworkCell(Workbench bench, TwoWay network, Lesson lesson, long seed) {
        this.bench = bench;
        this.train = LabelledPictures.read(bench, DataSet.MNIST);
        this.test = LabelledPictures.read(bench, DataSet.MNIST_TEST);
        this.below = network.fromBelow();
        this.above = network.fromAbove();
        this.learned = lesson.learn(
                bench,
                below.graph(),
                CreditAssignment.predictiveCoding(LEARNING),
                train.clamped(below.input(), below.output()),
                seed);
        this.learnedAbove = Parameters.of(above.graph(), Precision.FLOAT, learned.snapshot());
    }

    /** What its numbers depend on besides the setting. */
    static String options(TwoWay network, Lesson lesson) {
        return "%s, %s, %s, %s, %s".formatted(network, lesson, LEARNING, NAMING, SETTLING);
    }

    private GraphEquilibrium infer(Schedule schedule, Observations known) {
        bench.requireGoingOn();
        return GraphInference.of(learned, schedule)
                .withLinearAlgebra(bench.la())
                .run(known);
    }

    /** Labels of whole pictures: of the pass up, and of the values that settled. */
    void labels() {
        Observations pictures = Observations.of(below.input(), test.batch());
        Node label = below.output();
        bench.measure(
                bench.setting(),
                BY_THE_PASS,
                test.accuracy(infer(Schedule.strict(ETA, 0), pictures).value(label)));
        bench.measure(
                bench.setting(), SETTLED, test.accuracy(infer(NAMING, pictures).value(label)));
    }

    /** Pictures of the ten labels, beside the mean picture of each class. */
    void pictures() {
        Tensor labels =
                ClassLabels.oneHot(IntStream.range(0, LabelledPictures.CLASSES).toArray(), LabelledPictures.CLASSES);
        Tensor drawn = GraphInference.of(learnedAbove, SETTLING)
                .withLinearAlgebra(bench.la())
                .run(Observations.of(above.input(), labels))
                .value(above.output());
        Matrix means = train.classMeans();
        Matrix pictures = matrix(drawn);
        bench.measure(bench.setting(), TO_MEANS, gap(pictures, means, 0));
        double apart = 0;
        for (int shift = 1; shift < LabelledPictures.CLASSES; shift++) {
            apart += gap(means, means, shift) / (LabelledPictures.CLASSES - 1);
        }
        bench.measure(bench.setting(), MEANS_OF_THEMSELVES, apart);
        LabelledPictures asPictures = new LabelledPictures(
                pictures, IntStream.range(0, LabelledPictures.CLASSES).toArray(), train.shape());
        bench.measure(
                bench.setting(),
                READ_BACK,
                asPictures.accuracy(
                        infer(SETTLING, Observations.of(below.input(), drawn)).value(below.output())));
        bench.sheet(
                PICTURES,
                new ContactSheet(train.shape(), LabelledPictures.CLASSES)
                        .row("from the label", pictures)
                        .row("mean of the class", means)
                        .sheet());
    }

    /** Lower halves and labels of unseen digits whose upper halves are known. */
    void halves(int count) {
        LabelledPictures asked = test.first(count);
        GraphEquilibrium settled = infer(
                SETTLING, Observations.none(asked.count()).andPart(below.input(), asked.batch(), asked.isUpper()));
        Matrix completed = matrix(settled.value(below.input()));
        bench.measure(bench.setting(), LOWER, asked.lowerError(completed));
        bench.measure(bench.setting(), FROM_HALF, asked.accuracy(settled.value(below.output())));
        LabelledPictures few = asked.first(SHOWN);
        Matrix nearest = new NearestNeighbour(bench.la(), train.pictures())
                .complete(few.pictures(), Rivals.upperHalf(few))
                .patterns();
        bench.sheet(
                HALVES,
                new ContactSheet(few.shape(), SHOWN)
                        .row("known", few.upperHalves())
                        .row(
                                "network",
                                completed.rows(IntStream.range(0, few.count()).toArray()))
                        .row("nearest", nearest)
                        .row("original", few.pictures())
                        .sheet());
    }

    private static Matrix matrix(Tensor batch) {
        return Matrix.wrap(
                batch.extent(0), batch.size() / batch.extent(0), batch.floats().clone());
    }

    /** The mean squared difference between the rows of one and those of the other, the latter moved on by so many. */
    private static double gap(Matrix one, Matrix other, int shift) {
        double sum = 0;
        for (int i = 0; i < one.rows(); i++) {
            for (int j = 0; j < one.columns(); j++) {
                double gap = one.get(i, j) - other.get((i + shift) % other.rows(), j);
                sum += gap * gap;
            }
        }
        return sum / ((double) one.rows() * one.columns());
    }
}
