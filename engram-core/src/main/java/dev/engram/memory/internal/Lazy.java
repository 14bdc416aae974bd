package dev.engram.memory.internal;

import java.util.Optional;
import java.util.function.Supplier;

/** Working memory that is made when it is first asked for, once: who only reads, writes or edits a memory never needs it. */
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
