package dev.engram.linalg.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoiceFileTest {
    private static final List<String> CANDIDATES = List.of("Haswell", "Zen");
    private static final Choice ZEN = new Choice(Optional.of("Zen"), "Haswell 2.00 ms, Zen 1.00 ms", true, 1);

    @TempDir
    Path folder;

    private ChoiceFile file(String processor, String openBlas) {
        return new ChoiceFile(folder.resolve("engram"), processor, openBlas);
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        ChoiceFile file = file("AMD EPYC, family 25, model 1", "0.3.31");
        assertThat(file.read(CANDIDATES)).isEmpty();
        file.write(ZEN);
        assertThat(file.read(CANDIDATES)).contains(ZEN);
        Choice own = new Choice(Optional.empty(), "not finished", false, 2);
        file.write(own);
        assertThat(file.read(CANDIDATES)).contains(own);
        try (Stream<Path> files = Files.list(folder.resolve("engram"))) {
            assertThat(files).containsExactly(file.file());
        }
    }

    @Test
    void whatKilledRunsLeftIsRemovedAndWhatIsBeingWrittenIsNot() throws IOException {
        Path cache = Files.createDirectories(folder.resolve("engram"));
        Path dead = Files.createFile(cache.resolve(".kernels.%d.tmp".formatted(Integer.MAX_VALUE)));
        Path alive = Files.createFile(cache.resolve(".kernels.%d.tmp"
                .formatted(ProcessHandle.current().parent().orElseThrow().pid())));
        file("one", "1").write(ZEN);
        assertThat(dead).doesNotExist();
        assertThat(alive).exists();
    }

    @Test
    void processorsAndVersionsHaveFilesOfTheirOwn() throws IOException {
        file("one", "1").write(ZEN);
        assertThat(file("another", "1").read(CANDIDATES)).isEmpty();
        assertThat(file("one", "2").read(CANDIDATES)).isEmpty();
        assertThat(file("one", "1").read(CANDIDATES)).contains(ZEN);
    }

    @Test
    void theNamesInTheFileCountAndNotItsOwn() throws IOException {
        ChoiceFile one = file("AMD EPYC (1)", "1");
        one.write(ZEN);
        ChoiceFile alike = file("AMD EPYC [1]", "1");
        assertThat(alike.file()).isEqualTo(one.file());
        assertThat(alike.read(CANDIDATES)).isEmpty();
    }

    @Test
    void kernelsThatAreNoCandidateDoNotCount() throws IOException {
        ChoiceFile file = file("one", "1");
        file.write(ZEN);
        assertThat(file.read(List.of("Haswell", "SkylakeX"))).isEmpty();
    }

    @Test
    void aDamagedFileDoesNotCount() throws IOException {
        ChoiceFile file = file("one", "1");
        file.write(ZEN);
        String text = Files.readString(file.file());
        for (String damaged : List.of(
                "",
                text.replace("kernels=Zen", "kernels=\\u12"),
                text.replace("tries=1", "tries=many"),
                text.replace("processor=one", ""),
                text.substring(0, text.indexOf("kernels=")))) {
            Files.writeString(file.file(), damaged);
            assertThat(file.read(CANDIDATES)).as(damaged).isEmpty();
        }
        Files.write(file.file(), new byte[] {(byte) 0xff, 0, 1, (byte) 0x80});
        assertThat(file.read(CANDIDATES)).isEmpty();
    }

    @Test
    void aFolderThatCannotBeMadeIsAnError() throws IOException {
        Files.writeString(folder.resolve("engram"), "a file in the way");
        assertThatIOException().isThrownBy(() -> file("one", "1").write(ZEN));
    }

    @Test
    void theFolderIsThatOfCaches() {
        Path cache = folder.toAbsolutePath();
        assertThat(ChoiceFile.folder(cache.toString(), "home")).isEqualTo(cache.resolve("engram"));
        assertThat(ChoiceFile.folder("relative", "home")).isEqualTo(Path.of("home", ".cache", "engram"));
        assertThat(ChoiceFile.folder("", "home")).isEqualTo(Path.of("home", ".cache", "engram"));
        assertThat(ChoiceFile.folder(null, "home")).isEqualTo(Path.of("home", ".cache", "engram"));
    }
}
