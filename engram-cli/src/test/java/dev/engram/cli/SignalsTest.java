package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.engram.io.file.AtomicFiles;
import dev.engram.io.memory.Stored;
import dev.engram.io.numpy.NpyReader;
import dev.engram.linalg.Matrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Commands that SIGINT or SIGTERM ends at random moments of their lives: the exit code of the signal, no crash, and outputs that are absent,
 * the old or the new, whole.
 *
 * <p>{@code -Dengram.signals=20} sends that many to each command, to those that compute long too, and asks that each is heard within a second.
 * {@code -Dengram.seed=N} repeats a run, {@code -Dengram.child="-Xmx2g"} gives the processes options, {@code -Dengram.classpath=app/*} another
 * program, {@code -Dengram.commands=LEARN,STORE} leaves out the others. The data are those of {@code ../shared/data}.
 */
class SignalsTest {
    private static final int SIGNALS = Integer.getInteger("engram.signals", 2);
    private static final boolean IN_FULL = System.getProperty("engram.signals") != null;
    private static final long SEED = Long.getLong("engram.seed", System.nanoTime());
    private static final String COMMANDS = System.getProperty("engram.commands", "");
    private static final Path DATA = Path.of("../../shared/data");
    private static final int MOST_AFTER_FIRST_FILE_MILLIS = 40;
    private static final long HEARD_MILLIS = 1000;

    @TempDir
    Path folder;

    /** The outputs: nothing else is written into this folder. */
    private Path out = Path.of("");

    private Path temporaries = Path.of("");
    private List<String> wholeFolder = List.of(); // the names in a folder of results

    @BeforeEach
    void makeFolders() throws IOException {
        out = Files.createDirectory(folder.resolve("out"));
        temporaries = Files.createDirectory(folder.resolve("tmp"));
    }

    /** A command line; IN, MEMORY and OUT stand for files, DATA for the folder of data. */
    enum Scenario {
        LEARN("learn IN/p.npy -o OUT/m.engram --updates 2000", Whole.FILE),
        RECALL("recall IN/m.engram IN/cues.npy -o OUT/r.npy", Whole.FILE),
        COMPLETE("complete IN/m.engram IN/cues.npy --known top:0.5 -o OUT/pictures", Whole.FOLDER),
        STORE("store OUT/m.engram IN/one.npy --names IN/one.txt", Whole.FILE),
        REPRODUCE("reproduce baselines -o OUT/report", Whole.RESUMED),
        LEARN_CODES("learn DATA/mnist-train-60000.npz --limit 4000 --prior codes -o OUT/m.engram", Whole.FILE),
        LEARN_WIDE(
                "learn DATA/mnist-train-60000.npz --limit 500 --hidden 4500 --engine reference -o OUT/m.engram",
                Whole.FILE),
        LEARN_PHOTOS(
                "learn DATA/tiny-imagenet-train-2000.npz --limit 1000 --hidden 4500 --prior codes -o OUT/m.engram",
                Whole.FILE),
        LEARN_LAPACK("learn DATA/cifar10-train-3000.npz --model covariance -o OUT/m.engram", Whole.FILE),
        RECALL_MANY("recall IN/large.engram DATA/mnist-test-10000.npz -o OUT/r.npy", Whole.FILE),
        COMPLETE_MANY(
                "complete IN/large.engram DATA/mnist-test-10000.npz --known top:0.5 --limit 4000 -o OUT/r.npy",
                Whole.FILE);

        private final List<String> words;
        private final Whole whole;

        Scenario(String line, Whole whole) {
            this.words = List.of(line.split(" "));
            this.whole = whole;
        }

        boolean isLong() {
            return this == REPRODUCE || words.stream().anyMatch(word -> word.startsWith("DATA"));
        }
    }

    /** What an output is when it is whole. */
    enum Whole {
        FILE,
        FOLDER,
        RESUMED
    }

    /** What became of one process. */
    private record End(int exitCode, long heardMillis, String said) {}

    @ParameterizedTest
    @EnumSource
    void aSignalEndsEveryCommandAtAnyMoment(Scenario scenario) throws Exception {
        assumeTrue(!scenario.isLong() || IN_FULL && Files.isDirectory(DATA), "with -Dengram.signals=20 and the data");
        assumeTrue(List.of(COMMANDS.split(",")).contains(scenario.name()) || COMMANDS.isEmpty(), "only " + COMMANDS);
        Signals.TERM.assumeHeard();
        prepare(scenario);
        long begun = System.nanoTime();
        Process straight = start(scenario.words);
        assertThat(straight.waitFor()).as(said()).isZero();
        wholeFolder = scenario.whole == Whole.FOLDER ? names(output(scenario)) : List.of();
        long life = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        System.out.printf(
                "%s: %d signals in %,d ms, Java %s, -Dengram.seed=%d%n", scenario, SIGNALS, life, childVersion(), SEED);
        SplittableRandom random = new SplittableRandom(SEED + scenario.ordinal());
        List<Long> heard = new ArrayList<>();
        List<String> slow = new ArrayList<>();
        int before = 0;
        for (int i = 0; i < SIGNALS; i++) {
            reset(scenario, i % 2 == 0);
            byte[] old = content(scenario);
            Signals signal = random.nextBoolean() && Signals.INT.isHeard() ? Signals.INT : Signals.TERM;
            long moment = random.nextLong(life + 1);
            boolean whileWriting = random.nextInt(3) == 0;
            long after = random.nextLong(MOST_AFTER_FIRST_FILE_MILLIS);
            String what = "%s, signal %d of seed %d, %s at %s"
                    .formatted(
                            scenario,
                            i,
                            SEED,
                            signal,
                            whileWriting ? "the first file + " + after : String.valueOf(moment));
            Process process = start(scenario.words);
            if (whileWriting) {
                awaitFile(process, life);
                process.waitFor(after, TimeUnit.MILLISECONDS);
            } else {
                process.waitFor(moment, TimeUnit.MILLISECONDS);
            }
            End end = end(process, signal);
            before += end.exitCode == 0 ? 1 : 0;
            check(scenario, what, signal, end, old);
            heard.add(end.heardMillis);
            if (end.heardMillis > HEARD_MILLIS) {
                slow.add("%s: %d ms, load %.1f%n%s".formatted(what, end.heardMillis, load(), end.said));
            }
        }
        ageTemporaries();
        Process next = start(List.of("--version"));
        assertThat(next.waitFor()).as(said()).isZero();
        assertThat(names(temporaries)).as("left behind after the next start").isEmpty();
        long[] sorted = heard.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%s: heard after %d ms (median), %d ms (longest); %d of %d ended by themselves before; load %.1f%n",
                scenario, sorted[sorted.length / 2], sorted[sorted.length - 1], before, SIGNALS, load());
        slow.forEach(line -> System.out.println("SLOW " + line));
        if (IN_FULL) {
            assertThat(slow).isEmpty();
        }
    }

    private void prepare(Scenario scenario) throws IOException {
        Matrix patterns = Samples.patterns(20, Samples.RGB, 1);
        Path npy = Samples.npy(folder.resolve("p.npy"), Samples.RGB, patterns);
        Samples.npy(folder.resolve("cues.npy"), Samples.RGB, patterns);
        Samples.npy(folder.resolve("one.npy"), Samples.RGB, Samples.patterns(1, Samples.RGB, 2));
        Files.writeString(folder.resolve("one.txt"), "one\n");
        learn(npy, "m.engram");
        if (scenario.words.contains("IN/large.engram")) {
            learn(DATA.resolve("mnist-train-60000.npz"), "large.engram", "--limit", 4000);
        }
        reset(scenario, true);
    }

    private void learn(Path patterns, String memory, Object... more) {
        List<Object> words = new ArrayList<>(
                List.of("learn", patterns, "-o", folder.resolve(memory), "--prior", "codes", "--hidden", 256));
        words.addAll(List.of(more));
        Cli.Result learned = Cli.run(words.toArray());
        assertThat(learned.exitCode()).as(learned.err()).isZero();
    }

    /** What is there before: nothing, or something old; of {@code store} always the memory, of {@code reproduce} what was computed. */
    private void reset(Scenario scenario, boolean old) throws IOException {
        for (Path path : paths()) {
            if (isOfStopped(path)) {
                Files.delete(path);
            }
        }
        if (scenario == Scenario.STORE || old && output(scenario).toString().endsWith(".engram")) {
            Files.copy(folder.resolve("m.engram"), output(scenario), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } else if (scenario.whole == Whole.FILE) {
            Files.deleteIfExists(output(scenario));
        }
    }

    /** What a stopped run leaves for one that resumes it, which none is here. */
    private static boolean isOfStopped(Path path) {
        return path.getFileName().toString().matches("\\.r\\.npy\\.[0-9a-f]+\\.engram\\.(part|log)");
    }

    private Path output(Scenario scenario) {
        return Path.of(scenario.words.stream()
                .filter(word -> word.startsWith("OUT"))
                .findFirst()
                .orElseThrow()
                .replace("OUT", out.toString()));
    }

    private byte[] content(Scenario scenario) throws IOException {
        Path file = output(scenario);
        return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    }

    private Process start(List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                IN_FULL ? "-XX:+TieredCompilation" : "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-XX:-CreateCoredumpOnCrash",
                "-Djava.io.tmpdir=" + temporaries));
        String more = System.getProperty("engram.child", "");
        if (!more.isBlank()) {
            command.addAll(Arrays.asList(more.strip().split(" +")));
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("engram.classpath", System.getProperty("java.class.path")),
                Main.class.getName()));
        for (String word : words) {
            command.add(word.replaceFirst("^IN", folder.toString())
                    .replaceFirst("^OUT", out.toString())
                    .replaceFirst("^DATA", DATA.toAbsolutePath().normalize().toString()));
        }
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("said.txt"));
    }

    /** Until there is a name in the folder of outputs that was not there before. */
    private void awaitFile(Process process, long life) throws IOException, InterruptedException {
        Set<Path> before = paths();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5 * life);
        while (process.isAlive() && System.nanoTime() < until) {
            if (!before.containsAll(paths())) {
                return;
            }
            Thread.sleep(1);
        }
    }

    private Set<Path> paths() throws IOException {
        try (Stream<Path> all = Files.walk(out)) {
            return new LinkedHashSet<>(all.toList());
        } catch (UncheckedIOException e) { // something went away while it was looked at
            return Set.of();
        }
    }

    private End end(Process process, Signals signal) throws IOException, InterruptedException {
        long sent = System.nanoTime();
        signal.send(process);
        for (int asked = 0; !process.waitFor(asked == 0 ? HEARD_MILLIS : 300, TimeUnit.MILLISECONDS); asked++) {
            if (asked < 5) {
                Signals.askForThreads(process);
            }
            assertThat(asked).as("it does not end%n%s", said()).isLessThan(100);
        }
        return new End(process.exitValue(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent), said());
    }

    private void check(Scenario scenario, String what, Signals signal, End end, byte[] old) throws IOException {
        assertThat(end.exitCode).as("%s%n%s", what, end.said).isIn(0, signal.exitCode());
        assertThat(folder.resolve("crash.log")).as(what).doesNotExist();
        assertThat(end.said).as(what).doesNotContain("SIGSEGV", "Exception in", "\tat dev.engram.cli.Main.run(");
        assertThat(end.said.lines().filter(line -> line.startsWith("engram: ")))
                .as(what)
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(line -> line.startsWith("engram: cancelled; "));
        AtomicFiles.write(out.resolve("other"), stream -> stream.write(1)); // the next start
        Files.delete(out.resolve("other"));
        Path output = output(scenario);
        boolean resumes = end.said.contains(" answers are kept beside ");
        assertThat(paths())
                .as("%s%n%s", what, end.said)
                .allMatch(path -> path.equals(out) || path.startsWith(output) || resumes && isOfStopped(path));
        switch (scenario.whole) {
            case FILE -> {
                if (end.exitCode == 0) {
                    assertThat(output).as(what).exists();
                }
                if (Files.exists(output) && !Arrays.equals(Files.readAllBytes(output), old)) {
                    assertThat(end.said).doesNotContain("nothing was written");
                    readWhole(output);
                }
            }
            case FOLDER -> assertThat(names(output)).as(what).containsExactlyElementsOf(wholeFolder);
            case RESUMED -> {}
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static void readWhole(Path file) {
        if (file.toString().endsWith(".engram")) {
            Stored.read(file);
        } else {
            NpyReader.read(file);
        }
    }

    /** As after a minute: what a run was unpacking when it was ended may be that of one that lives, until it is 20 s old. */
    private void ageTemporaries() throws IOException {
        for (String name : names(temporaries)) {
            Files.setLastModifiedTime(
                    temporaries.resolve(name), FileTime.from(Instant.now().minusSeconds(60)));
        }
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String childVersion() {
        return System.getProperty("java.version").toLowerCase(Locale.ROOT);
    }
}
