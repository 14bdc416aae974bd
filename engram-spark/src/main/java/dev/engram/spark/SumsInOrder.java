package dev.engram.spark;

import dev.engram.learning.Sums;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Joins the sums of partitions in a tree, always in the order of the partitions: what is computed again because an executor was lost makes the
 * same bits.
 */
final class SumsInOrder {
    /** How many sums are joined into one, and how many come to the driver at most. */
    static final int TOGETHER = 8;

    private SumsInOrder() {}

    /** Sends numbers that follow each other to the same place, so many to each. */
    static final class Runs extends Partitioner {
        private static final long serialVersionUID = 1;

        private final int places;
        private final int together;

        Runs(int places, int together) {
            this.places = places;
            this.together = together;
        }

        @Override
        public int numPartitions() {
            return places;
        }

        @Override
        public int getPartition(Object number) {
            return (Integer) number / together;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Runs runs && runs.places == places && runs.together == together;
        }

        @Override
        public int hashCode() {
            return 31 * places + together;
        }
    }

    /**
     * All sums together.
     *
     * @param of what was computed
     * @param parts the sums of each partition, as bytes, by its number
     */
    static <S extends Serializable> S joined(Sums<S> of, Broadcast<byte[]> sent, JavaPairRDD<Integer, byte[]> parts) {
        JavaPairRDD<Integer, byte[]> level = parts;
        while (level.getNumPartitions() > TOGETHER) {
            int places = (level.getNumPartitions() + TOGETHER - 1) / TOGETHER;
            level = level.repartitionAndSortWithinPartitions(new Runs(places, TOGETHER))
                    .mapPartitionsToPair(run -> joined(sent.value(), run));
        }
        List<Tuple2<Integer, byte[]>> last = level.collect(); // in the order of the partitions
        S all = of.none();
        for (Tuple2<Integer, byte[]> part : last) {
            S sums = Shipped.object(part._2());
            all = of.joined(all, sums);
        }
        return all;
    }

    private static <S extends Serializable> Iterator<Tuple2<Integer, byte[]>> joined(
            byte[] sent, Iterator<Tuple2<Integer, byte[]>> run) {
        Sums<S> of = Shipped.object(sent);
        Tuple2<Integer, byte[]> first = run.next();
        S all = Shipped.object(first._2());
        while (run.hasNext()) {
            S sums = Shipped.object(run.next()._2());
            all = of.joined(all, sums);
        }
        return Collections.singletonList(new Tuple2<>(first._1() / TOGETHER, Shipped.bytes(all)))
                .iterator();
    }
}
