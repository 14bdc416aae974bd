package dev.engram.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program whose build leaves out OpenBLAS, which is most of what Engram weighs. */
class WithoutNativeJarsTest {
    static final class Program {
        private Program() {}

        public static void main(String... args) {
            LinearAlgebra algebra = LinearAlgebra.shared();
            Matrix square = Matrix.wrap(2, 2, 1, 2, 3, 4);
            Matrix product = Matrix.zeros(2, 2);
            algebra.multiply(1, square, Transpose.NO, square, Transpose.NO, 0, product);
            System.out.println(product.get(0, 0) + " " + product.get(0, 1));
            System.out.println(product.get(1, 0) + " " + product.get(1, 1));
            System.out.println(algebra.isNative() + " " + algebra.fallback().isPresent());
            LinearAlgebra.endProcess(1); // returns: there is no native library in use
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".*bytedeco.*", // all jars of OpenBLAS and JavaCPP
                ".*bytedeco.*-[a-z]+-[a-z0-9_]+\\.jar", // those with the classifier of a platform
                ".*bytedeco.*openblas.*"
            })
    void pureJavaComputesAndSaysSo(String leftOut) throws IOException, InterruptedException {
        String[] all = System.getProperty("java.class.path").split(File.pathSeparator);
        String kept =
                Arrays.stream(all).filter(jar -> !jar.matches(leftOut)).collect(Collectors.joining(File.pathSeparator));
        assertThat(kept.split(File.pathSeparator)).hasSizeLessThan(all.length);

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        kept,
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(told).isZero();
        assertThat(told.lines()).containsSubsequence("7.0 10.0", "15.0 22.0", "false true"); // the square of 1 2 / 3 4
        assertThat(told)
                .containsOnlyOnce(
                        "Using pure-Java linear algebra, which is some twenty times slower: OpenBLAS cannot be loaded")
                .contains("Maybe put org.bytedeco:openblas and javacpp");
    }
}
