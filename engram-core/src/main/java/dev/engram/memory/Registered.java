package dev.engram.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is registered in {@code META-INF/services}, whichever thread asks.
 *
 * <p>Java looks where the thread's class loader looks. That of some threads does not know this library, where a program such as Spark has loaded
 * it from a jar of its own; then it is this library's class loader that looks.
 */
public final class Registered {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private Registered() {}

    /**
     * One of each class that is registered.
     *
     * @throws ServiceConfigurationError if one cannot be loaded
     */
    public static <T> List<T> all(Class<T> service) {
        @Nullable ClassLoader thread = Thread.currentThread().getContextClassLoader();
        ClassLoader looking = knows(thread, service) ? thread : service.getClassLoader();
        return ServiceLoader.load(service, looking).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /**
     * The library's own, then all others that are registered, each with a name of its own.
     *
     * @param what they are, for example "kind of memory"
     * @throws IllegalStateException if one cannot be loaded, has a name that is none, or the name of another
     */
    static <T> List<T> named(Class<T> service, List<? extends T> ours, String what, Function<T, String> name) {
        List<T> all = new ArrayList<>(ours);
        try {
            all.addAll(all(service));
        } catch (ServiceConfigurationError e) {
            throw new IllegalStateException(
                    "A registered %s cannot be loaded: %s. Maybe its jar is incomplete, or META-INF/services/%s in it names another class."
                            .formatted(what, e.getMessage(), service.getName()));
        }
        all.sort(Comparator.comparing(one -> !isOurs(one)));
        Set<String> names = new HashSet<>();
        for (T one : all) {
            String its = name.apply(one);
            if (!NAME.matcher(its).matches() || !names.add(its)) {
                throw new IllegalStateException("The %s %s has the name \"%s\", which %s. Maybe rename it."
                        .formatted(
                                what,
                                one.getClass().getName(),
                                its,
                                names.contains(its)
                                        ? "another " + what + " has too"
                                        : "is not in lower case with hyphens"));
            }
        }
        return all;
    }

    private static boolean isOurs(Object one) {
        return one.getClass().getPackageName().startsWith(Registered.class.getPackageName() + ".");
    }

    private static boolean knows(@Nullable ClassLoader loader, Class<?> service) {
        try {
            return Class.forName(service.getName(), false, loader) == service;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
