package dev.engram.graph.op;

/** What becomes of the numbers already in a result. */
public enum Accumulation {
    /** They do not matter and are overwritten. */
    SET,
    /** The result is added to them. */
    ADD;

    /** The β of a matrix product that treats its result this way. */
    double beta() {
        return this == SET ? 0 : 1;
    }
}
