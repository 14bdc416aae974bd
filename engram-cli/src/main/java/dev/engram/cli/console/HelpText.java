package dev.engram.cli.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What the help texts of all commands share, and the command line as it was typed. */
public final class HelpText {
    /** Columns, where the terminal does not say how many it has. */
    private static final int WIDTH = 110;

    private static final int NARROWEST = 60;
    private static final String REST = "Further options:";
    private static final int FARTHEST = 2; // letters that are wrong in a name that is still taken for a slip
    /** What picocli says of a group of commands that is called without one. */
    public static final String NO_COMMAND = "Missing required subcommand";

    private HelpText() {}

    /** What was typed, as well as it can be told. */
    public static String command(CommandSpec spec) {
        return "engram " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }

    public static void addHelpOption(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help and exit.")
                        .build());
    }

    /** Help as wide as the terminal (its COLUMNS), within limits. */
    public static int width(Optional<String> columns) {
        return columns.filter(text -> text.matches("\\d{1,4}"))
                .map(Integer::parseInt)
                .map(wide -> Math.max(NARROWEST, Math.min(WIDTH, wide)))
                .orElse(WIDTH);
    }

    /**
     * Lists the options of a command in groups, in the order given; those in none come last.
     *
     * @param groups headings, and the options below each
     */
    public static void group(CommandLine line, Map<String, List<String>> groups) {
        line.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, help -> grouped(help, groups));
    }

    private static String grouped(Help help, Map<String, List<String>> groups) {
        List<OptionSpec> rest = new ArrayList<>(help.commandSpec().options());
        Map<String, List<OptionSpec>> listed = new LinkedHashMap<>();
        groups.forEach((heading, names) -> {
            List<OptionSpec> here = new ArrayList<>();
            names.forEach(name -> rest.stream()
                    .filter(option -> option.longestName().equals(name))
                    .forEach(here::add));
            rest.removeAll(here);
            listed.put(heading, here);
        });
        rest.sort(Comparator.comparing(OptionSpec::longestName));
        listed.put(REST, rest);
        StringBuilder text = new StringBuilder();
        listed.forEach((heading, options) -> {
            options.removeIf(OptionSpec::hidden);
            if (!options.isEmpty()) {
                Help.Layout layout = help.createDefaultLayout();
                layout.addOptions(options, help.parameterLabelRenderer());
                text.append(heading).append(System.lineSeparator()).append(layout);
            }
        });
        return text.toString();
    }

    /** That a word is no command, and which one it may have been. */
    static CommandLine.ParameterException noCommand(CommandLine of, String word) {
        Optional<String> similar = of.getSubcommands().keySet().stream()
                .filter(name -> distance(name, word) <= FARTHEST)
                .min(Comparator.comparingInt(name -> distance(name, word)));
        String said = "There is no command %s %s.".formatted(of.getCommandSpec().qualifiedName(), word);
        return new CommandLine.ParameterException(
                of, said + similar.map(" Maybe %s was meant."::formatted).orElse(""));
    }

    /** How many letters must be put in, left out or changed to make one word the other (Levenshtein 1966). */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
