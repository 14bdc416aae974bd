package dev.engram.spark;

import dev.engram.learning.KeptBlocks;
import dev.engram.learning.PatternBlocks;
import dev.engram.learning.PatternSpan;
import dev.engram.learning.PatternSums;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Spread;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Patterns that are where Spark keeps them. Sums over them are added up there: what is to be computed is broadcast, each partition adds up its
 * own patterns, and the sums come together in a tree, in the order of the partitions.
 *
 * <p>The number of a pattern is its place among all, partition by partition. Kept in memory, or on disk, until {@link #close}.
 */
final class DistributedPatterns implements PatternBlocks, AutoCloseable {
    /** Spark's configuration of how many bytes of patterns are gathered at the driver for their span; an eighth of its memory where it is not set. */
    static final String MOST_GATHERED = "spark.engram.maxGathered";

    private final JavaSparkContext spark;
    private final JavaRDD<PatternBlock> blocks;
    private final int width;
    private final int[] firsts; // the number of the first pattern of each partition, and of all
    private final PatternBlock.Survey all;

    private DistributedPatterns(
            JavaSparkContext spark, JavaRDD<PatternBlock> blocks, int width, int[] firsts, PatternBlock.Survey all) {
        this.spark = spark;
        this.blocks = blocks;
        this.width = width;
        this.firsts = firsts;
        this.all = all;
    }

    /** Reads all partitions once. */
    static DistributedPatterns of(JavaSparkContext spark, JavaRDD<PatternBlock> read, int width) {
        JavaRDD<PatternBlock> blocks = read.persist(StorageLevel.MEMORY_AND_DISK());
        boolean surveyed = false;
        try {
            List<byte[]> surveys = blocks.mapPartitions(partition -> {
                        PatternBlock.Survey survey = new PatternBlock.Survey(width);
                        partition.forEachRemaining(survey::add);
                        return one(Shipped.bytes(survey));
                    })
                    .collect();
            PatternBlock.Survey all = new PatternBlock.Survey(width);
            int[] firsts = new int[surveys.size() + 1];
            for (int p = 0; p < surveys.size(); p++) {
                PatternBlock.Survey survey = Shipped.object(surveys.get(p));
                firsts[p + 1] = numbered(firsts[p] + survey.patterns);
                all.add(survey);
            }
            surveyed = true;
            return new DistributedPatterns(spark, blocks, width, firsts, all);
        } finally {
            if (!surveyed) {
                blocks.unpersist(false);
            }
        }
    }

    private static int numbered(long patterns) {
        if (patterns > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "There are more than %,d patterns, which is the most that are learned. Maybe learn a sample of them."
                            .formatted(Integer.MAX_VALUE));
        }
        return (int) patterns;
    }

    @Override
    public int count() {
        return firsts[firsts.length - 1];
    }

    @Override
    public int values() {
        return width;
    }

    Spread spread() {
        return all.spread;
    }

    /** How many records were left out. */
    long unusable() {
        return all.unusable;
    }

    /** Why the first of them was. */
    String firstReason() {
        return all.firstReason;
    }

    /** A partition at a time comes to the driver. */
    @Override
    public void forEach(Consumer<Matrix> visitor) {
        blocks.toLocalIterator().forEachRemaining(block -> {
            if (block.patterns().rows() > 0) {
                visitor.accept(block.patterns());
            }
        });
    }

    @Override
    public Matrix rows(int... named) {
        int[] starts = firsts;
        List<Tuple2<Integer, float[]>> found = blocks.mapPartitionsWithIndex(
                        (partition, of) -> rows(of, starts[partition], named), true)
                .collect();
        Matrix chosen = Matrix.zeros(named.length, width);
        for (Tuple2<Integer, float[]> row : found) {
            chosen.setRow(Arrays.binarySearch(named, row._1()), Matrix.wrap(1, row._2().length, row._2()), 0);
        }
        return chosen;
    }

    private static Iterator<Tuple2<Integer, float[]>> rows(Iterator<PatternBlock> of, int first, int... named) {
        List<Tuple2<Integer, float[]>> rows = new ArrayList<>();
        int number = first;
        while (of.hasNext()) {
            Matrix block = of.next().patterns();
            for (int i = 0; i < block.rows(); i++, number++) {
                if (Arrays.binarySearch(named, number) >= 0) {
                    rows.add(new Tuple2<>(number, block.row(i)));
                }
            }
        }
        return rows.iterator();
    }

    /** What the patterns are called, in their order. */
    List<String> names() {
        return blocks.flatMap(block -> block.names().iterator()).collect();
    }

    /** Says which data these are, however they are partitioned. */
    String digest() {
        int[] starts = firsts;
        byte[] sum = blocks.mapPartitionsWithIndex(
                        (partition, of) -> one(PatternsDigest.of(of, starts[partition])), true)
                .reduce(PatternsDigest::joined);
        return PatternsDigest.hex(sum, count(), width);
    }

    @Override
    public <S extends Serializable> S sums(LinearAlgebra la, PatternSums<S> of) {
        Broadcast<byte[]> sent = spark.broadcast(Shipped.bytes(of));
        try {
            JavaPairRDD<Integer, byte[]> parts = blocks.mapPartitionsWithIndex(
                            (partition, patterns) -> Collections.singletonList(
                                            new Tuple2<>(partition, partSums(sent.value(), patterns)))
                                    .iterator(),
                            true)
                    .mapToPair(part -> part);
            return SumsInOrder.joined(of, sent, parts);
        } finally {
            sent.destroy();
        }
    }

    @Override
    public <K extends Serializable> KeptBlocks<K> keeping() {
        return new DistributedKept<>(spark, blocks, firsts);
    }

    /**
     * Found at the driver, as one machine finds it, where the patterns are no more than {@value #MOST_GATHERED} allows, or their products are
     * more than Spark lets come to the driver; else of the patterns turned, so that each partition has some values of all of them: they cross
     * the network once.
     */
    @Override
    public PatternSpan span(LinearAlgebra la) {
        long gathered = (long) Float.BYTES * count() * width;
        long most = spark.getConf()
                .getSizeAsBytes(MOST_GATHERED, Runtime.getRuntime().maxMemory() / 8);
        if (gathered <= most || !productsMayCome()) {
            return PatternSpan.of(la, gathered());
        }
        try (DistributedPatterns values = of(spark, turned(), count())) {
            return PatternSpan.ofValues(la, values);
        }
    }

    /** Whether eight sums of the products of all patterns may be sent to the driver, and one is an array. */
    private boolean productsMayCome() {
        double sum = (double) Double.BYTES * count() * (count() + 1.0);
        long allowed = spark.getConf().getSizeAsBytes("spark.driver.maxResultSize", "1g");
        return sum < Integer.MAX_VALUE && (allowed == 0 || SumsInOrder.TOGETHER * sum < allowed);
    }

    /** Values in place of patterns, in as many partitions as there are, of some values each. */
    private JavaRDD<PatternBlock> turned() {
        int count = count();
        int columns = width;
        int atOnce = Math.max(1, (width + blocks.getNumPartitions() - 1) / blocks.getNumPartitions());
        int places = (width + atOnce - 1) / atOnce;
        int[] starts = firsts;
        return blocks.mapPartitionsWithIndex((partition, of) -> new Slices(of, starts[partition], atOnce), false)
                .mapToPair(slice -> new Tuple2<>(slice.place(), slice))
                .repartitionAndSortWithinPartitions(new SumsInOrder.Runs(places, 1))
                .mapPartitionsWithIndex(
                        (place, slices) -> Slices.turned(slices, count, Math.min(atOnce, columns - place * atOnce)),
                        true);
    }

    private static <S extends Serializable> byte[] partSums(byte[] sent, Iterator<PatternBlock> partition) {
        PatternSums<S> of = Shipped.object(sent);
        S sums = of.none();
        LinearAlgebra la = TaskThreads.linearAlgebra();
        while (partition.hasNext()) {
            Matrix block = partition.next().patterns();
            if (block.rows() > 0) {
                of.add(la, block, sums);
            }
        }
        return Shipped.bytes(sums);
    }

    private static <T> Iterator<T> one(T only) {
        return Collections.singletonList(only).iterator();
    }

    @Override
    public void close() {
        blocks.unpersist(false);
    }
}
