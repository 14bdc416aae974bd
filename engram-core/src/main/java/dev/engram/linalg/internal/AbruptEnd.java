package dev.engram.linalg.internal;

import java.lang.reflect.Constructor;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * Ends of the process that wait for nobody: for a process in which a thread is in a native call that takes its time.
 *
 * <p>{@link #arrange()} leaves the exit code as it is. Before libraries end, the C library of Linux (glibc) calls the functions that were handed to its on_exit, the last one first, with the
 * exit code. One of them being _exit, which takes an exit code, the process ends there.
 */
public final class AbruptEnd {
    private AbruptEnd() {}

    /** Lets the process end without the endings of its native libraries; false where the platform cannot. */
    public static boolean arrange() {
        Pointer end = Loader.addressof("_exit");
        return end != null && call("on_exit", end);
    }

    /** Ends the process here and now, without Java's own ending and the hooks that still run; false where the platform cannot. */
    public static boolean now(int exitCode) {
        return call("_exit", new Number(exitCode));
    }

    private static boolean call(String name, Pointer argument) {
        Pointer function = Loader.addressof(name);
        if (function == null) {
            return false;
        }
        try {
            Function.call(function, argument);
            return true;
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return false;
        }
    }

    /** A number in place of an address: functions of C take both in the same way. */
    private static final class Number extends Pointer {
        Number(int number) {
            address = number;
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
