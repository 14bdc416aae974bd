package dev.engram.cli.own;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.cli.Samples;
import dev.engram.io.memory.MemoryCodec;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.numpy.NpyReader;
import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryKinds;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A memory written outside the library takes part everywhere once its kind and its codec are registered, and nothing else is touched. */
class OwnMemoryTest {
    @TempDir
    Path folder;

    private ClassLoader before = ClassLoader.getSystemClassLoader();

    @BeforeEach
    void register() throws IOException {
        Path services = Files.createDirectories(folder.resolve("registered/META-INF/services"));
        Files.writeString(services.resolve(MemoryKind.class.getName()), MeanMemory.Kind.class.getName());
        Files.writeString(services.resolve(MemoryCodec.class.getName()), MeanMemory.Codec.class.getName());
        before = Thread.currentThread().getContextClassLoader();
        URL[] more = {folder.resolve("registered").toUri().toURL()};
        Thread.currentThread().setContextClassLoader(new URLClassLoader(more, before));
    }

    @AfterEach
    void forget() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void itIsLearnedRecalledSavedLoadedAndCompared() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 4, Samples.GREY);
        Path memory = folder.resolve("m.engram");

        Cli.Result learned = Cli.run("learn", patterns, "-o", memory, "--model", "mean", "--factor", "2");
        assertThat(learned.exitCode()).as(learned.err()).isZero();
        assertThat(Cli.run("inspect", memory).out()).contains("model              mean", "factor           2.0");
        assertThat(MemoryFile.read(memory).memory()).isInstanceOf(MeanMemory.class);
        assertThat(Cli.run("recall", memory, patterns, "-o", folder.resolve("r.npy"))
                        .exitCode())
                .isZero();
        float[] stored = NpyReader.read(patterns).values();
        float[] recalled = NpyReader.read(folder.resolve("r.npy")).values();
        int values = Samples.GREY.values();
        float twice = 2 * (stored[0] + stored[values] + stored[2 * values] + stored[3 * values]) / 4;
        assertThat(recalled[0]).isCloseTo(twice, org.assertj.core.api.Assertions.within(1e-5f));

        Cli.Result compared = Cli.run("compare", patterns, "-o", folder.resolve("compared"), "--patience", "0.1");
        assertThat(compared.exitCode()).as(compared.err()).isZero();
        assertThat(compared.err() + compared.out()).contains("mean");
        assertThat(folder.resolve("compared/comparison.csv")).content().contains("\nmean,mean,factor=1.0,");
    }

    /** Heights 160 and 200 have mean 180 and standard deviation 20, ages 30 and 50 mean 40 and 10. */
    @Test
    void itSaysWhichColumnsOfATableDoNotFit() throws IOException {
        Path table = Files.writeString(folder.resolve("t.csv"), "who,height,age\na,160,30\nb,200,50\n");
        Path memory = folder.resolve("m.engram");
        Cli.Result learned = Cli.run("learn", table, "-o", memory, "--model", "mean", "--id", "who");
        assertThat(learned.exitCode()).as(learned.err()).isZero();
        Path cues = Files.writeString(folder.resolve("cues.csv"), "age,height,who\n40,190,c\n95,,d\n-15,290,e\n");
        Cli.Result familiar = Cli.run("familiar", memory, cues);
        assertThat(familiar.exitCode()).as(familiar.err()).isZero();
        assertThat(familiar.out()).isEqualToNormalizingNewlines("""
                        c         fits
                        d         does not fit
                                  age is 95, expected 40: 5.50 standard deviations
                        e         does not fit
                                  height is 290, expected 180: 5.50 standard deviations
                                  age is -15, expected 40: -5.50 standard deviations
                        2 of 3 rows do not fit: a column is more than 4 standard deviations from what the others let expect.
                        """);
        assertThat(Cli.run("familiar", memory, cues, "--deviations", 6, "--json")
                        .out())
                .contains("\"unfamiliar\" : 0", "\"score\" : 5.5");
    }

    @Test
    void itIsNamedWhereAModelCannotLearnWhatLacksValues() throws IOException {
        Path table = Files.writeString(folder.resolve("t.csv"), "a,b\n1,\n2,3\n");
        Cli.Result refused = Cli.run("learn", table, "-o", folder.resolve("m.engram"), "--model", "nearest-neighbour");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("--model mean");
    }

    @Test
    void theHelpShowsItsOptionsWithTheirDefaults() {
        assertThat(Cli.run("help", "learn").out().replaceAll("\\s+", " "))
                .contains("--factor=F For mean: what the mean is multiplied by (default: 1).");
        assertThat(Cli.run("learn", "x.npy", "-o", "y", "--model", "mean", "--factor", "0")
                        .err())
                .contains("--factor", "'0' must be a number above 0.");
    }

    /** In whatever order they are registered. */
    @Test
    void theLibrarysOwnKindsComeFirst() {
        assertThat(MemoryKinds.all().get(0).name()).isEqualTo("pcn");
        assertThat(MemoryKinds.all().get(MemoryKinds.all().size() - 1).name()).isEqualTo("mean");
    }

    @Test
    void aKindThatCannotBeLoadedIsToldInOneLine() throws IOException {
        Path kinds = folder.resolve("registered/META-INF/services").resolve(MemoryKind.class.getName());
        Files.writeString(kinds, "nowhere.Missing");
        for (String command : List.of("learn x.npy -o y", "help learn")) {
            Cli.Result result = Cli.run((Object[]) command.split(" "));
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.errorLines()).hasSize(1);
            assertThat(result.err()).contains("cannot be loaded", "nowhere.Missing", "Maybe ");
        }
        assertThat(Cli.run("help", "verify").exitCode()).isZero(); // what knows no kinds is not held up by them
    }

    @Test
    void aMemoryWithoutACodecIsRefusedBeforeTheWork() throws IOException {
        Files.delete(folder.resolve("registered/META-INF/services").resolve(MemoryCodec.class.getName()));
        Path patterns = Samples.npy(folder.resolve("p.npy"), 4, Samples.GREY);
        Cli.Result result = Cli.run("learn", patterns, "-o", folder.resolve("m.engram"), "--model", "mean");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errorLines()).hasSize(1);
        assertThat(result.err()).contains("it has no codec", MemoryCodec.class.getName());
    }
}
