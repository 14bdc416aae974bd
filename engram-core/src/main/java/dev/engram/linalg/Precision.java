package dev.engram.linalg;

/**
 * The precision of floating-point numbers, single or double. Networks run in {@link #FLOAT}; {@link #DOUBLE} is for checks against the
 * mathematics.
 */
public enum Precision {
    FLOAT,
    DOUBLE
}
