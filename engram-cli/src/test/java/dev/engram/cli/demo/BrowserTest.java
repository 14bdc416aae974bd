package dev.engram.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrowserTest {
    private static final URI ADDRESS = URI.create("http://127.0.0.1:8080/?token=secret-token_0");

    @Test
    void theAddressStandsInAFileThatItsOwnerAloneCanRead() throws IOException {
        Path file;
        try (Browser browser = Browser.leadingTo(ADDRESS)) {
            file = browser.file();
            assertThat(Files.readString(file)).contains("0;url=" + ADDRESS);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"windows 11, rundll32", "mac os x, open", "linux, xdg-open"})
    void noProgramIsStartedWithTheToken(String system, String program) throws IOException {
        try (Browser browser = Browser.leadingTo(ADDRESS)) {
            List<String> command = Browser.command(system, Map.of("DISPLAY", ":0"), browser.file());
            assertThat(command).startsWith(program).endsWith(browser.file().toString());
            assertThat(String.join(" ", command)).doesNotContain("secret-token");
        }
    }

    @Test
    void withoutADesktopNothingIsStarted() {
        assertThat(Browser.command("linux", Map.of(), Path.of("a.html"))).isEmpty();
    }
}
