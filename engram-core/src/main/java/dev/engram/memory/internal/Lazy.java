package dev.engram.memory.internal;

import java.util.Optional;
import java.util.function.Supplier;

/** A value that is computed once, when it is first needed; reading, writing or editing a memory never needs it. */
public final class Lazy<T> {
    private final Supplier<T> made;
    private Optional<T> value = Optional.empty();

    public Lazy(Supplier<T> made) {
        this.made = made;
    }

    public synchronized T get() {
        T there = value.orElseGet(made);
        value = Optional.of(there);
        return there;
    }
}
