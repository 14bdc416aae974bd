package dev.engram.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Opens an address in the user's browser, where there is a desktop to open it on.
 *
 * <p>The address holds a token, and every user of the machine can read what programs are started with; so the browser is given the name
 * of a file that this user alone can read, and that leads on to the address.
 */
final class Browser implements AutoCloseable {
    private static final String PAGE = """
            <!doctype html>
            <meta charset="utf-8">
            <title>Engram playground</title>
            <meta name="referrer" content="no-referrer">
            <meta http-equiv="refresh" content="0;url=%1$s">
            <p><a href="%1$s">Engram playground</a></p>
            """;

    private final Path file;

    private Browser(Path file) {
        this.file = file;
    }

    /** Asks the desktop to open the address; nothing where there is no desktop. Whether a page opens is not known. */
    static Optional<Browser> open(URI address) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        try {
            Browser browser = leadingTo(address);
            List<String> command = command(system, System.getenv(), browser.file);
            if (command.isEmpty()) {
                browser.close();
                return Optional.empty();
            }
            return browser.started(command) ? Optional.of(browser) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // the address is printed anyway
        }
    }

    /** A file that leads to the address; the system makes temporary files readable to their owner alone. */
    static Browser leadingTo(URI address) throws IOException {
        Path file = Files.createTempFile("engram-play", ".html");
        Browser browser = new Browser(Files.writeString(file, PAGE.formatted(address)));
        Runtime.getRuntime().addShutdownHook(new Thread(browser::close)); // for Ctrl-C: no more of the command may run
        return browser;
    }

    Path file() {
        return file;
    }

    private boolean started(List<String> command) {
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException e) { // no such program
            close();
            return false;
        }
    }

    static List<String> command(String system, Map<String, String> environment, Path file) {
        if (system.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", file.toString());
        }
        if (system.startsWith("mac")) {
            return List.of("open", file.toString());
        }
        boolean desktop = environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        return desktop ? List.of("xdg-open", file.toString()) : List.of();
    }

    /** Takes the file away: the browser has read it, or never will. */
    @Override
    public void close() {
        file.toFile().delete();
    }
}
