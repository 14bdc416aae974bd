package dev.engram.benchmarks;

import dev.engram.learning.LearningObserver;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Region;
import dev.engram.memory.Shape;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One cue of which the upper half is known, completed by a memory that has seen this mask before. */
@State(Scope.Thread)
public class CompletionBenchmark extends Timed {
    @Param("100")
    int patterns;

    @Param("64")
    int side;

    @Param("1024")
    int hidden;

    private Matrix stored = Matrix.zeros(1, 1);
    private AssociativeMemory memory = new NearestNeighbour(stored);
    private Mask mask = Mask.all(1);
    private Matrix cue = stored;

    @Setup
    public void setUp() {
        stored = BenchmarkData.smoothPictures(patterns, side, 1);
        memory = PredictiveCodingMemory.learn(
                        stored, PredictiveCodingOptions.defaults().withHidden(hidden), LearningObserver.NONE)
                .memory();
        mask = Mask.known(Region.parse("top:0.5"), Shape.of(side, side), 1, 0);
        cue = mask.blank(stored.rows(patterns / 2), 0);
        memory.complete(cue, mask);
    }

    /** The picture of which the cue is a part. */
    float[] original() {
        return stored.row(patterns / 2);
    }

    @Benchmark
    public Recall complete() {
        return memory.complete(cue, mask);
    }
}
