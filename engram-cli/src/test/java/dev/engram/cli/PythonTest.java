package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NumPy and Python's safetensors open what we write. */
class PythonTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void pythonIsThere() throws IOException, InterruptedException {
        assumeTrue(
                python("import numpy, safetensors") == 0,
                "python3 with numpy and safetensors is not installed; nothing to compare with");
    }

    @Test
    void theMemoryFileOpensAsPlainSafetensors() throws IOException, InterruptedException {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 3, Samples.GREY);
        Path memory = Cli.learned(patterns, folder.resolve("m.engram"));
        String script = """
                import sys, numpy as np
                from safetensors import safe_open
                with safe_open(sys.argv[1], framework="np") as f:
                    assert sorted(f.keys()) == ["layers.1.basis", "layers.1.factor", "memory"], f.keys()
                    u, w, b = (f.get_tensor(k) for k in ("layers.1.basis", "layers.1.factor", "memory"))
                    assert u.shape == (3, 64) and w.shape == (3, 32) and b.shape == (32,)
                    assert u.dtype == w.dtype == b.dtype == np.float32
                    assert np.allclose(u @ u.T, np.eye(3), atol=1e-5)
                    # the weights [out, in] are basis' factor; with them the patterns are near what the network can generate
                    p = np.load(sys.argv[2]).reshape(3, 64)
                    x = np.linalg.lstsq(u.T @ w, p.T, rcond=None)
                    assert ((u.T @ w @ x[0] - p.T) ** 2).mean() < 1e-6
                    m = f.metadata()
                    assert m["format"] == "engram-memory" and m["format_version"] == "1" and m["model"] == "pcn", m
                    assert m["pattern.shape"] == "8,8" and m["pattern.count"] == "3", m
                """;
        assertThat(python(script, memory, patterns)).isZero();
    }

    @Test
    void numpyReadsWhatCompleteWrites() throws IOException, InterruptedException {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 3, Samples.GREY);
        Path memory = Cli.learned(patterns, folder.resolve("m.engram"));
        Path answers = folder.resolve("o.npy");
        Cli.run("complete", memory, patterns, "--known", "top:0.5", "-o", answers);
        String script = """
                import sys, numpy as np
                p, o = np.load(sys.argv[1]), np.load(sys.argv[2])
                assert o.shape == (3, 8, 8) and o.dtype == np.float32, (o.shape, o.dtype)
                assert (o[:, :4] == p[:, :4]).all()
                assert ((o - p) ** 2).mean() < 0.001
                """;
        assertThat(python(script, patterns, answers)).isZero();
    }

    private static int python(String script, Path... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-c", script));
        Arrays.stream(args).map(Path::toString).forEach(command::add);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                System.err.println(said);
            }
            return exitCode;
        } catch (IOException e) {
            return -1;
        }
    }
}
