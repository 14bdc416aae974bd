package dev.engram.linalg.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.jspecify.annotations.Nullable;

/**
 * OpenBLAS's pointer to the table of the kernels in use, by which it calls every one of them.
 *
 * <p>OpenBLAS sets it when it is loaded, in its function gotoblas_dynamic_init, which also readies the table. The function does that once more
 * when the pointer is null. That must not happen while another thread computes.
 */
final class KernelTable {
    static final String VARIABLE = "OPENBLAS_CORETYPE";

    private static final List<String> NAMES = List.of(
            "Haswell",
            "Zen",
            "SkylakeX",
            "Cooperlake",
            "SapphireRapids",
            "Sandybridge",
            "Nehalem",
            "Prescott",
            "Core2",
            "Barcelona",
            "Bulldozer",
            "Piledriver",
            "Steamroller",
            "Excavator");

    private final PointerPointer<Pointer> inUse;
    private final Map<String, Pointer> ready = new HashMap<>();

    /** A function of C by its address; of one int, for which the functions called here have no use. */
    private static final class NativeFunction extends openblas_nolapack.SetNumThreads {
        NativeFunction(Pointer address) {
            super();
            put(address);
        }
    }

    private KernelTable(Pointer inUse) {
        this.inUse = new PointerPointer<>(inUse);
    }

    /** That of the OpenBLAS that this process has loaded, if there is one and it can change its kernels. */
    static Optional<KernelTable> loaded() {
        return Optional.ofNullable(address("gotoblas")).map(KernelTable::new);
    }

    private static @Nullable Pointer address(String symbol) {
        return Loader.addressof(symbol);
    }

    /** What OpenBLAS calls the kernels in use; empty if it is a name that we do not know. */
    Optional<String> name() {
        Pointer table = inUse.get(0);
        return NAMES.stream()
                .filter(name -> table != null && table.equals(address("gotoblas_" + name.toUpperCase(Locale.ROOT))))
                .findFirst();
    }

    /** The table in use, for {@link #restore}. */
    Pointer table() {
        return inUse.get(0);
    }

    /** Back to a table that was in use before. */
    void restore(Pointer table) {
        inUse.put(0, table);
    }

    /**
     * Makes OpenBLAS compute with other kernels.
     *
     * @throws UnsupportedOperationException if it cannot; the kernels are then what they were
     */
    void select(String name) {
        Pointer known = ready.get(name);
        if (known != null) {
            restore(known);
            return;
        }
        Pointer init = address("gotoblas_dynamic_init");
        if (init == null) {
            throw new UnsupportedOperationException("this OpenBLAS has one kind of kernels only");
        }
        Pointer before = table();
        Variable.during(VARIABLE, name, () -> {
            inUse.put(0, (Pointer) null);
            new NativeFunction(init).call(0);
        });
        if (!name().equals(Optional.of(name))) {
            restore(before);
            throw new UnsupportedOperationException("this OpenBLAS has no kernels for " + name);
        }
        ready.put(name, table());
    }
}
