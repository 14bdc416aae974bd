package dev.engram.memory;

import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is registered in {@code META-INF/services}, whichever thread asks.
 *
 * <p>Java looks where the thread's class loader looks. That of some threads does not know this library, where a program such as Spark has loaded
 * it from a jar of its own; then it is this library's class loader that looks.
 */
public final class Registered {
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

    private static boolean knows(@Nullable ClassLoader loader, Class<?> service) {
        try {
            return Class.forName(service.getName(), false, loader) == service;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
