package dev.engram.linalg;

import dev.engram.linalg.internal.GlueFiles;
import dev.engram.linalg.internal.Kernels;
import dev.engram.linalg.internal.NativeNetlib;
import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.lapack.JavaLAPACK;
import dev.ludovic.netlib.lapack.LAPACK;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * The implementation of BLAS and LAPACK in use: OpenBLAS, called without copying Java's arrays, or pure Java.
 *
 * <p>OpenBLAS itself is kept at one thread; {@link LinearAlgebra} splits the work over Java threads instead. On a machine
 * shared with other processes that is the variant that does not collapse when a core is taken away
 * (docs/decisions/001-linear-algebra.md).
 *
 * <p>Every call goes through {@link #blas} or {@link #lapack}, and so, where the library is native, through the {@link NativeGate}.
 */
final class Backend {
    private static final System.Logger LOG = System.getLogger("dev.engram.linalg");
    private static final int OPENBLAS_VENDOR = 2;
    private static final NativeGate GATE = NativeGate.closedAtTheEnd();

    private static final NativeNetlib NETLIB = new NativeNetlib();

    /** Why loading failed: Java says it once, the first time. */
    private static final Queue<String> TOLD = new ConcurrentLinkedQueue<>();

    // netlib says there which of its classes in Java it uses. Strong references: what was set of a logger that nobody
    // holds is forgotten.
    private static final List<Logger> SILENT = List.of(
            Logger.getLogger("dev.ludovic.netlib.blas.InstanceBuilder"),
            Logger.getLogger("dev.ludovic.netlib.lapack.InstanceBuilder"));

    static {
        SILENT.forEach(logger -> logger.setLevel(Level.OFF));
        try {
            boolean inUse = Kernels.areLoaded(); // by somebody else, who may be computing with it
            String library = sharedLibrary().getPath();
            System.setProperty("dev.ludovic.netlib.blas.nativeLibPath", library);
            System.setProperty("dev.ludovic.netlib.lapack.nativeLibPath", library);
            if (inUse) {
                Kernels.advise();
            } else {
                openblas_nolapack.blas_set_num_threads(1);
                BLAS loaded = NETLIB.blas();
                GATE.pass(() -> Kernels.choose(loaded));
            }
            NativeGate.librariesAreLoaded();
        } catch (LinkageError | RuntimeException e) {
            TOLD.add(reason(e));
            LOG.log(System.Logger.Level.DEBUG, "No OpenBLAS here; openBlas() says why.", e);
        }
    }

    private final BLAS blas;
    private final LAPACK lapack;
    private final String description;
    private final boolean isNative;
    private final Optional<String> fallback;

    private Backend(BLAS blas, LAPACK lapack, String description, boolean isNative, Optional<String> fallback) {
        this.blas = blas;
        this.lapack = lapack;
        this.description = description;
        this.isNative = isNative;
        this.fallback = fallback;
    }

    /** Pure Java, as it was asked for: works everywhere, some twenty times slower. */
    static Backend java() {
        return new Backend(
                JavaBLAS.getInstance(), JavaLAPACK.getInstance(), "pure Java (slow)", false, Optional.empty());
    }

    /** Pure Java where OpenBLAS was wanted. */
    private static Backend javaBecause(String reason) {
        return new Backend(
                JavaBLAS.getInstance(),
                JavaLAPACK.getInstance(),
                "pure Java (slow; %s)"
                        .formatted(reason.replaceAll("\\d{6,}", "...")), // of temporary files: the same each time
                false,
                Optional.of(reason));
    }

    /** Computes with BLAS; no call may take long. */
    void blas(Consumer<BLAS> call) {
        pass(() -> call.accept(blas));
    }

    /** Computes with LAPACK. */
    void lapack(Consumer<LAPACK> call) {
        pass(() -> call.accept(lapack));
    }

    private void pass(Runnable call) {
        Workers.requireGoingOn();
        if (isNative) {
            GATE.pass(call);
        } else {
            call.run();
        }
    }

    /** For people: what computes, for example {@code OpenBLAS (linux-x86_64, kernels for Haswell)}. */
    String description() {
        return description;
    }

    /** False for pure Java. */
    boolean isNative() {
        return isNative;
    }

    /** Why pure Java computes although OpenBLAS was wanted. */
    Optional<String> fallback() {
        return fallback;
    }

    /**
     * OpenBLAS.
     *
     * @throws UnsupportedOperationException saying why it cannot be loaded
     */
    static Backend openBlas() {
        try {
            sharedLibrary();
            BLAS blas = NETLIB.blas();
            LAPACK lapack = NETLIB.lapack();
            GlueFiles.remove();
            openblas_nolapack.blas_set_num_threads(1);
            int threads = openblas_nolapack.blas_get_num_threads();
            if (threads != 1 || openblas_nolapack.blas_get_vendor() != OPENBLAS_VENDOR) {
                throw new UnsupportedOperationException(
                        "the library loaded is not OpenBLAS or keeps %d threads of its own".formatted(threads));
            }
            return new Backend(blas, lapack, described(), true, Optional.empty());
        } catch (LinkageError | RuntimeException e) {
            throw new UnsupportedOperationException("OpenBLAS cannot be loaded: " + reason(e), e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        String own = last instanceof UnsupportedOperationException
                ? String.valueOf(last.getMessage())
                : "%s: %s".formatted(last.getClass().getSimpleName(), last.getMessage());
        boolean saysThatItFailed = last instanceof ExceptionInInitializerError
                || last instanceof NoClassDefFoundError
                || last.getClass() == RuntimeException.class; // netlib's
        return saysThatItFailed ? TOLD.stream().findFirst().orElse(own) : own;
    }

    /** OpenBLAS where it loads, else pure Java after one warning that says so. */
    static Backend best() {
        try {
            return openBlas();
        } catch (UnsupportedOperationException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Using pure-Java linear algebra, which is some twenty times slower: {0}. "
                            + "Maybe put org.bytedeco:openblas and javacpp, with and without the classifier {1}, on the class path.",
                    e.getMessage(),
                    platform());
            return javaBecause(String.valueOf(e.getMessage()));
        }
    }

    private static String described() {
        return Kernels.inUse()
                .map(kernels -> "OpenBLAS (%s, kernels for %s)".formatted(Loader.getPlatform(), kernels))
                .orElseGet(() -> "OpenBLAS (%s)".formatted(Loader.getPlatform()));
    }

    /** The classifier of this platform's jars; where JavaCPP itself was left out nobody knows it. */
    private static String platform() {
        try {
            return Loader.getPlatform();
        } catch (LinkageError e) {
            return "of this platform (for example linux-x86_64)";
        }
    }

    private static File sharedLibrary() {
        File folder = new File(Loader.load(openblas_nolapack.class)).getParentFile();
        File[] files = folder.listFiles((dir, name) -> name.startsWith("libopenblas_nolapack."));
        return Arrays.stream(files == null ? new File[0] : files)
                .max((a, b) -> Integer.compare(a.getName().length(), b.getName().length()))
                .orElseThrow(() -> new UnsupportedOperationException("no libopenblas_nolapack in " + folder));
    }
}
