package dev.engram.cli.own;

import dev.engram.io.memory.MemoryCodec;
import dev.engram.io.memory.MemoryEntries;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Learned;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Recall;
import dev.engram.memory.Setting;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import dev.engram.memory.Surprise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A memory of somebody's own: it remembers the mean of its patterns, times a factor, and answers with that. */
public final class MeanMemory implements AssociativeMemory {
    private final float[] mean;

    MeanMemory(float[] mean) {
        this.mean = mean;
    }

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
        return 4L * mean.length;
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

    /** Every value is expected at the mean, one off at most. */
    @Override
    public List<List<Surprise>> surprises(Matrix cues) {
        List<List<Surprise>> all = new ArrayList<>();
        for (int cue = 0; cue < cues.rows(); cue++) {
            float[] values = cues.row(cue);
            all.add(IntStream.range(0, mean.length)
                    .mapToObj(j -> new Surprise(j, values[j], mean[j], 1))
                    .sorted(Comparator.comparingDouble(surprise -> -Math.abs(surprise.deviations())))
                    .toList());
        }
        return all;
    }

    /** What is learned by. */
    record Options(double factor) implements MemoryModel {
        @Override
        public String name() {
            return "mean";
        }

        @Override
        public Map<String, String> describe() {
            return Map.of("factor", String.valueOf(factor));
        }

        @Override
        public boolean learnsMissing() {
            return true;
        }

        @Override
        public double bytesNeeded(int patterns, Shape shape) {
            return 4.0 * shape.values() * (patterns + 1);
        }

        @Override
        public Learned<MeanMemory> learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
            float[] mean = new float[shape.values()];
            for (int i = 0; i < patterns.data().length; i++) {
                mean[i % mean.length] += (float) (factor * patterns.data()[i] / patterns.rows());
            }
            return Learned.atOnce(new MeanMemory(mean), patterns, watch);
        }
    }

    /** Its name, and what may be set. */
    public static final class Kind implements MemoryKind {
        private static final Setting<Double> FACTOR = Setting.positive("factor", "F", "What the mean is multiplied by");

        @Override
        public String name() {
            return "mean";
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of(FACTOR);
        }

        @Override
        public Options model(Settings settings) {
            return new Options(settings.get(FACTOR).orElse(1.0));
        }
    }

    /** Its files. */
    public static final class Codec implements MemoryCodec<MeanMemory> {
        @Override
        public String model() {
            return "mean";
        }

        @Override
        public Class<MeanMemory> type() {
            return MeanMemory.class;
        }

        @Override
        public List<NamedTensor> tensors(MeanMemory memory) {
            return List.of(NamedTensor.ofFloats("mean", new long[] {memory.mean.length}, memory.mean));
        }

        @Override
        public Map<String, String> definition(MeanMemory memory) {
            return Map.of("network.values", String.valueOf(memory.mean.length));
        }

        @Override
        public MeanMemory read(MemoryEntries entries) {
            return new MeanMemory(entries.finite("mean", entries.integer("network.values")));
        }
    }
}
