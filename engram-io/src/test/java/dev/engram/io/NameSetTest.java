package dev.engram.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.file.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameSetTest {
    @TempDir
    Path folder;

    @Test
    void everyFileIsALanguageAndEveryLineAName() throws IOException {
        Files.writeString(folder.resolve("Polish.txt"), "Ślusàrski\r\nWałęsa\n\n");
        Files.writeString(folder.resolve("Irish.txt"), "O'Néàl\nÓ Briain\nÓ Briain");
        Files.writeString(folder.resolve("README.md"), "not a language");

        NameSet names = NameSet.read(folder, NameSet.Letters.AS_WRITTEN);

        assertThat(names.languages()).containsExactly("Irish", "Polish");
        assertThat(names.names())
                .containsExactly(
                        new NameSet.Name("O'Néàl", 0),
                        new NameSet.Name("Ó Briain", 0),
                        new NameSet.Name("Ó Briain", 0),
                        new NameSet.Name("Ślusàrski", 1),
                        new NameSet.Name("Wałęsa", 1));
    }

    @Test
    void asciiDropsAccentsAndWhatIsLeft() throws IOException {
        Files.writeString(folder.resolve("Some.txt"), "Ślusàrski\nWałęsa\nO'Néàl\nSaint-John\nß\n");

        NameSet names = NameSet.read(folder, NameSet.Letters.ASCII);

        assertThat(names.names().stream().map(NameSet.Name::text))
                .containsExactly("Slusarski", "Waesa", "O'Neal", "SaintJohn");
    }

    @Test
    void theDigestIsOfWhatWasRead() throws IOException {
        Files.writeString(folder.resolve("A.txt"), "x\n");
        // printf 'A\nx\n\n' | sha256sum
        assertThat(NameSet.read(folder, NameSet.Letters.ASCII).digest())
                .isEqualTo("6dd42d61f6f98e4541c83015a4778c880b4660a905c01cdc812233aa47403d91");
    }

    @Test
    void whatIsNoFolderOfNamesIsRefused() throws IOException {
        assertThatThrownBy(() -> NameSet.read(folder.resolve("absent"), NameSet.Letters.ASCII))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not a folder");
        assertThatThrownBy(() -> NameSet.read(folder, NameSet.Letters.ASCII))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no .txt file");
        Files.write(folder.resolve("Latin1.txt"), new byte[] {'M', (byte) 0xfc, 'l', 'l'});
        assertThatThrownBy(() -> NameSet.read(folder, NameSet.Letters.ASCII))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Latin1.txt")
                .hasMessageContaining("UTF-8");
        Files.writeString(folder.resolve("Latin1.txt"), "\n\n");
        assertThatThrownBy(() -> NameSet.read(folder, NameSet.Letters.ASCII)).hasMessageContaining("no names");
    }

    @Test
    void theNamesOfTheResearchDataAreAsTheirReadmeSays() {
        Path names = SharedData.require("text/names");
        NameSet set = NameSet.read(names, NameSet.Letters.AS_WRITTEN);
        assertThat(set.languages()).hasSize(18);
        assertThat(set.names()).hasSize(20_050);
        assertThat(NameSet.read(names, NameSet.Letters.ASCII).names().stream().map(NameSet.Name::text))
                .allMatch(text -> text.matches("[A-Za-z .,;']+"));
    }
}
