package dev.engram.cli.shell;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page of the whole program ({@code man engram}), in the macros of man(7): a section with the workflow, then one for each command
 * with its arguments, options and examples.
 */
public final class ManualPage {
    private static final int WIDTH = 72; // of the synopses, which man does not fill

    private final StringBuilder page = new StringBuilder();
    private boolean headed; // the last line is a heading

    private ManualPage() {}

    /** @param version of the program, for the page's foot */
    public static String of(CommandLine line, String version) {
        line.setUsageHelpWidth(WIDTH);
        ManualPage manual = new ManualPage();
        CommandSpec spec = line.getCommandSpec();
        String name = spec.name();
        manual.macro("TH \"%s\" \"1\" \"\" \"%s %s\"".formatted(name.toUpperCase(Locale.ROOT), name, version));
        manual.heading("SH NAME");
        manual.paragraph("%s - %s"
                .formatted(
                        name, Words.sentence(Words.ofCommand(spec.usageMessage().description()))));
        manual.heading("SH SYNOPSIS");
        manual.asItIs(line.getHelp().synopsis(0));
        manual.heading("SH DESCRIPTION");
        manual.paragraph(Words.ofCommand(spec.usageMessage().description()));
        manual.asItIs(Words.ofCommand(spec.usageMessage().footer()));
        manual.heading("SH OPTIONS");
        manual.arguments(spec);
        manual.heading("SH COMMANDS");
        line.getSubcommands().values().forEach(manual::command);
        return manual.page.toString();
    }

    private void command(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        if (spec.usageMessage().hidden()) {
            return;
        }
        heading("SS " + escaped(spec.qualifiedName()));
        asItIs(line.getHelp().synopsis(0));
        paragraph(Words.ofCommand(spec.usageMessage().description()));
        arguments(spec);
        asItIs(Words.ofCommand(spec.usageMessage().footer()));
        line.getSubcommands().values().forEach(this::command);
    }

    private void arguments(CommandSpec spec) {
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            if (!parameter.hidden()) {
                entry(parameter.paramLabel(), parameter.description());
            }
        }
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                String label = option.arity().max() > 0 ? separated(option) + option.paramLabel() : "";
                entry(String.join(", ", List.of(option.names())) + label, option.description());
            }
        }
    }

    private static String separated(OptionSpec option) {
        return option.longestName().startsWith("--") ? "=" : " ";
    }

    private void entry(String head, String... description) {
        macro("TP");
        macro("B " + escaped(head));
        lines(Words.ofArgument(description).strip());
        headed = false;
    }

    private void paragraph(String text) {
        begin();
        lines(text.strip());
    }

    private void asItIs(String text) {
        if (!text.isBlank()) {
            begin();
            macro("nf");
            lines(text.stripTrailing());
            macro("fi");
        }
    }

    /** A new paragraph; a heading has begun one already. */
    private void begin() {
        if (!headed) {
            macro("PP");
        }
        headed = false;
    }

    private void heading(String macro) {
        macro(macro);
        headed = true;
    }

    private void lines(String text) {
        text.lines().forEach(line -> page.append(guarded(line)).append('\n'));
    }

    private void macro(String macro) {
        page.append('.').append(macro).append('\n');
    }

    /** A line that begins with a full stop or an apostrophe would be taken for a macro. */
    private static String guarded(String line) {
        return line.startsWith(".") || line.startsWith("'") ? "\\&" + escaped(line) : escaped(line);
    }

    private static String escaped(String text) {
        return Help.Ansi.OFF.string(text).replace("\\", "\\e").replace("-", "\\-");
    }
}
