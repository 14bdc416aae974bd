package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Progress;
import dev.engram.cli.options.NamingOptions;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.io.Printable;
import dev.engram.io.memory.Catalogue;
import dev.engram.io.memory.StoredMemory;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.EditableMemory;
import dev.engram.memory.LookAlikes;
import dev.engram.memory.Score;
import dev.engram.memory.Spread;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code engram store}: adds patterns to a memory. */
@Command(
        name = "store",
        description = {
            "Add patterns to a memory without learning the others again.",
            "With codes each is written by one step of the weights that changes nothing for the others. Patterns that the memory"
                    + " already holds (MSE below the threshold of its audit, and below 0.016 of the variance of all) are left"
                    + " out, and so are copies among those given. With codes there is room for --hidden patterns in all: learn with more, if more are to come. "
                    + EditingCommand.MEMORIES
        },
        footer = {
            "",
            "Examples:",
            "  engram store photos.engram new/",
            "  engram store photos.engram one.png -o more.engram",
            "  engram store faces.engram two.npy --names people.txt",
            "",
            EditingCommand.ONE_AT_A_TIME
        })
public final class StoreCommand extends EditingCommand {
    private static final int TOGETHER = 50;
    private static final int SHOWN = 10;

    @Parameters(index = "1", paramLabel = "PATTERNS", description = "What to add; read as by learn.")
    private Path patterns = Path.of("");

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the new codes (default: 0).")
    private long seed;

    @Mixin
    private NamingOptions naming = new NamingOptions();

    public StoreCommand(Context context) {
        super(context);
    }

    @Override
    protected void edit() {
        requireKept(naming.files());
        StoredMemory stored = open(patterns);
        EditableMemory memory = require(stored);
        PatternSet set = read(patterns, stored);
        Catalogue given = naming.of(set, isLimited());
        int[] fresh = unknown(memory, set, stored);
        if (fresh.length > memory.room()) {
            throw CommandException.failed(
                    "%s has room for %d more patterns, %d were to be added. Nothing was written. Maybe forget some, use --limit, or learn all of them again with more --hidden."
                            .formatted(memory(), memory.room(), fresh.length));
        }
        int first = stored.provenance().patterns();
        Catalogue catalogue = joined(stored, given, fresh);
        long start = System.nanoTime();
        EditableMemory more = written(memory, set.patterns().rows(fresh));
        double seconds = (System.nanoTime() - start) / 1e9;
        String done = fresh.length == 0
                ? "Nothing to add"
                : "Stored %s, number %d to %d,"
                        .formatted(NumberText.count(fresh.length, "pattern"), first, first + fresh.length - 1);
        handOver(
                stored,
                more,
                catalogue,
                "store " + set.digest(),
                "%s in %s".formatted(done, NumberText.duration(seconds)),
                JsonOutput.of("store")
                        .with("stored", fresh.length)
                        .with("known", set.count() - fresh.length)
                        .with("notes", set.notes())
                        .with("seconds", seconds));
    }

    /** What all patterns are called then; no two may have one name. */
    private Catalogue joined(StoredMemory stored, Catalogue given, int[] fresh) {
        int first = stored.provenance().patterns();
        for (int i : fresh) {
            String name = given.name(i).orElse("");
            OptionalInt taken = stored.catalogue().index(name);
            if (taken.isPresent()) {
                throw CommandException.unusableInput(
                        "The name %s (number %d in %s) is taken in %s, by number %d. Nothing was written. Maybe give other names with --names FILE, or forget that pattern first."
                                .formatted(Printable.name(name), i, patterns, memory(), taken.getAsInt()));
            }
        }
        try {
            return stored.catalogue().and(first, given.of(fresh), fresh.length);
        } catch (IllegalArgumentException e) { // too much in all
            throw CommandException.unusableInput(String.valueOf(e.getMessage()));
        }
    }

    private int[] unknown(EditableMemory memory, PatternSet set, StoredMemory stored) {
        Catalogue catalogue = stored.catalogue();
        Matrix held = KeptPatterns.of(memory).orElseThrow();
        double threshold = Math.min(stored.provenance().audit().threshold(), alike(held, set));
        List<Answer> answers = new RecallRun(context, memory, set.patterns()).answers();
        int[] nearest = answers.stream()
                .mapToInt(answer -> answer.candidates().get(0).index())
                .toArray();
        double[] errors = Score.of(set.patterns(), held.rows(nearest)).errors();
        Map<Integer, String> known = new LinkedHashMap<>();
        for (int i = 0; i < set.count(); i++) {
            if (!(answers.get(i) instanceof Answer.Unfamiliar) && errors[i] < threshold) {
                known.put(i, "%s as %s".formatted(NameText.read(set, i), NameText.withNumber(catalogue, nearest[i])));
            }
        }
        List<LookAlikes> pairs = new ArrayList<>(LookAlikes.within(context.la(), set.patterns(), threshold));
        pairs.sort(Comparator.comparingInt(LookAlikes::second));
        for (LookAlikes pair : pairs) {
            if (!known.containsKey(pair.first())) { // the first of those that are alike is stored
                known.putIfAbsent(
                        pair.second(),
                        "%s as %s of the same"
                                .formatted(NameText.read(set, pair.second()), NameText.read(set, pair.first())));
            }
        }
        if (!known.isEmpty()) {
            terminal.note("%s in %s already stored, and left out: %s%s."
                    .formatted(
                            NumberText.count(known.size(), "pattern"),
                            patterns + (known.size() == 1 ? " is" : " are"),
                            known.values().stream().limit(SHOWN).collect(Collectors.joining(", ")),
                            known.size() > SHOWN ? " and %d more".formatted(known.size() - SHOWN) : ""));
        }
        return IntStream.range(0, set.count())
                .filter(i -> !known.containsKey(i))
                .toArray();
    }

    /** The mean squared difference of patterns that are copies of each other, by how those stored and those to be stored vary together. */
    private static double alike(Matrix held, PatternSet set) {
        Spread all = Spread.of(set.patterns());
        all.add(held);
        double alike = LookAlikes.TOLERANCE * all.variance();
        return alike == 0 ? Double.POSITIVE_INFINITY : alike;
    }

    private EditableMemory written(EditableMemory memory, Matrix fresh) {
        Progress progress = new Progress(terminal, "storing", Math.max(1, fresh.rows()));
        EditableMemory more = memory;
        int together = CodesText.in(memory).isPresent() ? TOGETHER : Math.max(1, fresh.rows());
        for (int from = 0; from < fresh.rows(); from += together) {
            context.interruption().requireGoingOn();
            int to = Math.min(fresh.rows(), from + together);
            more = stored(more, fresh.slice(from, to));
            progress.at(to, "");
        }
        progress.end();
        return more;
    }

    private EditableMemory stored(EditableMemory memory, Matrix some) {
        try {
            return memory.store(some, seed);
        } catch (IllegalArgumentException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()));
        }
    }
}
