package dev.engram.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All kinds of memory there are: the library's, then those that others have registered. */
public final class MemoryKinds {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private MemoryKinds() {}

    /**
     * The library's in the order of their list, then all others.
     *
     * @throws IllegalStateException if one that is registered cannot be loaded, has a name that is none, or the name of another
     */
    public static List<MemoryKind> all() {
        List<MemoryKind> kinds = new ArrayList<>();
        try {
            kinds.addAll(Registered.all(MemoryKind.class));
        } catch (ServiceConfigurationError e) {
            throw new IllegalStateException(
                    "A kind of memory that is registered cannot be loaded: %s. Maybe its jar is incomplete, or %s in it names another class."
                            .formatted(e.getMessage(), "META-INF/services/" + MemoryKind.class.getName()));
        }
        kinds.sort(Comparator.comparing(kind -> !isOurs(kind)));
        Set<String> names = new HashSet<>();
        for (MemoryKind kind : kinds) {
            if (!NAME.matcher(kind.name()).matches() || !names.add(kind.name())) {
                throw new IllegalStateException("The kind of memory %s has the name \"%s\", which %s. Maybe rename it."
                        .formatted(
                                kind.getClass().getName(),
                                kind.name(),
                                names.contains(kind.name())
                                        ? "another kind has too"
                                        : "is not in lower case with hyphens"));
            }
        }
        return kinds;
    }

    private static boolean isOurs(MemoryKind kind) {
        return kind.getClass().getPackageName().startsWith(MemoryKinds.class.getPackageName() + ".");
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
