package dev.engram.linalg.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.linalg.LinearAlgebra;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class NativeNetlibTest {
    /** As Spark's MLlib does: asks netlib for a native library, finds none, and computes with Engram afterwards. */
    static final class Program {
        private Program() {}

        public static void main(String... args) {
            try {
                System.out.println(NativeBLAS.getInstance());
            } catch (RuntimeException e) {
                System.out.println(e.getMessage());
            }
            System.out.println(LinearAlgebra.shared().description());
        }
    }

    @Test
    void openBlasComputesAlsoWhereNetlibWasAskedInVainBefore() throws IOException, InterruptedException {
        Assumptions.assumeTrue(LinearAlgebra.shared().isNative(), "there is no OpenBLAS for this platform");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dengram.kernels=openblas",
                        "-Ddev.ludovic.netlib.blas.nativeLibPath=/absent",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(told.lines())
                .satisfiesExactly(
                        inVain -> assertThat(inVain).contains("Unable to load"),
                        computes -> assertThat(computes).startsWith("OpenBLAS ("));
    }
}
