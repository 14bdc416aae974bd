package dev.engram.io;

import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What patterns are called: names from a text file, and the rules that all names keep. A name is unique, not blank, and not too long. */
public final class PatternNames {
    /** The most characters a name has. */
    public static final int LONGEST = 1_000;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private PatternNames() {}

    /**
     * Reads a text file in UTF-8: one name on each line, without the space around it.
     *
     * @param count how many there must be
     * @param limited whether there may be more, of which the first are taken
     * @throws InputException if there are more or fewer, or a name breaks the rules
     */
    public static List<String> read(Path file, int count, boolean limited) {
        List<String> lines = lines(file);
        if (lines.size() < count || lines.size() > count && !limited) {
            throw new InputException("%s holds %s for %s; each pattern needs one, on a line of its own."
                    .formatted(file, NumberText.count(lines.size(), "name"), NumberText.count(count, "pattern")));
        }
        List<String> names = lines.subList(0, count).stream().map(String::strip).toList();
        requireProper(names, file + ", line ", 1);
        return names;
    }

    /**
     * The lines of a text file in UTF-8, without a byte order mark.
     *
     * @throws InputException if it cannot be read, or is something else
     */
    public static List<String> lines(Path file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Inputs.all(file)))
                    .toString();
            return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                    .lines()
                    .toList();
        } catch (CharacterCodingException e) {
            throw new InputException("%s is not UTF-8 text. Maybe save it as UTF-8.".formatted(file), e);
        }
    }

    /**
     * Checks that every name is unique, not blank and not too long.
     *
     * @param where what stands before a name's number in a message
     * @param first the number of the first
     * @throws InputException if one is not
     */
    static void requireProper(List<String> names, String where, int first) {
        Map<String, Integer> earlier = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int number = first + i;
            if (name.isBlank()) {
                throw new InputException("%s%d: a name is missing; every pattern needs one.".formatted(where, number));
            }
            if (name.length() > LONGEST) {
                throw new InputException("%s%d: the name has %,d characters; at most %,d were expected."
                        .formatted(where, number, name.length(), LONGEST));
            }
            Integer same = earlier.putIfAbsent(name, number);
            if (same != null) {
                throw new InputException(
                        "%s%d: the name %s was given before, at %d; names must differ. Maybe add a number to it."
                                .formatted(where, number, name, same));
            }
        }
    }

    /** The names of patterns with these labels: the label and the pattern's number, {@code cat #3}. */
    static List<String> ofLabels(List<String> labels) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            names.add("%s #%d".formatted(labels.get(i).strip(), i));
        }
        return names;
    }

    /** The same names, of equal ones the later with a number behind, {@code a.png (2)}; what is too long loses its beginning. */
    static List<String> unique(List<String> names) {
        Set<String> taken = new HashSet<>(names);
        Set<String> given = new HashSet<>();
        List<String> unique = new ArrayList<>();
        for (String name : names) {
            String shown = name.length() > LONGEST ? "..." + name.substring(name.length() - LONGEST / 2) : name;
            for (int k = 2; !given.add(shown); k++) {
                String numbered = "%s (%d)".formatted(name, k);
                shown = taken.contains(numbered) ? shown : numbered;
            }
            unique.add(shown);
        }
        return unique;
    }
}
