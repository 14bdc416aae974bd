package dev.engram.memory;

/**
 * A value of a cue beside the one that the others let expect.
 *
 * @param column index of the value
 * @param value as it was shown
 * @param expected given all other values
 * @param deviation how many standard deviations the value is off, with its sign
 */
public record Surprise(int column, double value, double expected, double deviation) {}
