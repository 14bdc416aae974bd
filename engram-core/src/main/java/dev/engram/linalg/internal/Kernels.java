package dev.engram.linalg.internal;

import dev.ludovic.netlib.blas.BLAS;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Which kernels OpenBLAS computes with: the fastest on this machine, found by timing them once.
 *
 * <p>OpenBLAS holds kernels for each family of processors and takes, when it is loaded, those that the variable OPENBLAS_CORETYPE names, else
 * what it thinks best. That is not always the fastest, and no rule we know is: on AMD's Zen 3 and 4 it is Haswell's, on Zen 5 SkylakeX's. So
 * on Linux on x86-64 they are timed at the first start on a machine ({@link StepTrial}), and the choice is kept ({@link ChoiceFile}). A variable
 * that is set is respected, {@code -Dengram.kernels=openblas} leaves the choice to OpenBLAS, and so do other platforms.
 */
public final class Kernels {
    private static final System.Logger LOG = System.getLogger("dev.engram.linalg");

    private Kernels() {}

    /** The kernels in use, by OpenBLAS's name for them; empty before it is loaded and where it does not say. */
    public static Optional<String> inUse() {
        return KernelTable.loaded().flatMap(KernelTable::name);
    }

    /** Whether this process has loaded OpenBLAS, and may be computing with it. */
    public static boolean areLoaded() {
        return KernelTable.loaded().isPresent();
    }

    /**
     * Makes OpenBLAS use the kernels chosen for this machine, which are timed if none were chosen yet. Never fails: what cannot be chosen is
     * left to OpenBLAS.
     *
     * @param blas OpenBLAS, just loaded, with one thread; nobody computes with it
     */
    public static void choose(BLAS blas) {
        Optional<KernelTable> loaded = KernelTable.loaded();
        if (loaded.isEmpty() || isLeftToOpenBlas(Loader.getPlatform(), System::getenv, System::getProperty)) {
            return;
        }
        KernelTable table = loaded.get();
        Pointer own = table.table();
        try {
            Processor processor = processor();
            Optional<String> chosen =
                    choose(processor, file(processor), names -> new StepTrial(blas).times(names, table::select));
            table.restore(own);
            chosen.ifPresent(table::select);
        } catch (IOException | LinkageError | RuntimeException e) {
            table.restore(own);
            LOG.log(System.Logger.Level.DEBUG, "The kernels are left to OpenBLAS.", e);
        }
    }

    /** Where somebody else has loaded OpenBLAS and may be computing with it, one line says what to set, if that is known. */
    public static void advise() {
        if (isLeftToOpenBlas(Loader.getPlatform(), System::getenv, System::getProperty)) {
            return;
        }
        try {
            Processor processor = processor();
            Optional<String> fastest =
                    file(processor).read(processor.candidates()).flatMap(Choice::kernels);
            if (fastest.isPresent() && !fastest.equals(inUse())) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "OpenBLAS was in use before Engram and keeps its kernels; those for {0} are faster here. "
                                + "Maybe set {1}={0} before the program starts.",
                        fastest.get(),
                        KernelTable.VARIABLE);
            }
        } catch (IOException | LinkageError | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "Which kernels are fastest is not known.", e);
        }
    }

    private static Processor processor() throws IOException {
        return Processor.of(Files.readString(Path.of("/proc/cpuinfo")));
    }

    private static ChoiceFile file(Processor processor) throws IOException {
        Path folder = ChoiceFile.folder(System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home", ""));
        return new ChoiceFile(folder, processor.name(), Loader.getVersion("org.bytedeco", "openblas"));
    }

    /** Set by hand, by a property, or on a platform where it is not known what the processor can do. */
    static boolean isLeftToOpenBlas(
            String platform,
            Function<String, @Nullable String> variables,
            Function<String, @Nullable String> properties) {
        String set = variables.apply(KernelTable.VARIABLE);
        return set != null && !set.isEmpty()
                || "openblas".equals(properties.apply("engram.kernels"))
                || "java".equals(properties.apply("engram.blas"))
                || !platform.equals("linux-x86_64");
    }

    /** Nanoseconds of each of the candidates that could be timed and computes what it should. */
    interface Trial {
        Map<String, Long> times(List<String> candidates);
    }

    /**
     * What was chosen before, else the fastest now.
     *
     * <p>The file is written before the trial too: where that ends the process, or the process is ended meanwhile, it is tried once more and
     * then never again.
     *
     * @return the name, or nothing for OpenBLAS's own choice
     */
    static Optional<String> choose(Processor processor, ChoiceFile file, Trial trial) {
        List<String> candidates = processor.candidates();
        Optional<Choice> before = file.read(candidates);
        if (candidates.size() < 2 || before.isPresent() && before.get().isFinal()) {
            return before.flatMap(Choice::kernels);
        }
        try {
            int tries = before.map(Choice::tries).orElse(0) + 1;
            file.write(Choice.unfinished(processor.unmeasured(), tries));
            Choice choice = Choice.among(candidates, trial.times(candidates), processor.unmeasured(), tries);
            file.write(choice);
            return choice.kernels();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "The choice of kernels cannot be kept, so nothing is timed.", e);
            return processor.unmeasured();
        }
    }
}
