package dev.engram.cli.memory;

/**
 * How new cues are, without the maps.
 *
 * @param scores per cue
 * @param errors mean squared error per value of each cue against the answer
 * @param energy per cue and layer, at the answer
 */
record NoveltyScores(double[] scores, double[] errors, double[][] energy) {}
