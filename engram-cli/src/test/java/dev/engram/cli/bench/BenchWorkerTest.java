package dev.engram.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.cli.Cli;
import dev.engram.cli.Samples;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.ExitCode;
import dev.engram.cli.console.Failure;
import dev.engram.cli.console.Interruption;
import dev.engram.cli.console.Terminal;
import dev.engram.io.numpy.NpyWriter;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The protocol's answers, and the trajectory against {@link PlainRace}. */
class BenchWorkerTest {
    private static final int D = 12;
    private static final int HIDDEN = 5;
    private static final int PATTERNS = 4;
    private static final double LEARNING_RATE = 0.5; // large, so that every update shows
    private static final Map<String, String> ENVIRONMENT = Map.of("PCN_LR", "0.5");
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @TempDir
    Path folder;

    private final BenchArrays arrays = arrays();

    private static BenchArrays arrays() {
        Matrix x = Samples.patterns(PATTERNS, Shape.of(D), 1);
        Matrix xc = Samples.patterns(PATTERNS, Shape.of(D), 2);
        Matrix w = Samples.patterns(HIDDEN, Shape.of(D), 3);
        float[] b = Samples.patterns(1, Shape.of(HIDDEN), 4).data();
        for (int i = 0; i < w.data().length; i++) {
            w.data()[i] -= 0.5f;
        }
        b[0] = -0.2f; // one unit below its kink
        return new BenchArrays(x, xc, w, b);
    }

    @BeforeEach
    void write() {
        NpyWriter.write(
                folder.resolve("x.npy"),
                new int[] {PATTERNS, D},
                arrays.patterns().data());
        NpyWriter.write(
                folder.resolve("xc.npy"), new int[] {PATTERNS, D}, arrays.cues().data());
        NpyWriter.write(
                folder.resolve("w.npy"), new int[] {HIDDEN, D}, arrays.weights().data());
        NpyWriter.write(folder.resolve("b.npy"), new int[] {HIDDEN}, arrays.memoryVector());
    }

    @Test
    void everyCommandIsAnsweredByOneLineWithItsFields() {
        List<JsonNode> answers = answers("init", "infer 3", "", "cycle 2", "recall 4", "check", "quit", "check");

        assertThat(answers).hasSize(5);
        assertThat(fields(answers.get(0))).containsExactly("name", "s", "cpu");
        assertThat(answers.get(0).at("/name").stringValue()).isEqualTo("engram-reference");
        assertThat(fields(answers.get(1))).containsExactly("s", "cpu");
        assertThat(fields(answers.get(2))).containsExactly("s", "cpu");
        assertThat(fields(answers.get(3))).containsExactly("s", "cpu", "mse", "rsum");
        assertThat(fields(answers.get(4))).containsExactly("x1", "w", "b", "mse");
        assertThat(answers.subList(0, 4)).allSatisfy(answer -> {
            assertThat(answer.at("/s").doubleValue()).isPositive();
            assertThat(answer.at("/cpu").doubleValue()).isNotNegative();
        });
    }

    @ParameterizedTest
    @EnumSource(BenchEngineChoice.class)
    void inferWalksThePlainTrajectoryAndLeavesTheParameters(BenchEngineChoice choice) {
        PlainRace plain = new PlainRace(arrays);
        BenchEngine engine = choice.start(arrays, LEARNING_RATE, LinearAlgebra.shared());
        for (int steps : new int[] {0, 1, 7}) {
            engine.infer(steps);
            plain.infer(plain.x, steps);
            assertSame(engine, plain);
        }
        assertThat(arrays).usingRecursiveComparison().isEqualTo(arrays());
    }

    @ParameterizedTest
    @EnumSource(BenchEngineChoice.class)
    void threeCyclesWalkThePlainTrajectory(BenchEngineChoice choice) {
        PlainRace plain = new PlainRace(arrays);
        BenchEngine engine = choice.start(arrays, LEARNING_RATE, LinearAlgebra.shared());
        for (int cycle = 0; cycle < 3; cycle++) {
            engine.cycle(4);
            plain.infer(plain.x, 4);
            plain.update(LEARNING_RATE);
            assertSame(engine, plain);
        }
        assertThat(plain.w[1][0]).isNotCloseTo(arrays.weights().get(1, 0), within(1e-3));
        assertThat(arrays).usingRecursiveComparison().isEqualTo(arrays());
    }

    @ParameterizedTest
    @EnumSource(BenchEngineChoice.class)
    void checkAndRecallSumUpThePlainTrajectory(BenchEngineChoice choice) {
        List<JsonNode> answers = answers(choice, "init", "cycle 4", "cycle 4", "cycle 4", "check", "recall 6");
        PlainRace plain = new PlainRace(arrays);
        for (int cycle = 0; cycle < 3; cycle++) {
            plain.infer(plain.x, 4);
            plain.update(LEARNING_RATE);
        }

        JsonNode check = answers.get(4);
        assertClose(check.at("/x1").doubleValue(), meanAbsolute(plain.x1));
        assertClose(check.at("/w").doubleValue(), meanAbsolute(plain.w));
        assertClose(check.at("/b").doubleValue(), meanAbsolute(new double[][] {plain.b}));
        assertClose(check.at("/mse").doubleValue(), plain.meanSquaredError());
        plain.infer(plain.xc, 6);
        assertClose(answers.get(5).at("/mse").doubleValue(), plain.meanSquaredError());
        assertClose(answers.get(5).at("/rsum").doubleValue(), meanAbsolute(plain.readOut()));
    }

    @Test
    void initBeginsAgainAtTheStart() {
        List<JsonNode> answers = answers("init", "infer 3", "check", "cycle 5", "init", "infer 3", "check");

        assertThat(answers.get(6)).isEqualTo(answers.get(2));
    }

    @ParameterizedTest
    @CsvSource({
        "infer, takes one whole number",
        "infer x, takes one whole number",
        "infer 1.5, takes one whole number",
        "infer -1, takes one whole number",
        "cycle 1 2, takes one whole number",
        "recall 99999999999, takes one whole number",
        "check 1, stands alone",
        "init 1, stands alone",
        "dance, is none of",
        "INFER 3, is none of"
    })
    void aMalformedCommandIsAnErrorAndTheWorkerGoesOn(String command, String message) {
        List<JsonNode> answers = answers("init", command, "infer 1");

        assertThat(fields(answers.get(1))).containsExactly("error");
        assertThat(answers.get(1).at("/error").stringValue()).contains(message, command.split(" ")[0]);
        assertThat(fields(answers.get(2))).containsExactly("s", "cpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"infer 1", "cycle 1", "recall 1", "check"})
    void nothingIsAnsweredBeforeInit(String command) {
        List<JsonNode> answers = answers(command, "init");

        assertThat(answers.get(0).at("/error").stringValue()).contains("init");
        assertThat(fields(answers.get(1))).contains("name");
    }

    @Test
    void checkNeedsAnInference() {
        assertThat(answers("init", "check").get(1).at("/error").stringValue()).contains("infer");
    }

    @Test
    void divergenceIsAnErrorAndTheWorkerGoesOn() {
        float[] large = arrays.weights().data().clone();
        for (int i = 0; i < large.length; i++) {
            large[i] *= 1e30f;
        }
        NpyWriter.write(folder.resolve("w.npy"), new int[] {HIDDEN, D}, large);
        List<JsonNode> answers = answers("init", "infer 1", "infer 0");

        assertThat(answers.get(1).at("/error").stringValue()).contains("finite").contains("PCN_LR");
        assertThat(fields(answers.get(2))).containsExactly("s", "cpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.npy", "xc.npy", "w.npy", "b.npy"})
    void aMissingFileIsUnusableInput(String name) throws IOException {
        Files.delete(folder.resolve(name));
        Cli.Result result = Cli.run("bench", "worker", "--data", folder);

        assertThat(result.exitCode()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(result.errorLines()).singleElement().asString().contains(name);
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"x.npy, 2", "xc.npy, 4", "w.npy, 5", "b.npy, 6"})
    void arraysThatDoNotFitAreUnusableInput(String name, int rows) {
        int[] shape = name.equals("x.npy") ? new int[] {rows, 1, D} : new int[] {rows, D - 1};
        NpyWriter.write(
                folder.resolve(name), shape, new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)]);
        Cli.Result result = Cli.run("bench", "worker", "--data", folder);

        assertThat(result.exitCode()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(result.errorLines()).singleElement().asString().contains(name, Arrays.toString(shape));
    }

    @Test
    void theEnvironmentAndTheOptionsAreChecked() {
        assertThat(run(Map.of("PCN_LR", "fast")).err()).contains("PCN_LR", "fast");
        assertThat(run(Map.of("PCN_LR", "fast")).exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run(Map.of("PCN_THREADS", "0")).err()).contains("PCN_THREADS", "'0'");
        assertThat(Cli.run("bench", "worker", "--data", folder, "--engine", "steam")
                        .err())
                .contains("'steam' is none of: reference, reduced, span");
        assertThat(run(ENVIRONMENT, "--engine", "gram").err())
                .as("the name of the reduced engine in version 0.1")
                .isEmpty();
        assertThat(Cli.run("bench", "worker").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void theOptionForThreadsWinsOverTheEnvironment() {
        Context context = context(new StringWriter(), new StringWriter());
        run(context, Map.of("PCN_THREADS", "3"), new String[0], new String[0]);
        assertThat(context.la().threads()).isEqualTo(3);
        run(context, Map.of("PCN_THREADS", "3"), new String[] {"--threads", "2"}, new String[0]);
        assertThat(context.la().threads()).isEqualTo(2);
    }

    @Test
    void theGroupShowsItsCommands() {
        Cli.Result result = Cli.run("bench");

        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(result.err()).contains("worker");
        assertThat(Cli.run("bench", "worker", "--help").out()).contains("Example", "PCN_THREADS", "PCN_LR");
    }

    private static void assertSame(BenchEngine engine, PlainRace plain) {
        Matrix theta = engine.state().network().weights(1);
        assertClose(IntStream.range(0, HIDDEN).mapToObj(j -> column(theta, j)).toArray(double[][]::new), plain.w);
        assertClose(new double[][] {doubles(engine.state().network().memoryVector())}, new double[][] {plain.b});
        Matrix hidden = engine.state().hidden();
        assertClose(
                IntStream.range(0, PATTERNS)
                        .mapToObj(i -> doubles(hidden.row(i)))
                        .toArray(double[][]::new),
                plain.x1);
    }

    private static double[] column(Matrix matrix, int j) {
        return IntStream.range(0, matrix.rows())
                .mapToDouble(i -> matrix.get(i, j))
                .toArray();
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static void assertClose(double[][] actual, double[][] expected) {
        double scale = meanAbsolute(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).containsExactly(expected[i], within(1e-5 * scale));
        }
    }

    private static void assertClose(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-5 * expected));
    }

    private static double meanAbsolute(double[][] values) {
        return Arrays.stream(values)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .average()
                .orElseThrow();
    }

    private static List<String> fields(JsonNode answer) {
        return List.copyOf(answer.propertyNames());
    }

    private List<JsonNode> answers(String... commands) {
        return answers(BenchEngineChoice.REFERENCE, commands);
    }

    private List<JsonNode> answers(BenchEngineChoice engine, String... commands) {
        Cli.Result result = run(ENVIRONMENT, new String[] {"--engine", engine.toString()}, commands);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        return result.out().lines().map(STRICT::readTree).toList();
    }

    private Cli.Result run(Map<String, String> environment, String... options) {
        return run(environment, options, new String[0]);
    }

    private Cli.Result run(Map<String, String> environment, String[] options, String[] commands) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = run(context(out, err), environment, options, commands);
        return new Cli.Result(exitCode, out.toString(), err.toString());
    }

    private static Context context(StringWriter out, StringWriter err) {
        return new Context(Terminal.of(new PrintWriter(out), new PrintWriter(err)), new Interruption());
    }

    private int run(Context context, Map<String, String> environment, String[] options, String[] commands) {
        byte[] input = (String.join("\n", commands) + "\n").getBytes(StandardCharsets.UTF_8);
        CommandLine line =
                new CommandLine(new BenchWorkerCommand(context, new ByteArrayInputStream(input), environment));
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            Failure failure = Failure.of(e);
            context.terminal().line(failure.line());
            return failure.exitCode();
        });
        String[] args = Stream.concat(Stream.of("--data", folder.toString()), Arrays.stream(options))
                .toArray(String[]::new);
        return line.execute(args);
    }
}
