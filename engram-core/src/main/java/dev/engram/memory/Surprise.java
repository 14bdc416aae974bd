package dev.engram.memory;

/**
 * How far a value of a cue is from what the cue's other values lead to expect.
 *
 * @param column of the value, from 0
 * @param value as shown
 * @param expected its mean given the others
 * @param deviation its standard deviation given the others, positive
 */
public record Surprise(int column, double value, double expected, double deviation) {
    /** By how many standard deviations the value is above what was expected; negative below. */
    public double deviations() {
        return (value - expected) / deviation;
    }
}
