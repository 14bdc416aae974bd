package outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.cli.Cli;
import dev.engram.cli.Samples;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.SequenceFile;
import dev.engram.io.numpy.NpyReader;
import dev.engram.memory.Activations;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.sequence.HiddenTemporalMemory;
import dev.engram.network.Activation;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An activation from a jar of one's own: chosen on the command line, written to files, and read back where its jar is. */
class OwnActivationInFilesTest {
    @TempDir
    Path folder;

    private ClassLoader before = ClassLoader.getSystemClassLoader();

    @BeforeEach
    void register() throws IOException {
        register(Softplus.class.getName());
        before = Thread.currentThread().getContextClassLoader();
        URL[] more = {folder.resolve("registered").toUri().toURL()};
        Thread.currentThread().setContextClassLoader(new URLClassLoader(more, before));
    }

    private void register(String name) throws IOException {
        Path services = Files.createDirectories(folder.resolve("registered/META-INF/services"));
        Files.writeString(services.resolve(Activation.class.getName()), name);
    }

    @AfterEach
    void forget() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void itIsLearnedCompletedSavedAndLoaded() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 4, Samples.GREY);
        Path memory = folder.resolve("m.engram");
        Cli.Result learned = Cli.run("learn", patterns, "-o", memory, "--activation", "softplus");
        assertThat(learned.exitCode()).as(learned.err()).isZero();
        assertThat(Cli.run("inspect", memory, "--json").out()).contains("\"activation\" : \"softplus\"");
        PredictiveCodingMemory read =
                (PredictiveCodingMemory) MemoryFile.read(memory).memory();
        assertThat(read.network().activation()).isEqualTo(new Softplus());
        Path completed = folder.resolve("c.npy");
        assertThat(Cli.run("complete", memory, patterns, "--known", "top:0.75", "-o", completed)
                        .exitCode())
                .isZero();
        float[] stored = NpyReader.read(patterns).values();
        float[] found = NpyReader.read(completed).values();
        double squares = 0;
        for (int i = 0; i < stored.length; i++) {
            squares += Math.pow(stored[i] - found[i], 2) / stored.length;
        }
        assertThat(squares).isLessThan(1e-3);

        forget();
        Cli.Result refused = Cli.run("complete", memory, patterns, "--known", "top:0.75", "-o", completed);
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.errorLines()).hasSize(1);
        assertThat(refused.err())
                .contains(
                        "m.engram needs the activation softplus, which is none of: relu, tanh, linear.",
                        "Maybe put its jar on ENGRAM_CLASSPATH");
    }

    @Test
    void sequencesAreLearnedWithIt() {
        Path frames = Samples.npy(folder.resolve("p.npy"), 5, Samples.GREY);
        Path memory = folder.resolve("s.engram");
        Cli.Result learned = Cli.run("sequence", "learn", frames, "-o", memory, "--activation", "softplus");
        assertThat(learned.exitCode()).as(learned.err()).isZero();
        HiddenTemporalMemory read =
                (HiddenTemporalMemory) SequenceFile.read(memory).memory();
        assertThat(read.network().activation()).isEqualTo(new Softplus());
        assertThat(Cli.run("sequence", "learn", "--help").out()).contains("relu, tanh, linear, softplus");
    }

    @Test
    void theHelpOffersItWhereItIsTaken() {
        String help = Cli.run("help", "learn").out().replaceAll("\\s+", " ");
        assertThat(help).contains("relu, tanh, linear, softplus (default: relu)");
        Cli.Result autoencoder =
                Cli.run("learn", "x.npy", "-o", "y", "--model", "autoencoder", "--activation", "softplus");
        assertThat(autoencoder.exitCode()).isEqualTo(2);
        assertThat(autoencoder.err()).contains("'softplus' is none of: relu, tanh, linear.");
    }

    @Test
    void whatAFileCouldNotNameIsNotWritten() {
        assertThat(Activations.wordInFiles(new Softplus())).isEqualTo("softplus");
        assertThatThrownBy(() -> Activations.wordInFiles(new Softplus(2)))
                .hasMessageContaining("softplus is not registered as it is");
    }

    @Test
    void oneThatCannotBeLoadedIsToldInOneLineAndHoldsUpNoOther() throws IOException {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 4, Samples.GREY);
        Path memory = folder.resolve("m.engram");
        assertThat(Cli.run("learn", patterns, "-o", memory).exitCode()).isZero();
        register("nowhere.Missing");
        Cli.Result refused = Cli.run("help", "learn");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errorLines()).hasSize(1);
        assertThat(refused.err()).contains("A registered activation cannot be loaded", "nowhere.Missing", "Maybe ");
        assertThat(Cli.run("recall", memory, patterns, "-o", folder.resolve("r.npy"))
                        .exitCode())
                .isZero();
    }
}
