package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryKinds;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Setting;
import dev.engram.memory.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** {@code --model} and the options of every kind of memory there is, made from the settings that the kinds declare. */
final class ModelOptions {
    private static final String MODEL = "--model";

    private ModelOptions() {}

    /**
     * A kind of memory and the model that was asked for.
     *
     * @param model what the options given make of the kind
     */
    record Choice(MemoryKind kind, MemoryModel model) {}

    static void addTo(CommandSpec spec) {
        List<MemoryKind> kinds = MemoryKinds.all();
        List<String> names = kinds.stream().map(MemoryKind::name).toList();
        spec.addOption(OptionSpec.builder(MODEL)
                .paramLabel("M")
                .type(String.class)
                .defaultValue(names.get(0))
                .completionCandidates(names)
                .converters(text -> checked(() -> MemoryKinds.named(text).name()))
                .description("What stores the patterns: %s (default: %s, a predictive-coding network)."
                        .formatted(String.join(", ", names), names.get(0)))
                .build());
        SettingHelp help = new SettingHelp(kinds);
        settings(kinds).values().forEach(setting -> spec.addOption(option(setting, help.text(setting.name()))));
    }

    private static OptionSpec option(Setting<?> setting, String description) {
        OptionSpec.Builder option = OptionSpec.builder(setting.option()).description(description);
        if (setting.label().isEmpty()) {
            return option.type(boolean.class).arity("0").build();
        }
        return option.type(String.class)
                .paramLabel(setting.label())
                .completionCandidates(setting.choices())
                .converters(text -> checked(() -> {
                    setting.reader().apply(text);
                    return text;
                }))
                .build();
    }

    /** A setting of each name; of those that several kinds have, the first. */
    private static Map<String, Setting<?>> settings(List<MemoryKind> kinds) {
        Map<String, Setting<?>> settings = new TreeMap<>();
        kinds.forEach(kind -> kind.settings().forEach(s -> settings.putIfAbsent(s.name(), s)));
        return settings;
    }

    private interface Reading {
        String text();
    }

    private static String checked(Reading reading) {
        try {
            return reading.text();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /**
     * The model as it was asked for.
     *
     * @throws CommandException (wrong usage) for options it does not take, or that do not go together
     */
    static Choice chosen(ParseResult parsed) {
        List<MemoryKind> kinds = MemoryKinds.all();
        MemoryKind kind =
                MemoryKinds.named(parsed.matchedOptionValue(MODEL, kinds.get(0).name()));
        Map<String, String> given = new LinkedHashMap<>();
        for (Setting<?> setting : settings(kinds).values()) {
            if (parsed.hasMatchedOption(setting.option())) {
                requireTaken(kind, setting, kinds);
                given.put(setting.name(), String.valueOf((Object) parsed.matchedOptionValue(setting.option(), "")));
            }
        }
        try {
            return new Choice(kind, kind.model(new Settings(given)));
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage(String.valueOf(e.getMessage()));
        }
    }

    private static void requireTaken(MemoryKind kind, Setting<?> setting, List<MemoryKind> kinds) {
        if (SettingHelp.setting(kind, setting.name()).isPresent()) {
            return;
        }
        String taken = kind.settings().isEmpty()
                ? "no options"
                : kind.settings().stream().map(Setting::option).collect(Collectors.joining(", "));
        String taker = kinds.stream()
                .filter(other -> SettingHelp.setting(other, setting.name()).isPresent())
                .map(MemoryKind::name)
                .findFirst()
                .orElseThrow();
        throw CommandException.wrongUsage("%s has no meaning for --model %s, which takes %s. Maybe use --model %s."
                .formatted(setting.option(), kind.name(), taken, taker));
    }
}
