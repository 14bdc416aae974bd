package dev.engram.experiments.frame;

/**
 * A number that a cell measured.
 *
 * @param metric what it is, with its unit
 */
public record Measurement(CellSetting setting, String metric, double value) {}
