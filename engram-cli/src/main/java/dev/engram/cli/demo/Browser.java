package dev.engram.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Opens an address in the user's browser, where there is a desktop to open it on. */
final class Browser {
    private Browser() {}

    /** Returns whether something was asked to open it; not whether that worked. */
    static boolean open(URI address) {
        List<String> command = command(System.getProperty("os.name").toLowerCase(Locale.ROOT), address);
        if (command.isEmpty()) {
            return false;
        }
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException e) {
            return false; // no such program: the address is printed anyway
        }
    }

    private static List<String> command(String system, URI address) {
        if (system.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", address.toString());
        }
        if (system.startsWith("mac")) {
            return List.of("open", address.toString());
        }
        boolean desktop = System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
        return desktop ? List.of("xdg-open", address.toString()) : List.of();
    }
}
