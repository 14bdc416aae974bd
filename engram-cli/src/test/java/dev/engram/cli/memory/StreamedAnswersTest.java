package dev.engram.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.cli.Main;
import dev.engram.cli.Samples;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.ExitCode;
import dev.engram.cli.console.Interruption;
import dev.engram.cli.console.Streaming;
import dev.engram.cli.console.Terminal;
import dev.engram.inference.Status;
import dev.engram.io.file.FileStore;
import dev.engram.io.file.NewFile;
import dev.engram.io.numpy.NpyReader;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.Shape;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Cues that are answered block by block have the answers they have all at once, wherever the run was stopped in between. */
class StreamedAnswersTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int KILLS = Integer.getInteger("engram.kills", 3);
    private static final int LONGEST_MILLIS = 100;
    private static final int BLOCK = 256;
    private static final int COUNT = 4 * BLOCK + 13;

    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void makeOut() throws IOException {
        out = Files.createDirectory(folder.resolve("out"));
    }

    /** The command of a process to be killed: every block is certain to be found again. */
    public static void main(String[] args) {
        Context context = new Context(Terminal.ofProcess(), new Interruption());
        context.stream(new Streaming(FileStore.REAL, Duration.ZERO, 1));
        System.exit(Main.run(args, context));
    }

    private Path memory(Object... more) {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 8, Samples.GREY);
        Object[] first = {"learn", patterns, "-o", folder.resolve("m.engram"), "--seed", 3};
        Object[] args = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, args, first.length, more.length);
        Cli.Result learned = Cli.run(args);
        assertThat(learned.exitCode()).as(learned.err()).isZero();
        return folder.resolve("m.engram");
    }

    /** The patterns again and again, each time with other noise; some lack values if wanted. */
    private Path cues(int count, boolean lacking) {
        Matrix patterns = Samples.patterns(8, Samples.GREY, 1);
        SplittableRandom random = new SplittableRandom(9);
        Matrix cues = Matrix.zeros(count, patterns.columns());
        for (int cue = 0; cue < count; cue++) {
            for (int j = 0; j < cues.columns(); j++) {
                float noise = (float) (random.nextDouble() - 0.5) / 5;
                boolean lacks = lacking && cue > BLOCK && cue % 3 == 0 && (j < 8 || j % 7 == cue % 7);
                cues.set(cue, j, lacks ? Float.NaN : patterns.get(cue % 8, j) + noise);
            }
        }
        return Samples.npy(folder.resolve("cues.npy"), Samples.GREY, cues);
    }

    private static List<Object> words(Object... words) {
        return List.of(words);
    }

    /** Runs a command in blocks of so many batches. */
    private Cli.Result run(Streaming streaming, Interruption interruption, String name, List<Object> words) {
        StringWriter written = new StringWriter();
        StringWriter err = new StringWriter();
        Context context = new Context(Terminal.of(new PrintWriter(written), new PrintWriter(err)), interruption);
        context.stream(streaming);
        List<String> args = new ArrayList<>(words.stream().map(String::valueOf).toList());
        args.addAll(List.of("-o", out.resolve(name).toString(), "--json"));
        int code = Main.run(args.toArray(String[]::new), context);
        return new Cli.Result(code, written.toString(), err.toString());
    }

    private Cli.Result inBlocks(int blocks, String name, List<Object> words) {
        return run(new Streaming(FileStore.REAL, Duration.ZERO, blocks), new Interruption(), name, words);
    }

    private static JsonNode withoutTimes(String json) {
        ObjectNode node = (ObjectNode) JSON.readTree(json);
        assertThat(node.remove(List.of("seconds", "output", "resumed", "clipped_values")))
                .isNotNull();
        return node;
    }

    private static String withoutProgress(String err) {
        return err.replaceAll("(?m)^(reading|completing|recalling|recovering|Wrote).*\\R| in .*;", "");
    }

    private byte[] bytes(String name) {
        try {
            return Files.readAllBytes(out.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TreeSet<String> names() {
        try (Stream<Path> all = Files.list(out)) {
            TreeSet<String> names = new TreeSet<>();
            all.forEach(path -> names.add(String.valueOf(path.getFileName())));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In blocks of 1 and 7 batches (all), and all in memory: what is to be resized is read at once, be it as it was. */
    private void requireEqual(List<Object> words) {
        List<Object> resized = new ArrayList<>(words);
        resized.addAll(List.of("--resize", "8x8"));
        Cli.Result atOnce = inBlocks(1, "once.npy", resized);
        assertThat(atOnce.exitCode()).as(atOnce.err()).isZero();
        assertThat(JSON.readTree(atOnce.out()).has("resumed")).isFalse();
        for (int blocks : new int[] {1, 2, 7}) {
            Cli.Result streamed = inBlocks(blocks, "streamed.npy", words);
            assertThat(streamed.exitCode()).as(streamed.err()).isZero();
            assertThat(JSON.readTree(streamed.out()).at("/resumed").intValue(-1))
                    .isZero();
            assertThat(bytes("streamed.npy")).isEqualTo(bytes("once.npy"));
            assertThat(withoutTimes(streamed.out())).isEqualTo(withoutTimes(atOnce.out()));
            assertThat(withoutProgress(streamed.err())).isEqualTo(withoutProgress(atOnce.err()));
        }
        assertThat(names()).containsExactly("once.npy", "streamed.npy");
    }

    @Test
    void completionsOfOneMaskAreThoseOfAllAtOnce() {
        requireEqual(words("complete", memory("--updates", 20), cues(COUNT, false), "--known", "top:0.5"));
    }

    @Test
    void completionsOfAMaskForEachAreThoseOfAllAtOnce() {
        Path memory = memory("--updates", 20);
        requireEqual(words("complete", memory, cues(COUNT, false), "--known", "random-each:0.5", "--seed", 4));
        requireEqual(words("complete", memory, cues(COUNT, false), "--known", "square-each:0.3", "--seed", 4));
    }

    @Test
    void completionsOfWhatCuesLackAreThoseOfAllAtOnce() {
        Path memory = memory("--model", "covariance");
        requireEqual(words("complete", memory, cues(COUNT, true)));
        requireEqual(words("complete", memory, cues(COUNT, true), "--known", "left:0.5"));
    }

    @Test
    void completionsByAMaskFileAreThoseOfAllAtOnce() throws IOException {
        byte[] header = "{'descr': '|u1', 'fortran_order': False, 'shape': (%d, 8, 8), }"
                .formatted(COUNT)
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer npy = ByteBuffer.allocate(10 + header.length + COUNT * 64).order(ByteOrder.LITTLE_ENDIAN);
        npy.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length)
                .put(header);
        SplittableRandom random = new SplittableRandom(2);
        while (npy.hasRemaining()) {
            npy.put((byte) random.nextInt(2));
        }
        Path mask = Files.write(folder.resolve("mask.npy"), npy.array());
        requireEqual(words(
                "complete",
                memory("--model", "nearest-neighbour"),
                cues(COUNT, false),
                "--mask",
                mask,
                "--mask-means",
                "missing"));
    }

    @Test
    void recallsAreThoseOfAllAtOnce() {
        Path memory = memory("--prior", "codes", "--updates", 20);
        requireEqual(words("recall", memory, cues(COUNT, true), "--iterations", 2));
        requireEqual(words("recall", memory, cues(COUNT, true), "--damage", "unmarked", "--false-alarm-rate", "0.2"));
    }

    /** What is to be resized is read at once. */
    private void requireEqualJudgements(Path memory, Path cues) {
        Cli.Result atOnce = Cli.run("familiar", memory, cues, "--json", "--resize", "8x8");
        assertThat(atOnce.exitCode()).as(atOnce.err()).isZero();
        for (int blocks : new int[] {1, 2, 7}) {
            StringWriter written = new StringWriter();
            Context context = new Context(
                    Terminal.of(new PrintWriter(written), new PrintWriter(new StringWriter())), new Interruption());
            context.stream(new Streaming(FileStore.REAL, Duration.ZERO, blocks));
            String[] args = {"familiar", memory.toString(), cues.toString(), "--json"};
            assertThat(Main.run(args, context)).isZero();
            assertThat(written.toString()).isEqualTo(atOnce.out());
        }
    }

    @Test
    void judgementsOfCuesAreThoseOfAllAtOnce() {
        Path cues = cues(COUNT, true);
        requireEqualJudgements(memory("--prior", "codes"), cues);
        requireEqualJudgements(memory("--model", "nearest-neighbour"), cues);
        requireEqualJudgements(memory("--model", "covariance"), cues);
    }

    /** A disk on which the n-th force of a file stops the run, as Ctrl-C would. */
    private static class Stopping implements FileStore {
        private final Interruption interruption;
        private int left;

        Stopping(Interruption interruption, int forces) {
            this.interruption = interruption;
            this.left = forces;
        }

        @Override
        public NewFile create(Path file, FileAttribute<?>... attributes) throws IOException {
            return watched(FileStore.super.create(file, attributes));
        }

        @Override
        public Optional<NewFile> reopen(Path file, Kept kept) throws IOException {
            return FileStore.super.reopen(file, kept).map(this::watched);
        }

        void act() {
            interruption.cancel();
        }

        private NewFile watched(NewFile real) {
            return new NewFile() {
                @Override
                public void force() throws IOException {
                    if (--left == 0) {
                        act();
                    }
                    real.force();
                }

                @Override
                public void write(int b) throws IOException {
                    real.write(b);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    real.write(bytes, offset, length);
                }

                @Override
                public void close() throws IOException {
                    real.close();
                }
            };
        }
    }

    private Cli.Result stoppedAt(int force, String name, List<Object> words) {
        Interruption interruption = new Interruption();
        return run(new Streaming(new Stopping(interruption, force), Duration.ZERO, 1), interruption, name, words);
    }

    /** Each of four blocks is forced and then recorded, which is forced. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whereverItIsStoppedTheSameCommandEndsWithTheSameBytes(int force) {
        List<Object> words = words("complete", memory("--prior", "codes"), cues(COUNT, false), "--known", "top:0.5");
        Cli.Result straight = inBlocks(1, "straight.npy", words);
        int done = (force + 1) / 2 * BLOCK;

        Cli.Result stopped = stoppedAt(force, "out.npy", words);
        assertThat(stopped.exitCode()).isEqualTo(ExitCode.CANCELLED);
        assertThat(stopped.err())
                .contains("engram: cancelled; %,d of %,d answers are kept beside ".formatted(done, COUNT));
        assertThat(names()).hasSize(3).doesNotContain("out.npy");

        Cli.Result resumed = inBlocks(2, "out.npy", words);
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("Resuming: %,d of %,d cues were answered".formatted(done, COUNT));
        assertThat(JSON.readTree(resumed.out()).at("/resumed").intValue()).isEqualTo(done);
        assertThat(bytes("out.npy")).isEqualTo(bytes("straight.npy"));
        assertThat(withoutTimes(resumed.out())).isEqualTo(withoutTimes(straight.out()));
        assertThat(names()).containsExactly("out.npy", "straight.npy");
    }

    @Test
    void itCanBeStoppedAgainAndAgain() {
        List<Object> words = words("recall", memory("--updates", 20), cues(COUNT, true));
        inBlocks(1, "straight.npy", words);
        int runs = 0;
        while (stoppedAt(1, "out.npy", words).exitCode() == ExitCode.CANCELLED) {
            runs++;
        }
        assertThat(runs).isEqualTo(4);
        assertThat(bytes("out.npy")).isEqualTo(bytes("straight.npy"));
        assertThat(names()).containsExactly("out.npy", "straight.npy");
    }

    @Test
    void changedCuesMemoriesAndOptionsBeginAfresh() throws IOException {
        Path memory = memory("--updates", 20);
        Path cues = cues(COUNT, false);
        List<Object> words = words("complete", memory, cues, "--known", "top:0.5");
        List<Object> otherPart = words("complete", memory, cues, "--known", "top:0.25");

        assertThat(stoppedAt(4, "out.npy", words).exitCode()).isEqualTo(ExitCode.CANCELLED);
        requireAfresh(otherPart);

        assertThat(stoppedAt(4, "out.npy", words).exitCode()).isEqualTo(ExitCode.CANCELLED);
        byte[] bytes = Files.readAllBytes(cues);
        bytes[bytes.length - 2] ^= 1; // of the last value
        Files.write(cues, bytes);
        requireAfresh(words);

        assertThat(stoppedAt(4, "out.npy", words).exitCode()).isEqualTo(ExitCode.CANCELLED);
        memory("--updates", 21);
        requireAfresh(words);
    }

    /** Cues that change while they are asked about, and are put back: no answer to the changed ones is kept. */
    @Test
    void answersToCuesThatHaveChangedAreNotKept() throws IOException {
        Path cues = cues(COUNT, false);
        List<Object> words = words("complete", memory("--updates", 20), cues, "--known", "top:0.5");
        inBlocks(1, "straight.npy", words);
        byte[] whole = Files.readAllBytes(cues);
        byte[] changed = whole.clone();
        for (int at = whole.length / 2; at < whole.length; at += Float.BYTES) {
            changed[at] ^= 1;
        }
        Interruption interruption = new Interruption();
        Stopping changing = new Stopping(interruption, 3) { // the second block's
                    @Override
                    void act() {
                        try {
                            Files.write(cues, changed);
                            Files.setLastModifiedTime(
                                    cues, FileTime.from(Instant.now().plusSeconds(5)));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                };
        Cli.Result failed = run(new Streaming(changing, Duration.ZERO, 1), interruption, "out.npy", words);
        assertThat(failed.exitCode()).as(failed.err()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(failed.err()).contains("changed while it was read");
        Files.write(cues, whole);

        Cli.Result resumed = inBlocks(1, "out.npy", words);
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(bytes("out.npy")).isEqualTo(bytes("straight.npy"));
    }

    private void requireAfresh(List<Object> words) throws IOException {
        Cli.Result straight = inBlocks(1, "straight.npy", words);
        Cli.Result result = inBlocks(1, "out.npy", words);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.errorLines())
                .filteredOn(line -> line.contains(
                        "is of another memory, other cues, options, threads or software; it is not resumed"))
                .hasSize(1);
        assertThat(result.err()).doesNotContain("Resuming");
        assertThat(bytes("out.npy")).isEqualTo(bytes("straight.npy"));
        assertThat(withoutTimes(result.out())).isEqualTo(withoutTimes(straight.out()));
        assertThat(names()).containsExactly("out.npy", "straight.npy");
        Files.delete(out.resolve("out.npy"));
    }

    @Test
    void aShortRunThatIsStoppedLeavesNothing() {
        List<Object> words = words("complete", memory("--updates", 20), cues(COUNT, false), "--known", "top:0.5");
        Interruption interruption = new Interruption();
        Streaming stopping = new Streaming(
                new FileStore() {
                    @Override
                    public NewFile create(Path file, FileAttribute<?>... attributes) throws IOException {
                        interruption.cancel();
                        return FileStore.super.create(file, attributes);
                    }
                },
                Streaming.usual().between(),
                1);

        Cli.Result stopped = run(stopping, interruption, "out.npy", words);

        assertThat(stopped.exitCode()).isEqualTo(ExitCode.CANCELLED);
        assertThat(stopped.err()).contains("engram: cancelled; nothing was written.");
        assertThat(names()).isEmpty();
    }

    @Test
    void aDiskThatFailsKeepsWhatIsCertainAndSaysSo() {
        List<Object> words = words("complete", memory("--updates", 20), cues(COUNT, false), "--known", "top:0.5");
        inBlocks(1, "straight.npy", words);
        FileStore failing = new FileStore() {
            private int forces;

            @Override
            public NewFile create(Path file, FileAttribute<?>... attributes) throws IOException {
                NewFile real = FileStore.super.create(file, attributes);
                return new NewFile() {
                    @Override
                    public void force() throws IOException {
                        if (++forces > 4) {
                            throw new IOException("No space left on device");
                        }
                        real.force();
                    }

                    @Override
                    public void write(int b) throws IOException {
                        real.write(b);
                    }

                    @Override
                    public void close() throws IOException {
                        real.close();
                    }
                };
            }
        };

        Cli.Result failed = run(new Streaming(failing, Duration.ZERO, 1), new Interruption(), "out.npy", words);

        assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(failed.err())
                .contains("out.npy cannot be written: No space left on device. Maybe free some space")
                .contains("note: 512 of 1,037 answers are kept beside ");
        Cli.Result resumed = inBlocks(1, "out.npy", words);
        assertThat(resumed.err()).contains("Resuming: 512 of 1,037 cues");
        assertThat(bytes("out.npy")).isEqualTo(bytes("straight.npy"));
    }

    @Test
    void whatIsFoundInAnyCueIsToldBeforeTheFirstIsAsked() throws IOException {
        Path cues = cues(COUNT, false);
        byte[] bytes = Files.readAllBytes(cues);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.POSITIVE_INFINITY);
        Files.write(cues, bytes);

        Cli.Result result = inBlocks(1, "out.npy", words("recall", memory("--updates", 20), cues));

        assertThat(result.exitCode()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(result.err()).contains("value 63 of pattern %d (%d) is Infinity".formatted(COUNT - 1, COUNT - 1));
        assertThat(names()).isEmpty();
        assertThat(inBlocks(1, "out.npy", words("complete", memory("--updates", 20), cues(COUNT, false)))
                        .err())
                .contains("Nothing is missing from the cues");
    }

    @Test
    void thePlanSaysWhatIsInMemoryAtOnce() {
        List<Object> words = words("recall", memory("--updates", 20), cues(COUNT, false), "--explain");
        // 512 cues of 64 floats, as read, as shown, as answered and as written
        assertThat(inBlocks(2, "out.npy", words).err())
                .contains("Cues: 1,037, 512 cues at a time, which take 524.3 kB of memory beside that of the engine");
    }

    /** The answers alone take more than Java may have. */
    @Test
    @Timeout(120)
    void theMemoryItTakesDoesNotGrowWithTheCues() throws IOException, InterruptedException {
        int count = 6_000;
        int values = 3_072;
        Path patterns = Samples.npy(folder.resolve("p.npy"), 8, Shape.of(32, 32, 3));
        Cli.Result learned =
                Cli.run("learn", patterns, "-o", folder.resolve("m.engram"), "--model", "nearest-neighbour");
        assertThat(learned.exitCode()).as(learned.err()).isZero();
        byte[] header = "{'descr': '|u1', 'fortran_order': False, 'shape': (%d, 32, 32, 3), }"
                .formatted(count)
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer npy =
                ByteBuffer.allocate(10 + header.length + count * values).order(ByteOrder.LITTLE_ENDIAN);
        npy.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length)
                .put(header);
        npy.put(randomBytes(count * values));
        Path cues = Files.write(folder.resolve("many.npy"), npy.array());

        Process process = start(
                List.of("-Xmx64m"),
                Main.class.getName(),
                "complete",
                folder.resolve("m.engram").toString(),
                cues.toString(),
                "--known",
                "top:0.5",
                "-o",
                out.resolve("many.npy").toString());

        assertThat(process.waitFor(110, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("err")))
                .isZero();
        assertThat(Files.size(out.resolve("many.npy"))).isGreaterThan(64L << 20);
        assertThat(names()).containsExactly("many.npy");
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new SplittableRandom(2).nextBytes(bytes);
        return bytes;
    }

    /** {@code -Dengram.kills=200} kills that often, {@code -Dengram.seed=N} repeats a run. */
    @Test
    @Timeout(600)
    void killedProcessesAreResumed() throws IOException, InterruptedException {
        long seed = Long.getLong("engram.seed", System.nanoTime());
        System.out.printf("%d kills, -Dengram.seed=%d%n", KILLS, seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<Object> words =
                words("complete", memory("--prior", "codes"), cues(40 * BLOCK + 1, false), "--known", "top:0.5");
        inBlocks(0, "straight.npy", words);
        List<String> args = new ArrayList<>(words.stream().map(String::valueOf).toList());
        args.addAll(List.of("-o", out.resolve("out.npy").toString()));
        int killed = 0;
        int resumed = 0;
        while (killed < KILLS) {
            long before = recorded();
            Process process = start(List.of(), StreamedAnswersTest.class.getName(), args.toArray(String[]::new));
            while (process.isAlive() && recorded() <= before) {
                Thread.sleep(1); // it has not begun to write
            }
            process.waitFor(random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS);
            boolean ended = !process.isAlive();
            process.destroyForcibly().waitFor();
            resumed += Files.readString(folder.resolve("err")).contains("Resuming") ? 1 : 0;
            if (ended) {
                assertThat(process.exitValue())
                        .as(Files.readString(folder.resolve("err")))
                        .isZero();
                assertThat(bytes("out.npy")).isEqualTo(bytes("straight.npy"));
                assertThat(names()).containsExactly("out.npy", "straight.npy");
                Files.delete(out.resolve("out.npy"));
            } else {
                killed++;
            }
        }
        Process last = start(List.of(), StreamedAnswersTest.class.getName(), args.toArray(String[]::new));
        assertThat(last.waitFor()).as(Files.readString(folder.resolve("err"))).isZero();
        assertThat(bytes("out.npy")).as("seed %d", seed).isEqualTo(bytes("straight.npy"));
        assertThat(names()).containsExactly("out.npy", "straight.npy");
        System.out.printf("%d kills, %d runs resumed%n", killed, resumed);
        assertThat(Files.readString(folder.resolve("err"))).contains("Resuming");
    }

    /** The bytes of the record beside the output. */
    private long recorded() throws IOException {
        for (String name : names()) {
            if (name.endsWith(".log")) {
                try {
                    return Files.size(out.resolve(name));
                } catch (NoSuchFileException e) {
                    return 0; // finished just now
                }
            }
        }
        return 0;
    }

    private Process start(List<String> options, String main, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
        command.addAll(1, options);
        command.add(main);
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .redirectOutput(folder.resolve("said").toFile())
                .start();
    }

    @Test
    void whatIsSaidOfAnswersComesBackAsItWas() throws IOException {
        List<Answer.Candidate> candidates =
                List.of(new Answer.Candidate(7, 0.75), new Answer.Candidate(2, Double.MIN_VALUE));
        List<Outcome> all = List.of(
                new Outcome(Status.CONVERGED, 1.5, 0, 3, Optional.empty(), OptionalInt.empty()),
                new Outcome(
                        Status.STALLED,
                        Double.NaN,
                        -0.0,
                        0,
                        Optional.of(new Answer.Recalled(7, 0.25, candidates)),
                        OptionalInt.of(0)),
                new Outcome(
                        Status.DIVERGED, 1, 2, 3, Optional.of(new Answer.Ambiguous(candidates)), OptionalInt.of(64)),
                new Outcome(
                        Status.CONVERGED,
                        1,
                        2,
                        3,
                        Optional.of(new Answer.Unfamiliar(0.5, List.of())),
                        OptionalInt.empty()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Outcome outcome : all) {
            OutcomeCodec.write(outcome, new DataOutputStream(bytes));
        }
        assertThat(OutcomeCodec.read(bytes.toByteArray())).isEqualTo(all);
    }

    @Test
    void rowsAreWrittenInTheOrderOfTheirCues() {
        inBlocks(
                1,
                "out.npy",
                words("complete", memory("--model", "nearest-neighbour"), cues(COUNT, false), "--known", "top:0.5"));
        float[] answers = NpyReader.read(out.resolve("out.npy")).values();
        Matrix patterns = Samples.patterns(8, Samples.GREY, 1);
        for (int cue = 0; cue < COUNT; cue++) {
            float[] below = Arrays.copyOfRange(answers, cue * 64 + 32, (cue + 1) * 64);
            assertThat(below).isEqualTo(Arrays.copyOfRange(patterns.row(cue % 8), 32, 64));
        }
    }
}
