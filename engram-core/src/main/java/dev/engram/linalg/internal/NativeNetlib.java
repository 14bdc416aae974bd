package dev.engram.linalg.internal;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * netlib over the native library that was named to it, whatever others in this process have done with netlib before.
 *
 * <p>netlib looks for a native library once, when the first of its classes is touched. Where that was somebody else, such as Spark's MLlib, it
 * has found none, or another one. So its few classes with native methods are defined once more here, apart from those of the others; the
 * interfaces are the same.
 */
public final class NativeNetlib {
    private static final String PACKAGE = "dev.ludovic.netlib.";
    private static final String BLAS_CLASS = PACKAGE + "blas.JNIBLAS";
    private static final String LAPACK_CLASS = PACKAGE + "lapack.JNILAPACK";

    private final Apart loader = new Apart();

    /** Defines the named classes itself, from the same bytes, and leaves all others to netlib's own loader. */
    private static final class Apart extends ClassLoader {
        private static final Set<String> OWN =
                Set.of(BLAS_CLASS, PACKAGE + "blas.AbstractBLAS", LAPACK_CLASS, PACKAGE + "lapack.AbstractLAPACK");

        Apart() {
            super(BLAS.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!OWN.contains(name)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                @Nullable Class<?> loaded = findLoadedClass(name);
                return loaded == null ? defined(name) : loaded;
            }
        }

        private Class<?> defined(String name) throws ClassNotFoundException {
            try (@Nullable InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /**
     * Products, by the library that the property {@code dev.ludovic.netlib.blas.nativeLibPath} named at the first call.
     *
     * @throws LinkageError if it cannot be loaded
     * @throws IllegalStateException if netlib is not what it was
     */
    public BLAS blas() {
        return (BLAS) instance(BLAS_CLASS);
    }

    /** Factorisations, as {@link #blas}, with {@code lapack} in the name of the property. */
    public LAPACK lapack() {
        return (LAPACK) instance(LAPACK_CLASS);
    }

    private Object instance(String name) {
        try {
            var getInstance = loader.loadClass(name).getDeclaredMethod("getInstance");
            getInstance.setAccessible(true); // its class is not public
            return getInstance.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("netlib's class %s cannot be used".formatted(name), e);
        }
    }
}
