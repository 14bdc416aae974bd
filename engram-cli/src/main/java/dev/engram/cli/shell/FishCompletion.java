package dev.engram.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completion for the fish shell, which picocli does not write: commands, their options, and the values of options that have a fixed choice.
 *
 * <p>Two functions of fish tell where on the command line the cursor is: behind exactly these words, or behind words that begin with these.
 */
public final class FishCompletion {
    private final String program;
    private final StringBuilder script = new StringBuilder();

    private FishCompletion(String program) {
        this.program = program;
    }

    public static String of(CommandLine line) {
        FishCompletion completion = new FishCompletion(line.getCommandName());
        completion.functions();
        completion.command(line, List.of());
        return completion.script.toString();
    }

    private void functions() {
        script.append("""
                # Completion of %1$s for the fish shell: copy it to ~/.config/fish/completions.

                function __%1$s_at # behind exactly these words
                    set -l words (commandline -opc)
                    test "$words[2..-1]" = "$argv"
                end

                function __%1$s_in # behind words that begin with these
                    set -l words (commandline -opc)
                    set -l last (math (count $argv) + 1)
                    test (count $words) -ge $last; and test "$words[2..$last]" = "$argv"
                end

                """.formatted(program));
    }

    private void command(CommandLine line, List<String> path) {
        CommandSpec spec = line.getCommandSpec();
        boolean isGroup = !spec.subcommands().isEmpty();
        if (isGroup) {
            complete("at", path, "-f");
        }
        for (Map.Entry<String, CommandLine> sub : spec.subcommands().entrySet()) {
            CommandSpec its = sub.getValue().getCommandSpec();
            if (!its.usageMessage().hidden()) {
                complete(
                        "at",
                        path,
                        "-a " + sub.getKey()
                                + described(Words.ofCommand(its.usageMessage().description())));
                if (path.isEmpty()) {
                    complete("at", List.of("help"), "-f -a " + sub.getKey());
                }
            }
        }
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                complete(isGroup ? "at" : "in", path, option(option));
            }
        }
        spec.subcommands().forEach((name, sub) -> {
            List<String> below = new ArrayList<>(path);
            below.add(name);
            command(sub, below);
        });
    }

    private void complete(String where, List<String> path, String what) {
        String condition = "__%s_%s %s".formatted(program, where, String.join(" ", path));
        script.append("complete -c %s -n '%s' %s\n".formatted(program, condition.strip(), what));
    }

    private static String option(OptionSpec option) {
        StringBuilder text = new StringBuilder();
        for (String name : option.names()) {
            text.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
        }
        if (option.arity().max() > 0) {
            List<String> choices = new ArrayList<>();
            if (option.completionCandidates() != null) {
                option.completionCandidates().forEach(choices::add);
            }
            text.append(choices.isEmpty() ? " -r" : " -x -a " + quoted(String.join(" ", choices)));
        }
        return text.substring(1) + described(Words.ofArgument(option.description()));
    }

    private static String described(String text) {
        return " -d " + quoted(Words.sentence(text));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
