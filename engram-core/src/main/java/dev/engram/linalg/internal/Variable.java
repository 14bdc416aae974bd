package dev.engram.linalg.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A variable of this process's environment with another value, for native code alone and while a task runs. {@link System#getenv()} does not
 * see it: Java keeps what it read at its first call.
 *
 * <p>POSIX lets a program point its {@code environ} to an array of its own. Ours has the entries of the old one, which stays as it is: a
 * thread that reads it meanwhile sees one or the other. Ours is never freed, a few hundred bytes, because such a thread may still hold it.
 */
final class Variable {
    private final PointerPointer<Pointer> environ;
    private final Pointer before;
    private final PointerPointer<Pointer> entries;

    /**
     * Runs a task for which the variable has that value.
     *
     * @throws UnsupportedOperationException where the environment cannot be found
     */
    static void during(String name, String value, Runnable task) {
        Variable variable = new Variable(name, value);
        try {
            task.run();
        } finally {
            variable.giveBack();
        }
    }

    private Variable(String name, String value) {
        Pointer address = Loader.addressof("environ");
        if (address == null || new PointerPointer<>(address).get(0) == null) {
            throw new UnsupportedOperationException("this platform does not say where its environment is");
        }
        environ = new PointerPointer<>(address);
        before = environ.get(0);
        List<Pointer> all = new ArrayList<>(List.of(unfreed(name + "=" + value)));
        PointerPointer<Pointer> old = new PointerPointer<>(before);
        for (int i = 0; old.get(i) != null; i++) {
            if (!new BytePointer(old.get(i)).getString().startsWith(name + "=")) {
                all.add(old.get(i));
            }
        }
        entries = new PointerPointer<>(Pointer.malloc((all.size() + 1L) * Long.BYTES));
        for (int i = 0; i < all.size(); i++) {
            entries.put(i, all.get(i));
        }
        entries.put(all.size(), (Pointer) null);
        environ.put(0, entries);
    }

    private static Pointer unfreed(String text) {
        byte[] bytes = (text + '\0').getBytes(StandardCharsets.US_ASCII);
        BytePointer copy = new BytePointer(Pointer.malloc(bytes.length)).capacity(bytes.length);
        return copy.put(bytes);
    }

    /** Not where somebody else has replaced the environment meanwhile. */
    private void giveBack() {
        if (entries.equals(environ.get(0))) {
            environ.put(0, before);
        }
    }
}
