package dev.engram.cli.memory;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How new cues are, without the maps.
 *
 * @param scores per cue
 * @param errors mean squared error per value of each cue against the answer
 * @param energy per cue and layer, at the answer
 */
record NoveltyScores(double[] scores, double[] errors, double[][] energy) {
    /** Those of all cues, of which there are some in each part. */
    static NoveltyScores joined(List<NoveltyScores> parts) {
        return new NoveltyScores(
                joined(parts, NoveltyScores::scores),
                joined(parts, NoveltyScores::errors),
                parts.stream().flatMap(part -> Stream.of(part.energy)).toArray(double[][]::new));
    }

    private static double[] joined(List<NoveltyScores> parts, Function<NoveltyScores, double[]> of) {
        return parts.stream()
                .flatMapToDouble(part -> Arrays.stream(of.apply(part)))
                .toArray();
    }
}
