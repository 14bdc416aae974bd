package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.io.Printable;
import dev.engram.io.memory.Catalogue;
import dev.engram.io.memory.StoredMemory;
import dev.engram.memory.Answer;
import dev.engram.memory.EditableMemory;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code engram forget}: takes patterns out of a memory. */
@Command(
        name = "forget",
        description = {
            "Take patterns out of a memory; the others stay as they are.",
            "With codes what only they had is removed from weights, codes and originals: nothing the network can do brings it"
                    + " back. What they shared with others stays, and so does their part in how the network came to be. The"
                    + " numbers of later patterns move up, names stay. "
                    + EditingCommand.MEMORIES
        },
        footer = {
            "",
            "Examples:",
            "  engram forget photos.engram cat.png dog.png",
            "  engram forget photos.engram --numbers 3,17 --dry-run     says which these are",
            "  engram forget photos.engram --cues unwanted/     by what they look like",
            "",
            EditingCommand.ONE_AT_A_TIME
        })
public final class ForgetCommand extends EditingCommand {
    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "NAME",
            description =
                    "Their names, as engram list shows them. What is no name but an existing path is taken as --cues.")
    private List<String> names = List.of();

    @Option(
            names = "--cues",
            paramLabel = "PATH",
            description =
                    "Patterns that look like them, whole or noisy; each must be recalled as one. Read as by learn.")
    private List<Path> cues = List.of();

    @Option(
            names = "--numbers",
            paramLabel = "N",
            split = ",",
            description =
                    "Their numbers, from 0, in the order they were stored (as list, recall and audit count them).")
    private List<Integer> numbers = List.of();

    @Option(names = "--dry-run", description = "Say what would be forgotten, and write nothing.")
    private boolean dryRun;

    public ForgetCommand(Context context) {
        super(context);
    }

    @Override
    protected void edit() {
        if (IntStream.of(names.size(), cues.size(), numbers.size())
                        .filter(given -> given > 0)
                        .count()
                != 1) {
            throw CommandException.wrongUsage(
                    "Give either NAMEs, --cues or --numbers to say what is to be forgotten. Maybe see: engram list %s."
                            .formatted(memory()));
        }
        StoredMemory stored = dryRun ? look() : open(cues.toArray(Path[]::new));
        EditableMemory memory = require(stored);
        TreeSet<Integer> gone = new TreeSet<>(numbers);
        List<Path> looks = new ArrayList<>(cues);
        names.forEach(name -> stored.catalogue().index(name).ifPresentOrElse(gone::add, () -> looks.add(path(name))));
        if (!dryRun) {
            requireKept(looks.toArray(Path[]::new));
        }
        looks.forEach(path -> gone.addAll(recognised(path, stored, memory)));
        requireStored(gone, stored.provenance().patterns());
        JsonOutput json = JsonOutput.of("forget")
                .with("dry_run", dryRun)
                .with("forgotten", List.copyOf(gone))
                .with("names", NameText.names(stored.catalogue(), List.copyOf(gone)));
        String what = "%s: %s"
                .formatted(
                        NumberText.count(gone.size(), "pattern"), NameText.list(stored.catalogue(), List.copyOf(gone)));
        if (dryRun) {
            terminal.line("Would forget %s. Nothing was written.".formatted(what));
            if (json()) {
                json.print(terminal);
            }
        } else {
            forget(stored, memory, gone, what, json);
        }
    }

    private void forget(
            StoredMemory stored, EditableMemory memory, TreeSet<Integer> gone, String what, JsonOutput json) {
        long start = System.nanoTime();
        EditableMemory fewer =
                memory.forget(gone.stream().mapToInt(Integer::intValue).toArray());
        double seconds = (System.nanoTime() - start) / 1e9;
        Catalogue kept = stored.catalogue()
                .of(IntStream.range(0, stored.provenance().patterns())
                        .filter(i -> !gone.contains(i))
                        .toArray());
        handOver(
                stored,
                fewer,
                kept,
                "forget " + gone,
                "Forgot %s; in %s".formatted(what, NumberText.duration(seconds)),
                json.with("seconds", seconds));
    }

    /** An argument that is no name. */
    private Path path(String argument) {
        Optional<Path> path = existing(argument);
        return path.orElseThrow(
                () -> CommandException.wrongUsage("There is no pattern called %s in %s. Maybe see: engram list %s%s."
                        .formatted(
                                Printable.name(argument),
                                memory(),
                                memory(),
                                argument.matches("\\d+") ? "; for its number use --numbers " + argument : "")));
    }

    private static Optional<Path> existing(String argument) {
        try {
            return Optional.of(argument)
                    .filter(text -> !text.isEmpty())
                    .map(Path::of)
                    .filter(Files::exists);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static void requireStored(TreeSet<Integer> gone, int stored) {
        if (gone.first() < 0 || gone.last() >= stored) {
            throw CommandException.wrongUsage("There is no pattern %d: the memory holds 0 to %d."
                    .formatted(gone.first() < 0 ? gone.first() : gone.last(), stored - 1));
        }
        if (gone.size() == stored) {
            throw CommandException.wrongUsage(
                    "That would forget all of %s; one must stay. Maybe delete the file instead."
                            .formatted(NumberText.count(stored, "pattern")));
        }
    }

    private List<Integer> recognised(Path path, StoredMemory stored, EditableMemory memory) {
        PatternSet set = read(path, stored);
        List<Answer> answers = new RecallRun(context, memory, set.patterns()).answers();
        for (int i = 0; i < set.count(); i++) {
            Answer answer = answers.get(i);
            if (!(answer instanceof Answer.Recalled)) {
                throw CommandException.unusableInput(
                        "%s (number %d in %s) %s. Nothing was forgotten. Maybe give names, or --numbers."
                                .formatted(
                                        Printable.name(set.names().get(i)),
                                        i,
                                        path,
                                        answer instanceof Answer.Ambiguous several
                                                ? "fits several patterns: "
                                                        + NameText.list(stored.catalogue(), several.indices())
                                                : "is not stored"));
            }
        }
        return answers.stream()
                .map(answer -> ((Answer.Recalled) answer).index())
                .toList();
    }
}
