package dev.engram.learning;

import java.io.Serializable;

/**
 * Sums of one kind, which are made in parts and joined.
 *
 * @param <S> the sums
 */
public interface Sums<S extends Serializable> extends Serializable {
    /** The sums of no patterns. */
    S none();

    /** The sums of two parts together, the first before the other; may change and return the first. */
    S joined(S one, S other);
}
