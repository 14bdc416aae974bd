package dev.engram.io;

import dev.engram.io.file.Digests;
import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Names and the languages they come from: a folder with one UTF-8 text file per language, a name on every line.
 *
 * @param languages in the order of their files' names, which without {@code .txt} they are
 * @param names language by language, in the files' order; equal ones are kept
 * @param digest SHA-256 (hexadecimal) over every language and name as it stands here, each followed by a line feed, and an empty line
 *     after each language
 */
public record NameSet(List<String> languages, List<Name> names, String digest) {
    private static final String SUFFIX = ".txt";
    private static final String MARKS = "\\p{Mn}";
    private static final String OTHERS = "[^A-Za-z .,;']";

    /** How letters beyond ASCII are read. */
    public enum Letters {
        AS_WRITTEN,
        /**
         * Accents are dropped, then whatever is not a letter of ASCII, a space or one of {@code . , ; '}: {@code Ślusàrski} becomes
         * {@code Slusarski}, {@code O'Néàl} becomes {@code O'Neal}. Letters that are not made of a plain one and an accent (ł, ß) go.
         */
        ASCII
    }

    /**
     * One name.
     *
     * @param language its index in {@link NameSet#languages}
     */
    public record Name(String text, int language) {}

    public NameSet {
        languages = List.copyOf(languages);
        names = List.copyOf(names);
    }

    /**
     * Reads a folder.
     *
     * @throws InputException if it holds no names, or something that is not UTF-8 text
     */
    public static NameSet read(Path folder, Letters letters) {
        List<Path> files = files(folder);
        if (files.isEmpty()) {
            throw new InputException(
                    "%s holds no .txt file; one per language was expected, such as Czech.txt. Maybe another folder was meant."
                            .formatted(folder));
        }
        List<String> languages = new ArrayList<>();
        List<Name> names = new ArrayList<>();
        MessageDigest digest = Digests.sha256();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            String language = name.substring(0, name.length() - SUFFIX.length());
            digest.update((language + "\n").getBytes(StandardCharsets.UTF_8));
            int index = languages.size();
            languages.add(language);
            for (String line : lines(file)) {
                String text = letters == Letters.ASCII ? ascii(line) : line;
                if (!text.isEmpty()) {
                    names.add(new Name(text, index));
                    digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
            digest.update((byte) '\n');
        }
        if (names.isEmpty()) {
            throw new InputException(
                    "The files in %s hold no names; one on every line was expected.".formatted(folder));
        }
        return new NameSet(languages, names, Digests.hex(digest));
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    "%s is not a folder; a folder with a text file per language was expected.".formatted(folder));
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> String.valueOf(p.getFileName()).endsWith(SUFFIX) && Files.isRegularFile(p))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Inputs.unreadable(folder, e);
        }
    }

    private static List<String> lines(Path file) {
        try (Stream<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8).stream()) {
            return lines.map(String::strip).toList();
        } catch (CharacterCodingException e) {
            throw new InputException("%s is not UTF-8 text. Maybe save it as UTF-8.".formatted(file), e);
        } catch (IOException e) {
            throw Inputs.unreadable(file, e);
        }
    }

    private static String ascii(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll(MARKS, "")
                .replaceAll(OTHERS, "")
                .strip();
    }
}
