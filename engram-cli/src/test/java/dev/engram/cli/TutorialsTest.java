package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Engine;
import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.Solver;
import dev.engram.inference.StopRule;
import dev.engram.learning.GradientRule;
import dev.engram.learning.Learning;
import dev.engram.learning.LearningObserver;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.Initialisation;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tutorials quote stands in their examples, and the examples run and print what the tutorials say. */
class TutorialsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern EXAMPLE = Pattern.compile("\\(\\.\\./\\.\\./(examples/\\w+\\.java)\\)");
    private static final Pattern QUOTED = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void everyQuotedPieceStandsInTheExample() throws IOException {
        int quoted = 0;
        try (Stream<Path> tutorials = Files.list(ROOT.resolve("docs/tutorials"))) {
            for (Path tutorial : tutorials.toList()) {
                String text = Files.readString(tutorial);
                Matcher example = EXAMPLE.matcher(text);
                assertThat(example.find()).as("the example of %s", tutorial).isTrue();
                String source = Files.readString(ROOT.resolve(example.group(1)));
                Matcher pieces = QUOTED.matcher(text);
                while (pieces.find()) {
                    quoted++;
                    assertThat(source).contains(pieces.group(1));
                }
            }
        }
        assertThat(quoted).isGreaterThan(15);
    }

    /** As a user starts it: the source alone. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    FromScratch | energy 0.832 -> 0.08104, mean squared error 0.00051
                    OwnPictures | 258 pictures stored in
                    TableWithHoles | most surprising: height
                    Digits | exact            81.8 % of 500
                    OwnParts | the pull-back is right
                    """)
    void everyExampleRuns(String name, String printed) throws Exception {
        String source = ROOT.resolve("examples/%s.java".formatted(name)).toString();
        assertThat(output(
                        "java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        source))
                .contains(printed);
    }

    @Test
    void theScriptRuns() throws Exception {
        String script = ROOT.resolve("examples/first-steps.jsh").toString();
        String preferences = "-R-Djava.util.prefs.userRoot=" + folder;
        assertThat(output(
                        "jshell",
                        "-J-Djava.util.prefs.userRoot=" + folder,
                        preferences,
                        "--class-path",
                        System.getProperty("java.class.path"),
                        script))
                .containsPattern("2[2-5]\\d of 258 flags came back");
    }

    private String output(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", program).toString()));
        command.addAll(List.of(arguments));
        Path printed = folder.resolve("printed");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().put("TMPDIR", folder.toString());
        builder.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + folder);
        Process process = builder.start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(printed);
        assertThat(ended && process.exitValue() == 0).as(text).isTrue();
        return text;
    }

    /** The first tutorial's plain arrays beside the library: the same first weights, Algorithm 1, then Algorithm 2. */
    @Test
    void thePaperFromScratchIsWhatTheReferenceEngineComputes() throws Exception {
        double gamma = 0.05;
        boolean[] known = {true, true, true, true, false, false};
        for (List<Integer> sizes : List.of(List.of(6, 5), List.of(6, 8, 7))) {
            GenerativeNetwork first = GenerativeNetwork.random(
                    sizes, Activation.RELU, new Initialisation(1, 0.5, 0.3, 1), 1, new SplittableRandom(3));
            Matrix patterns = Matrix.zeros(3, 6);
            SplittableRandom random = new SplittableRandom(4);
            for (int i = 0; i < 18; i++) {
                patterns.data()[i] = (float) random.nextDouble();
            }
            double[][][] theta = new double[first.hiddenLayers()][][];
            Arrays.setAll(theta, l -> doubles(first.weights(l + 1)));
            double[] b = doubles(Matrix.ofRows(first.memoryVector()))[0];

            Inference inference =
                    Inference.of(Solver.gradient(gamma), StopRule.steps(8)).withEngine(Engine.REFERENCE);
            GenerativeNetwork learned = new Learning(
                            GradientRule.plain(0.1), 40, inference, Learning.Start.FROM_MEMORY_VECTOR, 0)
                    .learn(first, patterns, 0, LearningObserver.NONE)
                    .network();
            Equilibrium end =
                    inference.withStop(StopRule.steps(200)).run(learned, patterns, Clamp.known(6, 0, 1, 2, 3));

            try (URLClassLoader loader =
                    new URLClassLoader(new URL[] {compiled().toUri().toURL()})) {
                Class<?> type = loader.loadClass("FromScratch");
                Object own =
                        type.getConstructor(double[][][].class, double[].class).newInstance(theta, b);
                type.getMethod("learn", double[][].class, double.class, int.class, double.class, int.class)
                        .invoke(own, doubles(patterns), gamma, 8, 0.1, 40);
                for (int l = 0; l < theta.length; l++) {
                    double[][] weights = doubles(learned.weights(l + 1));
                    for (int i = 0; i < weights.length; i++) {
                        assertThat(theta[l][i]).containsExactly(weights[i], within(1e-5));
                    }
                }
                assertThat(b).containsExactly(doubles(Matrix.ofRows(learned.memoryVector()))[0], within(1e-5));
                assertThat(learned.weights(1).minus(first.weights(1)).squaredLength())
                        .isGreaterThan(0.01); // they did learn
                for (int pattern = 0; pattern < 3; pattern++) {
                    double[] completed = (double[])
                            type.getMethod("complete", double[].class, boolean[].class, double.class, int.class)
                                    .invoke(own, doubles(patterns)[pattern], known, gamma, 200);
                    double[] there = doubles(end.values().layer(0))[pattern];
                    assertThat(completed).containsExactly(there, within(1e-5));
                }
            }
        }
    }

    private Path compiled() {
        String source = ROOT.resolve("examples/FromScratch.java").toString();
        int failures = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", folder.toString(), "-proc:none", source);
        assertThat(failures).isZero();
        return folder;
    }

    private static double[][] doubles(Matrix matrix) {
        double[][] rows = new double[matrix.rows()][matrix.columns()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = matrix.get(i, j);
            }
        }
        return rows;
    }
}
