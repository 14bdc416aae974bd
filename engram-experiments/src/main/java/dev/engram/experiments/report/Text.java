package dev.engram.experiments.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Escapes text for HTML and SVG, and reads the text files that pages include. */
final class Text {
    private Text() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A text file of this package. */
    static String resource(String name) {
        InputStream stream = Optional.ofNullable(Text.class.getResourceAsStream(name))
                .orElseThrow(() -> new IllegalStateException("The resource %s is missing.".formatted(name)));
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
