package dev.engram.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.file.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CharacterCorpusTest {
    @TempDir
    Path folder;

    @Test
    void charactersAreIndicesIntoTheSortedAlphabet() throws IOException {
        CharacterCorpus corpus = CharacterCorpus.read(Files.writeString(folder.resolve("a.txt"), "banana\n"));

        assertThat(corpus.alphabet()).containsExactly('\n', 'a', 'b', 'n');
        assertThat(corpus.codes()).containsExactly(2, 1, 3, 1, 3, 1, 0);
        assertThat(corpus.length()).isEqualTo(7);
        assertThat(corpus.text(1, 4)).isEqualTo("ana");
        // printf 'banana\n' | sha256sum
        assertThat(corpus.digest()).isEqualTo("5a81483d96b0bc15ad19af7f5a662e14b275729fbc05579b18513e7f550016b1");
    }

    @Test
    void charactersBeyondTwoBytesAreOneEach() throws IOException {
        CharacterCorpus corpus = CharacterCorpus.read(Files.writeString(folder.resolve("a.txt"), "é😀é"));
        assertThat(corpus.codes()).containsExactly(0, 1, 0);
        assertThat(corpus.text(0, 3)).isEqualTo("é😀é");
    }

    @Test
    void whatIsNoTextIsRefused() throws IOException {
        Path file = folder.resolve("a.txt");
        assertThatThrownBy(() -> CharacterCorpus.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("does not exist");
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> CharacterCorpus.read(file)).hasMessageContaining("is empty");
        Files.write(file, new byte[] {'a', (byte) 0xff});
        assertThatThrownBy(() -> CharacterCorpus.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void tinyShakespeareHasItsLengthAndAlphabet() {
        // 1,115,394 bytes of ASCII, as the data's README says; LC_ALL=C grep -o . | sort -u, and the line feed: 65.
        CharacterCorpus corpus = CharacterCorpus.read(SharedData.require("text/tinyshakespeare.txt"));
        assertThat(corpus.length()).isEqualTo(1_115_394);
        assertThat(corpus.alphabet()).hasSize(65);
        assertThat(corpus.text(0, 13)).isEqualTo("First Citizen");
    }
}
