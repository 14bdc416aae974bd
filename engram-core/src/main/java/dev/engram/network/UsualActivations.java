package dev.engram.network;

/**
 * The constants that {@link Activation} has.
 *
 * <p>They are not written there: an interface with default methods is initialised before the classes that implement it, so that whoever
 * met {@link UsualActivation} first would find them null, and two threads could wait for each other.
 */
interface UsualActivations {
    /** f(x) = max(x, 0); f'(0) = 0. */
    Activation RELU = UsualActivation.RELU;

    /** f(x) = tanh(x), to 4 ulp. */
    Activation TANH = UsualActivation.TANH;

    /** f(x) = x. */
    Activation LINEAR = UsualActivation.LINEAR;
}
