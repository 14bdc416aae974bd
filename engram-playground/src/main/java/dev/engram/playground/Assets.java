package dev.engram.playground;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of the page, read from the jar once. */
final class Assets {
    static final String PAGE = "index.html";

    private static final List<String> NAMES = List.of(
            PAGE,
            "icon.svg",
            "page.css",
            "page.js",
            "server.js",
            "paint.js",
            "chart.js",
            "patterns.js",
            "learning.js",
            "damage.js",
            "recall.js",
            "compare.js",
            "landscape.js",
            "theme.js");

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    Assets() {
        for (String name : NAMES) {
            files.put(name, read(name));
        }
    }

    Optional<byte[]> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    static String contentType(String name) {
        String suffix = name.substring(name.lastIndexOf('.') + 1);
        return switch (suffix) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "text/javascript; charset=utf-8";
        };
    }

    private static byte[] read(String name) {
        try (InputStream in = Optional.ofNullable(Assets.class.getResourceAsStream("page/" + name))
                .orElseThrow(() -> new IllegalStateException("The page's file %s is missing.".formatted(name)))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The page's file %s cannot be read.".formatted(name), e);
        }
    }
}
