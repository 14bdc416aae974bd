package dev.engram.cli.console;

import dev.engram.linalg.LinearAlgebra;
import java.util.Optional;

/** What every command is given: where to write, whether to continue, and what to compute with. */
public final class Context {
    private final Terminal terminal;
    private final Interruption interruption;
    private Optional<LinearAlgebra> la = Optional.empty();
    private Streaming streaming = Streaming.usual();
    private boolean saidSlow;

    public Context(Terminal terminal, Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    public Terminal terminal() {
        return terminal;
    }

    public Interruption interruption() {
        return interruption;
    }

    /** How results that take long are written. */
    public Streaming streaming() {
        return streaming;
    }

    /** Writes them in another way from now on. */
    public void stream(Streaming other) {
        streaming = other;
    }

    /** Computes with this number of threads from now on. */
    public void useThreads(int threads) {
        la = Optional.of(LinearAlgebra.withThreads(threads));
    }

    /** What computes: a thread for each processor, unless another number was asked for. The user is told, once, where it is slow. */
    public LinearAlgebra la() {
        LinearAlgebra there = la.orElseGet(LinearAlgebra::shared);
        if (!saidSlow) {
            there.fallback().ifPresent(this::saySlow);
            saidSlow = true;
        }
        return there;
    }

    private void saySlow(String reason) {
        terminal.warning(
                "computing in pure Java, some twenty times slower, and with other rounding: %s. ".formatted(reason)
                        + "Maybe make room in the temporary folder and in ~/.javacpp, or delete ~/.javacpp/cache.");
    }
}
