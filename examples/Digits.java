///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//REPOS mavencentral,mavenlocal
//DEPS dev.engram:engram-io:0.1.0-SNAPSHOT

import dev.engram.graph.FeedForwardGraph;
import dev.engram.graph.Mlp;
import dev.engram.graph.NodeEnergy;
import dev.engram.graph.Observations;
import dev.engram.graph.inference.Schedule;
import dev.engram.graph.op.Operations;
import dev.engram.graph.training.CreditAssignment;
import dev.engram.graph.training.GraphTrainer;
import dev.engram.graph.training.TrainingObserver;
import dev.engram.io.PatternReader;
import dev.engram.io.PatternSet;
import dev.engram.io.ReadOptions;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.optimiser.Optimiser;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** The same network taught to read digits by backpropagation and by five schedules of predictive coding. */
public class Digits {
    public static void main(String[] args) {
        Data data = args.length > 0 ? mnist(Path.of(args[0])) : madeUp();
        FeedForwardGraph net = Mlp.of(data.pictures().columns(), 32, 10)
                .withActivation(Operations.tanh())
                .withOutput(NodeEnergy.CATEGORICAL)
                .build();
        int learned = data.pictures().rows() * 3 / 4;
        Observations toLearn = data.rows(net, 0, learned);
        Observations toTest = data.rows(net, learned, data.pictures().rows());

        Map<String, CreditAssignment> methods = new LinkedHashMap<>();
        methods.put("backpropagation", CreditAssignment.backpropagation());
        methods.put("exact", CreditAssignment.predictiveCoding(Schedule.exact()));
        methods.put("fixed prediction", CreditAssignment.predictiveCoding(Schedule.fixedPrediction(0.1, 20)));
        methods.put("strict", CreditAssignment.predictiveCoding(Schedule.strict(0.1, 20)));
        methods.put("error-based", CreditAssignment.predictiveCoding(Schedule.errorBased(0.1, 5)));
        methods.put("incremental", CreditAssignment.predictiveCoding(Schedule.incremental(0.1, 5)));

        methods.forEach((name, method) -> {
            GraphTrainer trainer = GraphTrainer.of(method, Optimiser.adam(0.003), 32, 4);
            GraphTrainer.Result trained = trainer.train(
                    net.graph(), trainer.begin(net.graph(), Precision.FLOAT, 1), toLearn, TrainingObserver.NONE);
            double accuracy = trainer.evaluate(trained.parameters(), toTest).accuracy();
            System.out.printf(Locale.ROOT, "%-16s %.1f %% of %d%n", name, 100 * accuracy, toTest.batch());
        });
    }

    private record Data(Matrix pictures, int[] labels) {
        Observations rows(FeedForwardGraph net, int from, int to) {
            Tensor target = Tensor.zeros(Precision.FLOAT, to - from, 10);
            for (int i = from; i < to; i++) {
                target.set((i - from) * 10 + labels[i], 1);
            }
            return Observations.of(net.input(), Tensor.of(pictures.slice(from, to)))
                    .and(net.output(), target);
        }
    }

    /** An npz file with the entries images and labels; its patterns are called "7 #0", by label and number. */
    private static Data mnist(Path file) {
        PatternSet set = PatternReader.read(file, ReadOptions.defaults().withLimit(8000));
        int[] labels = set.names().stream().mapToInt(name -> name.charAt(0) - '0').toArray();
        return new Data(set.patterns(), labels);
    }

    /** Digits of seven segments, 7 x 5 values, with noise of standard deviation 0.5. */
    private static Data madeUp() {
        String[] on = {"abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcfgd"};
        String[] segments = {"a1 2 3", "b9 14", "c24 29", "d31 32 33", "e20 25", "f5 10", "g16 17 18"};
        SplittableRandom random = new SplittableRandom(2);
        Matrix pictures = Matrix.zeros(2000, 35);
        int[] labels = new int[2000];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(10);
            for (int j = 0; j < 35; j++) {
                pictures.set(i, j, (float) (0.5 * random.nextGaussian()));
            }
            for (String segment : segments) {
                if (on[labels[i]].indexOf(segment.charAt(0)) >= 0) {
                    for (String value : segment.substring(1).split(" ")) {
                        int j = Integer.parseInt(value);
                        pictures.set(i, j, pictures.get(i, j) + 1);
                    }
                }
            }
        }
        return new Data(pictures, labels);
    }
}
