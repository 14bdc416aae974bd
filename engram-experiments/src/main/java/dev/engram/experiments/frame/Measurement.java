package dev.engram.experiments.frame;

/**
 * One number.
 *
 * @param metric what it is, with its unit
 */
public record Measurement(Setting setting, String metric, double value) {}
