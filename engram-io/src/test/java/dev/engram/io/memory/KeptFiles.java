package dev.engram.io.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The kept files, and beside each what it answered when it was made: one part for each arithmetic that was tried. */
final class KeptFiles {
    static final Path FOLDER = Path.of("src", "test", "resources", "kept", "0.1");
    static final String ARITHMETIC = "arithmetic";

    private static final String ANSWERS = ".answers";

    private KeptFiles() {}

    /** All of them, without the answers. */
    static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f ->
                            f.toString().endsWith(".engram") || f.toString().endsWith(KeptAnswers.CHECKPOINT))
                    .sorted()
                    .toList();
        }
    }

    static Path answersOf(Path file) {
        return file.resolveSibling(file.getFileName() + ANSWERS);
    }

    /**
     * By the arithmetic's fingerprint, every line by its name. A later part of the file holds only those lines that are not as in the first.
     */
    static Map<String, Map<String, String>> answers(Path file) throws IOException {
        Map<String, Map<String, String>> parts = new LinkedHashMap<>();
        Map<String, String> first = Map.of();
        Map<String, String> part = new LinkedHashMap<>();
        for (String line : Files.readAllLines(answersOf(file))) {
            String[] words = line.split(" ", 2);
            if (words[0].equals(ARITHMETIC)) {
                first = parts.isEmpty() ? first : parts.values().iterator().next();
                part = new LinkedHashMap<>(first);
                parts.put(words[1].split(" ", 2)[0], part);
            } else {
                part.put(words[0], words[1]);
            }
        }
        return parts;
    }
}
