package dev.engram.cli.memory;

import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Setting;
import dev.engram.memory.Settings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a help text says of a setting: for which kinds of memory it is, and its defaults, which are those of the models they make. */
final class SettingHelp {
    private static final MathContext SHOWN = new MathContext(2);
    private static final int LONGEST = 8; // digits of a default that is shown as it is

    private final List<MemoryKind> kinds;

    SettingHelp(List<MemoryKind> kinds) {
        this.kinds = kinds;
    }

    /** The text for all kinds that have a setting of that name; the first kind of all is the default and is not named. */
    String text(String name) {
        Map<String, List<MemoryKind>> byHelp = new LinkedHashMap<>();
        for (MemoryKind kind : kinds) {
            setting(kind, name).ifPresent(s -> byHelp.computeIfAbsent(s.helpWithChoices(), help -> new ArrayList<>())
                    .add(kind));
        }
        return byHelp.entrySet().stream()
                .map(same -> text(same.getKey(), same.getValue(), name))
                .collect(Collectors.joining(" "));
    }

    private String text(String help, List<MemoryKind> owners, String name) {
        String whose = owners.contains(kinds.get(0))
                ? ""
                : "For %s: ".formatted(owners.stream().map(MemoryKind::name).collect(Collectors.joining(", ")));
        List<String> defaults = new ArrayList<>();
        for (MemoryKind kind : owners) {
            List<String> own = defaults(kind, setting(kind, name).orElseThrow()).stream()
                    .map(Stated::text)
                    .toList();
            boolean isNew = !defaults.containsAll(own);
            for (String text : own) {
                if (isNew) {
                    defaults.add(kind == owners.get(0) ? text : "%s for --model %s".formatted(text, kind.name()));
                }
            }
        }
        String text =
                whose + (whose.isEmpty() ? help : help.substring(0, 1).toLowerCase(Locale.ROOT) + help.substring(1));
        return defaults.isEmpty() ? text : "%s (default: %s).".formatted(text, String.join("; ", defaults));
    }

    static Optional<Setting<?>> setting(MemoryKind kind, String name) {
        return kind.settings().stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /**
     * A default.
     *
     * @param when it is the default, in words; empty for always
     * @param under the settings given under which it is
     */
    record Stated(String value, String when, List<Map<String, String>> under) {
        String text() {
            return when.isEmpty() ? value : value + " " + when;
        }
    }

    /** The default of a kind, and those under its variations where they differ. */
    static List<Stated> defaults(MemoryKind kind, Setting<?> setting) {
        List<Stated> stated = new ArrayList<>();
        Optional<String> usual = value(kind, setting, Map.of());
        usual.ifPresent(value -> stated.add(new Stated(value, "", List.of(Map.of()))));
        for (MemoryKind.Variation variation : kind.variations()) {
            if (variation.given().containsKey(setting.name())) {
                continue;
            }
            Optional<String> value = value(kind, setting, variation.given());
            if (value.isEmpty() || value.equals(usual)) {
                continue;
            }
            Stated last = stated.isEmpty() ? new Stated("", "", List.of()) : stated.get(stated.size() - 1);
            if (last.value().equals(value.get()) && !variation.together().isEmpty()) {
                stated.remove(last);
                List<Map<String, String>> both = new ArrayList<>(last.under());
                both.add(variation.given());
                stated.add(new Stated(value.get(), variation.together(), both));
            } else {
                stated.add(new Stated(value.get(), variation.words(), List.of(variation.given())));
            }
        }
        if (stated.isEmpty() && !setting.choices().isEmpty()) { // a model describes what departs from it
            stated.add(new Stated(setting.choices().get(0), "", List.of(Map.of())));
        }
        return stated;
    }

    private static Optional<String> value(MemoryKind kind, Setting<?> setting, Map<String, String> given) {
        return Optional.ofNullable(model(kind, given).describe().get(setting.key()))
                .map(SettingHelp::shown);
    }

    private static MemoryModel model(MemoryKind kind, Map<String, String> given) {
        try {
            return kind.model(new Settings(given));
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "The kind of memory %s makes no model of the settings %s: %s. Maybe its jar is broken."
                            .formatted(kind.name(), given, e.getMessage()));
        }
    }

    /** A number without an exponent, and no longer than it need be. */
    private static String shown(String value) {
        if (!value.matches("-?[\\d.]+([eE]-?\\d+)?")) {
            return value;
        }
        BigDecimal exact = new BigDecimal(value).stripTrailingZeros();
        return (exact.precision() <= LONGEST ? exact : exact.round(SHOWN)).toPlainString();
    }
}
