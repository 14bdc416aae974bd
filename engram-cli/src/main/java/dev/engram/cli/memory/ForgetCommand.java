package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.io.memory.StoredMemory;
import dev.engram.memory.Answer;
import dev.engram.memory.Recall;
import dev.engram.memory.attractor.AttractorMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code engram forget}: takes patterns out of a memory. */
@Command(
        name = "forget",
        description = {
            "Take patterns out of a memory; the others stay as they are.",
            "What only they had is removed from weights, codes and originals: nothing the network can do brings it back. What"
                    + " they shared with others stays, and so does their part in how the network came to be. The numbers of"
                    + " later patterns move up. For memories learned with --prior codes."
        },
        footer = {
            "",
            "Examples:",
            "  engram forget photos.engram --numbers 3,17",
            "  engram forget photos.engram unwanted/     by what they look like"
        })
public final class ForgetCommand extends EditingCommand {
    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CUES",
            description = "The patterns to forget, whole or noisy; each must be recalled as one. Read as by learn.")
    private Optional<Path> cues = Optional.empty();

    @Option(
            names = "--numbers",
            paramLabel = "N",
            split = ",",
            description = "Their numbers, from 0, in the order they were stored (as recall and audit count them).")
    private List<Integer> numbers = List.of();

    public ForgetCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        if (cues.isPresent() == !numbers.isEmpty()) {
            throw CommandException.wrongUsage("Give either CUES or --numbers to say what is to be forgotten.");
        }
        StoredMemory stored = open(cues.stream().toArray(Path[]::new));
        AttractorMemory memory = CodesText.require(stored, memory(), "forget");
        TreeSet<Integer> gone =
                new TreeSet<>(cues.map(path -> recognised(path, stored, memory)).orElse(numbers));
        requireStored(gone, memory);
        long start = System.nanoTime();
        AttractorMemory fewer =
                memory.forget(gone.stream().mapToInt(Integer::intValue).toArray());
        double seconds = (System.nanoTime() - start) / 1e9;
        handOver(
                stored,
                fewer,
                "forget " + gone,
                "Forgot %s, number %s, in %s"
                        .formatted(
                                NumberText.count(gone.size(), "pattern"),
                                list(List.copyOf(gone)),
                                NumberText.duration(seconds)),
                JsonOutput.of("forget").with("forgotten", List.copyOf(gone)).with("seconds", seconds));
    }

    private static void requireStored(TreeSet<Integer> gone, AttractorMemory memory) {
        int stored = memory.codes().size();
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

    private List<Integer> recognised(Path path, StoredMemory stored, AttractorMemory memory) {
        PatternSet set = read(path, stored);
        Recall found = RecallRun.of(context, memory, set).recall(1);
        for (int i = 0; i < set.count(); i++) {
            Answer answer = found.answers().get(i);
            if (!(answer instanceof Answer.Recalled)) {
                throw CommandException.unusableInput(
                        "%s (number %d in %s) %s. Nothing was forgotten. Maybe use --numbers."
                                .formatted(
                                        set.names().get(i),
                                        i,
                                        path,
                                        answer instanceof Answer.Ambiguous several
                                                ? "fits several patterns: " + list(several.indices())
                                                : "is not stored"));
            }
        }
        return found.answers().stream()
                .map(answer -> ((Answer.Recalled) answer).index())
                .toList();
    }
}
