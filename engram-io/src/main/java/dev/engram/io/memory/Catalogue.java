package dev.engram.io.memory;

import dev.engram.io.PatternNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a memory knows of its patterns beside their values: what each is called, and what the user attached to it.
 *
 * @param names one for each pattern, in their order, each unique; the empty one for a pattern without a name. Empty where none has one
 * @param payload one JSON value for each pattern, as text; {@code null} for a pattern without one. Empty where none has one
 */
public record Catalogue(List<String> names, List<String> payload) {
    /** Of patterns that have but their numbers. */
    public static final Catalogue EMPTY = new Catalogue(List.of(), List.of());

    /** The most characters all names have together. */
    public static final int LARGEST_NAMES = 16_000_000;

    /** The most characters all payload has together. */
    public static final int LARGEST_PAYLOAD = 16_000_000;

    private static final String NO_NAME = "";
    private static final String NO_PAYLOAD = "null";

    public Catalogue {
        names = names.stream().allMatch(NO_NAME::equals) ? List.of() : List.copyOf(names);
        payload = payload.stream().allMatch(NO_PAYLOAD::equals) ? List.of() : List.copyOf(payload);
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.length() > PatternNames.LONGEST) {
                throw new IllegalArgumentException("A name of %,d characters is too long; at most %,d were expected."
                        .formatted(name.length(), PatternNames.LONGEST));
            }
            if (!name.isEmpty() && !seen.add(name)) {
                throw new IllegalArgumentException("Two patterns are called %s; names must differ.".formatted(name));
            }
        }
        if (!names.isEmpty() && !payload.isEmpty() && names.size() != payload.size()) {
            throw new IllegalArgumentException("There are %d names and %d payloads; they must be of the same patterns."
                    .formatted(names.size(), payload.size()));
        }
        requireRoom("names", names, LARGEST_NAMES);
        requireRoom("payload", payload, LARGEST_PAYLOAD);
    }

    private static void requireRoom(String what, List<String> texts, int most) {
        long characters = texts.stream().mapToLong(String::length).sum();
        if (characters > most) {
            throw new IllegalArgumentException(
                    "The %s have %,d characters together; a memory file holds at most %,d. Maybe shorten them."
                            .formatted(what, characters, most));
        }
    }

    /** Of how many patterns it can be: any number where nothing is known. */
    boolean fits(int patterns) {
        return (names.isEmpty() || names.size() == patterns) && (payload.isEmpty() || payload.size() == patterns);
    }

    /** What a pattern is called, if it has a name. */
    public Optional<String> name(int pattern) {
        return at(names, pattern).filter(name -> !name.equals(NO_NAME));
    }

    /** What is attached to a pattern, as JSON, if something is. */
    public Optional<String> payload(int pattern) {
        return at(payload, pattern).filter(value -> !value.equals(NO_PAYLOAD));
    }

    private static Optional<String> at(List<String> texts, int pattern) {
        return pattern >= 0 && pattern < texts.size() ? Optional.of(texts.get(pattern)) : Optional.empty();
    }

    /** The pattern of that name. */
    public OptionalInt index(String name) {
        return IntStream.of(name.isEmpty() ? -1 : names.indexOf(name))
                .filter(i -> i >= 0)
                .findFirst();
    }

    /** Of the chosen patterns, in that order. */
    public Catalogue of(int... patterns) {
        return new Catalogue(chosen(names, patterns), chosen(payload, patterns));
    }

    private static List<String> chosen(List<String> texts, int... patterns) {
        return texts.isEmpty()
                ? texts
                : IntStream.of(patterns).mapToObj(texts::get).toList();
    }

    /**
     * With more patterns behind.
     *
     * @param patterns how many this is of
     * @param more of the others
     * @param added how many those are
     * @throws IllegalArgumentException if a name would be there twice
     */
    public Catalogue and(int patterns, Catalogue more, int added) {
        return new Catalogue(
                joined(names, patterns, more.names, added, NO_NAME),
                joined(payload, patterns, more.payload, added, NO_PAYLOAD));
    }

    private static List<String> joined(List<String> first, int n, List<String> second, int m, String none) {
        List<String> all = new ArrayList<>(first.isEmpty() ? Collections.nCopies(n, none) : first);
        all.addAll(second.isEmpty() ? Collections.nCopies(m, none) : second);
        return all;
    }
}
