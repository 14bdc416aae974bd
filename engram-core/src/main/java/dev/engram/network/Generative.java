package dev.engram.network;

import java.util.Optional;

/** Anything whose patterns are stored in the weights of a generative network: memories of patterns, of sequences, with whatever prior. */
public interface Generative {
    /** The network. */
    GenerativeNetwork network();

    /** The network of anything that has one. */
    static Optional<GenerativeNetwork> networkOf(Object memory) {
        return memory instanceof Generative generative ? Optional.of(generative.network()) : Optional.empty();
    }
}
