package dev.engram.linalg.internal;

import java.lang.reflect.Constructor;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * Makes the process end without the endings of its native libraries, with the exit code it would have had: for a process in which a thread
 * is in a native call that cannot be waited for.
 *
 * <p>Before libraries end, the C library of Linux (glibc) calls the functions that were handed to its on_exit, the last one first, with the
 * exit code. One of them being _exit, which takes an exit code, the process ends there.
 */
public final class AbruptEnd {
    private AbruptEnd() {}

    /** Arranges for it; false where the platform cannot. */
    public static boolean arrange() {
        Pointer onExit = Loader.addressof("on_exit");
        Pointer end = Loader.addressof("_exit");
        if (onExit == null || end == null) {
            return false;
        }
        try {
            Function.call(onExit, end);
            return true;
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return false;
        }
    }

    /** A function of C that takes an address. JavaCPP calls such functions to free memory, and keeps that way of calling to itself. */
    private static final class Function extends Pointer {
        static void call(Pointer function, Pointer argument) throws ReflectiveOperationException {
            Constructor<NativeDeallocator> constructor =
                    NativeDeallocator.class.getDeclaredConstructor(Pointer.class, long.class, long.class);
            constructor.setAccessible(true);
            constructor
                    .newInstance(argument, argument.address(), function.address())
                    .deallocate();
        }
    }
}
