package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.options.Converters;
import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryKinds;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Setting;
import dev.engram.memory.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code --model} and the options of every kind of memory there is, made from the settings that the kinds declare. */
final class ModelOptions {
    private static final String MODEL = "--model";
    private static final String IDENTIFY = "--identify";
    private static final String PRIOR = "prior";
    private static final String CODES = "codes";

    private ModelOptions() {}

    /**
     * A kind of memory and the model that was asked for.
     *
     * @param model what the options given make of the kind
     */
    record Choice(MemoryKind kind, MemoryModel model) {}

    /** @throws IllegalStateException if a kind that is registered does not fit the others or the command */
    static void addTo(CommandSpec spec) {
        List<MemoryKind> kinds = MemoryKinds.all();
        List<String> names = kinds.stream().map(MemoryKind::name).toList();
        spec.addOption(OptionSpec.builder(MODEL)
                .paramLabel("M")
                .type(String.class)
                .defaultValue(names.get(0))
                .completionCandidates(names)
                .converters(
                        new Converters.Reading<>(text -> MemoryKinds.named(text).name()))
                .description("What stores the patterns: %s (default: %s, a predictive-coding network)."
                        .formatted(String.join(", ", names), names.get(0)))
                .build());
        spec.addOption(OptionSpec.builder(IDENTIFY)
                .description(
                        "A memory that says which pattern a cue is, that several fit, or that it knows none: the same as --prior codes.")
                .build());
        SettingHelp help = new SettingHelp(kinds);
        for (Setting<?> setting : settings(kinds).values()) {
            if (spec.findOption(setting.option()) != null) {
                throw new IllegalStateException(
                        "A kind of memory has the setting %s, which is an option of learn already. Maybe rename it."
                                .formatted(setting.name()));
            }
            spec.addOption(option(setting, help.text(setting.name())));
        }
    }

    private static OptionSpec option(Setting<?> setting, String description) {
        OptionSpec.Builder option = OptionSpec.builder(setting.option()).description(description);
        return setting.label().isEmpty()
                ? option.type(boolean.class).arity("0").build()
                : option.type(String.class)
                        .paramLabel(setting.label())
                        .completionCandidates(setting.choices())
                        .build();
    }

    /** A setting of each name; of those that several kinds have, the first. All of a name are given with a value, or all without. */
    private static Map<String, Setting<?>> settings(List<MemoryKind> kinds) {
        Map<String, Setting<?>> settings = new TreeMap<>();
        for (MemoryKind kind : kinds) {
            for (Setting<?> setting : kind.settings()) {
                Setting<?> first = settings.computeIfAbsent(setting.name(), name -> setting);
                if (first.label().isEmpty() != setting.label().isEmpty()) {
                    throw new IllegalStateException(
                            "The kind of memory %s has the setting %s, which another kind gives %s value. Maybe rename it."
                                    .formatted(
                                            kind.name(),
                                            setting.name(),
                                            first.label().isEmpty() ? "no" : "a"));
                }
            }
        }
        return settings;
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
        if (parsed.hasMatchedOption(IDENTIFY)) {
            requireIdentifies(kind, parsed);
            given.put(PRIOR, CODES);
        }
        for (Setting<?> setting : settings(kinds).values()) {
            if (parsed.hasMatchedOption(setting.option())) {
                requireTaken(kind, setting, kinds);
                String text = String.valueOf((Object) parsed.matchedOptionValue(setting.option(), ""));
                requireReadable(SettingHelp.setting(kind, setting.name()).orElseThrow(), text);
                given.put(setting.name(), text);
            }
        }
        try {
            return new Choice(kind, kind.model(new Settings(given)));
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage(String.valueOf(e.getMessage()));
        }
    }

    private static void requireIdentifies(MemoryKind kind, ParseResult parsed) {
        Optional<Setting<?>> prior = SettingHelp.setting(kind, PRIOR);
        if (prior.isEmpty()) {
            throw CommandException.wrongUsage(
                    "--identify has no meaning for --model %s, which says which pattern a cue is in any case, or never. Maybe leave it out."
                            .formatted(kind.name()));
        }
        String said = parsed.matchedOptionValue(prior.get().option(), CODES);
        if (!said.equals(CODES)) {
            throw CommandException.wrongUsage(
                    "--identify means --prior codes, and --prior %s was given. Maybe leave out one of them."
                            .formatted(said));
        }
    }

    @SuppressWarnings("ReturnValueIgnored") // it is whether the text reads that counts
    private static void requireReadable(Setting<?> setting, String text) {
        try {
            setting.reader().apply(text);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage("Invalid value for option '%s' (%s): %s"
                    .formatted(setting.option(), setting.label(), e.getMessage()));
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
