package dev.engram.experiments.frame;

/**
 * One number.
 *
 * @param metric what it is, with its unit
 */
public record Measurement(CellSetting setting, String metric, double value) {}
