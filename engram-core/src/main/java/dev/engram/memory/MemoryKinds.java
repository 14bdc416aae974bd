package dev.engram.memory;

import java.util.List;
import java.util.stream.Collectors;

/** All kinds of memory there are: the library's, then those that others have registered. */
public final class MemoryKinds {
    private MemoryKinds() {}

    /**
     * The library's in the order of their list, then all others.
     *
     * @throws IllegalStateException if one that is registered cannot be loaded, has a name that is none, or the name of another
     */
    public static List<MemoryKind> all() {
        return Registered.named(MemoryKind.class, List.of(), "kind of memory", MemoryKind::name);
    }

    /** @throws IllegalArgumentException if there is none of that name */
    public static MemoryKind named(String name) {
        List<MemoryKind> all = all();
        return all.stream()
                .filter(kind -> kind.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'%s' is none of: %s."
                        .formatted(name, all.stream().map(MemoryKind::name).collect(Collectors.joining(", ")))));
    }
}
