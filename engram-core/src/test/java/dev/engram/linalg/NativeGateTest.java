package dev.engram.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes of their own, which end while they compute: no crash, the exit code that was asked for, within a second or two. */
@Timeout(180)
class NativeGateTest {
    private static final int CODE = 7;

    @TempDir
    Path folder;

    /** The program: computes without an end on many threads, says so, and ends by itself after some milliseconds if they are given. */
    public static final class Program {
        private Program() {}

        public static void main(String[] args) throws InterruptedException {
            int n = Integer.parseInt(args[1]);
            LinearAlgebra la = LinearAlgebra.openBlas(8);
            DoubleMatrix a = DoubleMatrix.zeros(n, n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a.set(i, j, i == j ? n : 1.0 / (1 + Math.abs(i - j)));
                }
            }
            CountDownLatch begun = new CountDownLatch(1);
            Thread computing = new Thread(() -> {
                begun.countDown();
                while (true) {
                    compute(la, args[0], a);
                }
            });
            computing.setDaemon(true);
            computing.setUncaughtExceptionHandler((thread, e) -> {
                if (!(e instanceof CancellationException)) {
                    e.printStackTrace();
                }
            });
            computing.start();
            begun.await();
            say("computing");
            Thread.sleep(args.length > 2 ? Long.parseLong(args[2]) : 100_000);
            if (args.length > 3) { // in Java's ending: a hook that never ends, and one that does not wait for it
                Runtime.getRuntime().addShutdownHook(new Thread(() -> park()));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> LinearAlgebra.endProcess(CODE)));
                System.exit(1);
            }
            System.exit(CODE);
        }

        private static void compute(LinearAlgebra la, String what, DoubleMatrix a) {
            switch (what) {
                case "product" -> la.product(a, Transpose.NO, a, Transpose.YES);
                case "gram" -> la.gramOfRows(a);
                case "cholesky" -> la.cholesky(a).solve(a.copy());
                case "inverse" -> la.cholesky(a).inverse();
                default -> la.eigen(a);
            }
        }

        private static void park() {
            while (true) {
                LockSupport.park();
            }
        }

        private static void say(String line) {
            System.out.println(line);
            System.out.flush();
        }
    }

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dengram.kernels=openblas",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-XX:-CreateCoredumpOnCrash",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
    }

    private void check(Process process, int code) throws IOException {
        String told = Files.readString(folder.resolve("err.txt"));
        assertThat(process.exitValue()).as(told).isEqualTo(code);
        assertThat(folder.resolve("crash.log")).doesNotExist();
        assertThat(told).doesNotContain("Exception", "SIGSEGV");
    }

    @ParameterizedTest
    @CsvSource({"product, 2500", "gram, 3000", "cholesky, 2500"})
    void aProcessThatEndsWhileItMultipliesDoesNotCrash(String what, String n) throws Exception {
        Process process = start(what, n, "700");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        check(process, CODE);
    }

    /** One call of LAPACK of this size takes a minute, or a quarter of it, and Java waits for its compilers at most ten seconds. */
    @Test
    void aProcessThatEndsInLapackDoesNotWait() throws Exception {
        assumeTrue(Loader.addressof("on_exit") != null, "where there is no on_exit, LAPACK is waited for");
        Process process = start("eigen", "4000", "1500");
        computing(process);
        assertThat(process.waitFor(1500 + 13_000, TimeUnit.MILLISECONDS)).isTrue();
        check(process, CODE);
    }

    /** One call of LAPACK of this size takes a second. */
    @Test
    void aProcessThatEndsInLapackDoesNotCrash() throws Exception {
        Process process = start("inverse", "3000", "1500");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        check(process, CODE);
    }

    @ParameterizedTest
    @CsvSource({"product, 1500", "eigen, 2200"})
    void aHookMayEndTheProcessWithoutWaitingForAnybody(String what, String n) throws Exception {
        assumeTrue(Loader.addressof("_exit") != null, "there is no such function here");
        Process process = start(what, n, "700", "by a hook");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        check(process, CODE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalEndsAProductWithItsOwnExitCode(String signal) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is no /bin/kill here to send signals with");
        Process process = start("product", "3000");
        computing(process);
        Thread.sleep(500);
        long pid = process.pid();
        new ProcessBuilder("/bin/kill", "-" + signal, String.valueOf(pid))
                .start()
                .waitFor();
        if (signal.equals("INT") && !process.waitFor(3, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            assumeTrue(false, "SIGINT is ignored here, as in every background job of a script");
        }
        assertThat(process.waitFor(3, TimeUnit.SECONDS)).isTrue();
        check(process, signal.equals("INT") ? 130 : 143);
    }

    private static void computing(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).isEqualTo("computing");
    }

    @Test
    void aClosedGateLetsNobodyInAndWaitsForThoseInside() throws InterruptedException {
        NativeGate gate = new NativeGate();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread computing = new Thread(() -> gate.pass(() -> {
            inside.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }));
        computing.start();
        inside.await();
        assertThat(gate.close(20)).isFalse();
        assertThatThrownBy(() -> gate.pass(() -> {})).isInstanceOf(CancellationException.class);
        release.countDown();
        assertThat(gate.close(10_000)).isTrue();
        assertThatThrownBy(() -> gate.pass(() -> {})).isInstanceOf(CancellationException.class);
        computing.join();
    }
}
