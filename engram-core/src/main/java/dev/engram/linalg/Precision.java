package dev.engram.linalg;

/** How many bits a number has. Networks run in {@link #FLOAT}; {@link #DOUBLE} is for checks against the mathematics. */
public enum Precision {
    FLOAT,
    DOUBLE
}
