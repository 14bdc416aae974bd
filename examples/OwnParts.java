///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//REPOS mavencentral,mavenlocal
//DEPS dev.engram:engram-io:0.1.0-SNAPSHOT

import dev.engram.graph.op.Accumulation;
import dev.engram.graph.op.Binding;
import dev.engram.graph.op.ExampleRange;
import dev.engram.graph.op.GradientCheck;
import dev.engram.graph.op.Kernel;
import dev.engram.graph.op.Operation;
import dev.engram.inference.Annealing;
import dev.engram.inference.CueGroup;
import dev.engram.inference.Inference;
import dev.engram.inference.Solver;
import dev.engram.inference.Status;
import dev.engram.inference.StopRule;
import dev.engram.io.Flags;
import dev.engram.io.PatternSet;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Learned;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Recall;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A memory, an operation and a solver of your own. */
public class OwnParts {
    /** A memory that answers every cue with the mean of its patterns. */
    record MeanMemory(float[] mean) implements AssociativeMemory {
        @Override
        public String model() {
            return "mean";
        }

        @Override
        public int values() {
            return mean.length;
        }

        @Override
        public long bytes() {
            return (long) Float.BYTES * mean.length;
        }

        @Override
        public Recall recall(Matrix cues, int iterations) {
            Matrix answers = Matrix.zeros(cues.rows(), mean.length);
            answers.setRows(mean);
            return Recall.closedForm(answers, new double[cues.rows()]);
        }

        @Override
        public Recall complete(Matrix cues, Mask mask) {
            Recall recall = recall(cues);
            mask.clamp().hold(cues, recall.patterns());
            return recall;
        }
    }

    /** Its options, which are its model: they name it and learn it. */
    record MeanOptions() implements MemoryModel {
        @Override
        public String name() {
            return "mean";
        }

        @Override
        public Map<String, String> describe() {
            return Map.of();
        }

        @Override
        public double bytesNeeded(int patterns, Shape shape) {
            return (double) Float.BYTES * shape.values() * (patterns + 1);
        }

        @Override
        public Learned<MeanMemory> learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
            return Learned.atOnce(new MeanMemory(patterns.meanRow()), patterns, watch);
        }
    }

    /** An operation for computation graphs: y = x², and how an error is pulled back through it, 2 x times the error. */
    record Squared() implements Operation {
        @Override
        public String name() {
            return "squared";
        }

        @Override
        public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
            return inputs.get(0).clone();
        }

        @Override
        public Kernel prepare(Binding binding) {
            Tensor x = binding.inputs().get(0);
            Tensor y = binding.output();
            return new Kernel() {
                @Override
                public void compute(ExampleRange range) {
                    for (int i = range.begin(x); i < range.end(x); i++) {
                        y.set(i, x.get(i) * x.get(i));
                    }
                }

                @Override
                public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange range) {
                    mode.begin(into, range);
                    for (int i = range.begin(x); i < range.end(x); i++) {
                        into.set(i, into.get(i) + 2 * x.get(i) * delta.get(i));
                    }
                }

                @Override
                public void addGradient(int parameter, Tensor delta, Tensor into) {
                    throw new IllegalArgumentException("It has no parameters.");
                }
            };
        }
    }

    /** A solver: Eq. 3 with a memory of its speed (heavy ball). */
    record HeavyBall(float keep) implements Solver.Own {
        @Override
        public Steps begin(CueGroup group) {
            float gamma = (float) (1 / group.energy().curvatureBound());
            float[][] speed = new float[group.network().hiddenLayers() + 1][];
            return (from, to) -> {
                for (int l = 0; l < speed.length; l++) {
                    float[] force = from.force().layer(l).data();
                    float[] x = to.layer(l).data();
                    speed[l] = speed[l] == null ? new float[force.length] : speed[l];
                    for (int i = 0; i < force.length; i++) {
                        speed[l][i] = keep * speed[l][i] + gamma * force[i];
                        x[i] += speed[l][i];
                    }
                }
            };
        }
    }

    public static void main(String[] args) {
        PatternSet flags = Flags.read(16);
        Matrix patterns = flags.patterns().slice(0, 40);
        Mask upperHalf = Mask.known(Region.parse("top:0.5"), flags.shape(), 40, 0);

        // your memory, asked like any other
        AssociativeMemory mean = new MeanOptions()
                .learn(patterns, flags.shape(), 0, MemoryModel.Watch.NONE)
                .memory();
        print("the mean of the patterns", Score.of(patterns, mean.complete(patterns, upperHalf).patterns()));

        // your operation: its pull-back agrees with differences
        double wrong = GradientCheck.of(new Squared(), List.of(new int[] {4}), List.of(), 1).largest();
        System.out.println(wrong < 1e-6 ? "the pull-back is right" : "the pull-back is wrong");

        // your solver, in a memory of the library
        PredictiveCodingMemory memory = PredictiveCodingOptions.defaults()
                .learn(patterns, flags.shape(), 0, MemoryModel.Watch.NONE, LinearAlgebra.shared())
                .memory();
        Inference own = Inference.of(new HeavyBall(0.9f), StopRule.balanced(0.01, 2000));
        Recall recall = memory.withInference(own, own.withAnnealing(Annealing.decades(2)))
                .complete(patterns, upperHalf);
        print("the library's network, your solver", Score.of(patterns, recall.patterns()));
        Recall usual = memory.complete(patterns, upperHalf);
        print("the library's network and solver", Score.of(patterns, usual.patterns()));
        for (Status status : Status.values()) {
            if (recall.count(status) > 0) {
                System.out.printf("%d cues: %s %s%n", recall.count(status), status.meaning(), status.advice());
            }
        }
    }

    private static void print(String who, Score score) {
        System.out.printf(
                Locale.ROOT, "%s: %d of %d came back%n", who, score.recovered(0.001), score.errors().length);
    }
}
