package dev.engram.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** All kinds of memory there are: the library's, then those that others have registered. */
public final class MemoryKinds {
    private MemoryKinds() {}

    /**
     * In the order in which they are registered.
     *
     * @throws IllegalStateException if two have the same name
     */
    public static List<MemoryKind> all() {
        List<MemoryKind> kinds = new ArrayList<>();
        for (MemoryKind kind : ServiceLoader.load(MemoryKind.class)) {
            if (kinds.stream().anyMatch(other -> other.name().equals(kind.name()))) {
                throw new IllegalStateException("Two kinds of memory are registered as %s. Maybe rename that of %s."
                        .formatted(kind.name(), kind.getClass().getName()));
            }
            kinds.add(kind);
        }
        return kinds;
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
