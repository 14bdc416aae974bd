package dev.engram.spark;

import dev.engram.learning.KeptBlocks;
import dev.engram.learning.KeptSums;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Patterns that are where Spark keeps them, of which every block keeps something there. What a lost executor kept is made again from the first
 * sum on, or from the last checkpoint: every {@value #CHECKPOINTED} sums, in Spark's checkpoint folder where one is set. Without one the line of
 * what came from what is cut there all the same, since Spark cannot follow it for ever.
 */
final class DistributedKept<K extends Serializable> implements KeptBlocks<K> {
    /** After how many sums there is a checkpoint. */
    static final int CHECKPOINTED = 25;

    private final JavaSparkContext spark;
    private final JavaRDD<PatternBlock> blocks;
    private final int[] firsts;
    private final List<Broadcast<byte[]>> sent = new ArrayList<>(); // since the last checkpoint
    private JavaRDD<Kept> last;

    /** What a partition keeps, one for each block, with the sums that came of it. Not a record, so that every serialiser of Spark can write it. */
    private static final class Kept implements Serializable {
        private static final long serialVersionUID = 1;

        private final Serializable[] blocks;
        private final byte[] sums;

        Kept(List<? extends Serializable> blocks, byte[] sums) {
            this.blocks = blocks.toArray(Serializable[]::new);
            this.sums = sums;
        }

        static Iterator<Kept> one(Kept kept) {
            return Collections.singletonList(kept).iterator();
        }
    }

    /** @param firsts the number of the first pattern of each partition */
    DistributedKept(JavaSparkContext spark, JavaRDD<PatternBlock> blocks, int... firsts) {
        this.spark = spark;
        this.blocks = blocks;
        this.firsts = firsts;
        this.last = blocks.mapPartitions(partition -> Kept.one(new Kept(List.of(), new byte[0])), true);
    }

    @Override
    public <S extends Serializable> S sums(LinearAlgebra la, KeptSums<K, S> of) {
        Broadcast<byte[]> question = spark.broadcast(Shipped.bytes(of));
        sent.add(question);
        int[] starts = firsts;
        JavaRDD<Kept> before = last;
        JavaRDD<Kept> after = blocks.zipPartitions(
                        before,
                        (partition, kept) -> Kept.one(DistributedKept.<K, S>next(
                                question.value(), partition, kept.next(), starts[TaskContext.getPartitionId()])))
                .persist(StorageLevel.MEMORY_AND_DISK());
        boolean checkpointed = sent.size() == CHECKPOINTED;
        if (checkpointed && spark.getCheckpointDir().isPresent()) {
            after.checkpoint();
        } else if (checkpointed) {
            after.rdd().localCheckpoint();
        }
        JavaPairRDD<Integer, byte[]> parts = after.mapPartitionsToPair(
                kept -> Collections.singletonList(new Tuple2<>(TaskContext.getPartitionId(), kept.next().sums))
                        .iterator());
        boolean summed = false;
        try {
            S sums = SumsInOrder.joined(of, question, parts);
            summed = true;
            before.unpersist(false);
            last = after;
            if (checkpointed) {
                forget();
            }
            return sums;
        } finally {
            if (!summed) {
                after.unpersist(false);
            }
        }
    }

    @SuppressWarnings("unchecked") // a block keeps what the same learning made it keep
    private static <K extends Serializable, S extends Serializable> Kept next(
            byte[] question, Iterator<PatternBlock> partition, Kept before, int first) {
        KeptSums<K, S> of = Shipped.object(question);
        S sums = of.none();
        LinearAlgebra la = TaskThreads.linearAlgebra();
        List<K> kept = new ArrayList<>();
        int number = first;
        while (partition.hasNext()) {
            Matrix block = partition.next().patterns();
            if (block.rows() > 0) {
                Optional<K> had = kept.size() < before.blocks.length
                        ? Optional.of((K) before.blocks[kept.size()])
                        : Optional.empty();
                kept.add(of.add(la, block, number, had, sums));
                number += block.rows();
            }
        }
        return new Kept(kept, Shipped.bytes(sums));
    }

    private void forget() {
        sent.forEach(Broadcast::destroy);
        sent.clear();
    }

    @Override
    public void close() {
        last.unpersist(false);
        forget();
    }
}
