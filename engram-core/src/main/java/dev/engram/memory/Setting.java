package dev.engram.memory;

import dev.engram.memory.internal.Described;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One option of a kind of memory, given by name and as text: what a command line calls {@code --name VALUE}.
 *
 * @param <T> what the text is read as
 * @param name in lower case, with hyphens
 * @param key under which {@link MemoryModel#describe} names it
 * @param label what stands for the value in a help text, for example {@code N}; empty for one that is given without a value
 * @param help a sentence without its default, which is the model's own
 * @param choices the words it may be, where it is one of some; the first is the default of a model whose description does not name it
 * @param reader reads the text; an {@link IllegalArgumentException} says what was expected
 */
public record Setting<T>(
        String name, String key, String label, String help, List<String> choices, Function<String, T> reader) {
    /** A whole number, at least 1. */
    public static Setting<Integer> count(String name, String label, String help) {
        return of(name, label, help, text -> atLeastOne(text, ""));
    }

    /** A whole number, at least 1, or {@code auto}, which is 0. */
    public static Setting<Integer> countOrAuto(String name, String help) {
        return of(
                name,
                "auto|N",
                help,
                text -> text.strip().equalsIgnoreCase("auto") ? 0 : atLeastOne(text, " or \"auto\""));
    }

    /** Whole numbers, at least 1 each, with commas between them. */
    public static Setting<List<Integer>> counts(String name, String help) {
        return of(name, "N,N,..", help, text -> Arrays.stream(text.split(",", -1))
                .map(part -> atLeastOne(part, ""))
                .toList());
    }

    /** A number above 0. */
    public static Setting<Double> positive(String name, String label, String help) {
        return of(name, label, help, text -> number(text, value -> value > 0, "a number above 0"));
    }

    /** Any finite number. */
    public static Setting<Double> finite(String name, String label, String help) {
        return of(name, label, help, text -> number(text, value -> true, "a finite number"));
    }

    /** One of some constants, each by its word. */
    public static <E> Setting<E> choice(
            String name, String label, String help, List<E> constants, Function<E, String> word) {
        List<String> words = constants.stream().map(word).toList();
        return new Setting<>(name, keyOf(name), label, help, words, text -> {
            for (E constant : constants) {
                if (word.apply(constant).equalsIgnoreCase(text.strip())) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("'%s' is none of: %s.".formatted(text, String.join(", ", words)));
        });
    }

    /** One of the constants of an enumeration, each by its name in lower case with hyphens. */
    public static <E extends Enum<E>> Setting<E> choice(String name, String label, String help, Class<E> type) {
        return choice(name, label, help, List.of(type.getEnumConstants()), Described::word);
    }

    /** Given or not, without a value. */
    public static Setting<Boolean> flag(String name, String help) {
        return of(name, "", help, Boolean::parseBoolean);
    }

    private static <T> Setting<T> of(String name, String label, String help, Function<String, T> reader) {
        return new Setting<>(name, keyOf(name), label, help, List.of(), reader);
    }

    private static String keyOf(String name) {
        return name.replace('-', '_');
    }

    /** The same, described by another key. */
    public Setting<T> describedAs(String otherKey) {
        return new Setting<>(name, otherKey, label, help, choices, reader);
    }

    /** The same, which also takes a word that one of its choices had before. */
    public Setting<T> formerly(String before, String now) {
        Function<String, T> both = text -> reader.apply(text.strip().equalsIgnoreCase(before) ? now : text);
        return new Setting<>(name, key, label, help, choices, both);
    }

    /** As a command line spells it. */
    public String option() {
        return "--" + name;
    }

    /** The help, with the words it may be. */
    public String helpWithChoices() {
        return choices.isEmpty() ? help : help + choices.stream().collect(Collectors.joining(", ", ": ", ""));
    }

    private static int atLeastOne(String text, String orElse) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= 1) {
                return value;
            }
        } catch (NumberFormatException e) {
            // The message below says what was expected.
        }
        throw new IllegalArgumentException("'%s' must be a whole number of at least 1%s.".formatted(text, orElse));
    }

    private static double number(String text, DoublePredicate wanted, String inWords) {
        double value;
        try {
            value = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'%s' is not a number.".formatted(text));
        }
        if (!Double.isFinite(value) || !wanted.test(value)) {
            throw new IllegalArgumentException("'%s' must be %s.".formatted(text, inWords));
        }
        return value;
    }
}
