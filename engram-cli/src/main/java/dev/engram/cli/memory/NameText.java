package dev.engram.cli.memory;

import dev.engram.cli.console.JsonOutput;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSource;
import dev.engram.io.Printable;
import dev.engram.io.memory.Catalogue;
import dev.engram.io.memory.StoredMemory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** How patterns and cues are called, for people: by name where they have one, else by number. */
final class NameText {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SHOWN = 3;
    private static final int MOST = 10;

    private NameText() {}

    /** A stored pattern: {@code cat.png}, or {@code number 3}. */
    static String pattern(Catalogue catalogue, int index) {
        return catalogue.name(index).map(Printable::name).orElse("number " + index);
    }

    /** A stored pattern, by both: {@code cat.png (number 3)}. */
    static String withNumber(Catalogue catalogue, int index) {
        return catalogue
                .name(index)
                .map(name -> "%s (number %d)".formatted(Printable.name(name), index))
                .orElse("number " + index);
    }

    /** The first few of stored patterns, by both. */
    static String list(Catalogue catalogue, List<Integer> indices) {
        String shown =
                indices.stream().limit(MOST).map(i -> withNumber(catalogue, i)).collect(Collectors.joining(", "));
        return indices.size() > MOST ? shown + " and %d more".formatted(indices.size() - MOST) : shown;
    }

    /** A pattern that was read: {@code cat.png}, or {@code number 3}. */
    static String read(PatternSource set, int index) {
        return set.isNamed() ? Printable.name(set.names().get(index)) : "number " + index;
    }

    /** How many patterns have names, and some of them; empty where none has. */
    static Optional<String> summary(StoredMemory stored) {
        List<String> named =
                stored.names().stream().filter(name -> !name.isEmpty()).toList();
        return named.isEmpty()
                ? Optional.empty()
                : Optional.of("%s: %s%s"
                        .formatted(
                                NumberText.count(named.size(), "pattern"),
                                named.stream().limit(SHOWN).map(Printable::name).collect(Collectors.joining(", ")),
                                named.size() > SHOWN ? ", ..." : ""));
    }

    /** For programs: the names of these patterns, {@code null} for one without. */
    static List<Object> names(Catalogue catalogue, List<Integer> indices) {
        return indices.stream()
                .<Object>map(i -> catalogue.name(i).<Object>map(name -> name).orElse(JSON.nullNode()))
                .toList();
    }

    /** For programs: each pattern's number, and name and payload where it has some. */
    static List<JsonOutput> items(Catalogue catalogue, int patterns) {
        return IntStream.range(0, patterns)
                .mapToObj(i -> describe(new JsonOutput(), catalogue, i))
                .toList();
    }

    /** Adds a pattern's name, where it has one, its number, and what is attached to it. */
    static JsonOutput describe(JsonOutput json, Catalogue catalogue, int index) {
        catalogue.name(index).ifPresent(name -> json.with("name", name));
        json.with("index", index);
        return payload(json, catalogue, index);
    }

    static JsonOutput payload(JsonOutput json, Catalogue catalogue, int index) {
        catalogue.payload(index).ifPresent(value -> json.with("payload", JSON.readTree(value)));
        return json;
    }
}
